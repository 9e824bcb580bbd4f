import type { TrafficFormat } from '../../../model/traffic-format.ts';

const RECORD = `Tuple(
  reqTimeSec Nullable(Float64), reqMethod Nullable(String), reqPath Nullable(String), queryStr Nullable(String),
  reqHost Nullable(String), reqPort Nullable(String), proto Nullable(String), tlsVersion Nullable(String),
  statusCode Nullable(UInt16), bytes Nullable(UInt64), totalBytes Nullable(UInt64), reqEndTimeMSec Nullable(Float64),
  turnAroundTimeMSec Nullable(Float64), transferTimeMSec Nullable(Float64), cliIP Nullable(String),
  cookie Nullable(String), errorCode Nullable(String), securityRules Nullable(String), isMidgress Nullable(String))`;

const OWN_KEYS = ['reqTimeSec', 'reqMethod', 'reqHost', 'reqPath', 'cliIP', 'turnAroundTimeMSec'];
/** The year 5138; a later instant is none. */
const MAX_SECONDS = 1e11;
/** The edge denied the request, or got no answer from the origin. */
const OWN_ANSWERS = `'^ERR_(ACCESS_DENIED|DNS_|CONNECT_|FWD_SSL|NO_GOOD_FWD_IP|READ_TIMEOUT)'`;

/** A hyphen stands for what is not there, where the stream does not leave it out. */
function present(value: string): string {
  return `if(${value} IN ('', '-', '^'), '', ifNull(${value}, ''))`;
}

/** Akamai DataStream 2, the JSON log of delivery streams. */
export const format: TrafficFormat = {
  id: 'akamai',
  title: 'Akamai DataStream 2 (JSON)',
  reference: 'https://techdocs.akamai.com/datastream2/docs/data-set-parameters',
  headers: { request: 'none', response: 'none' },
  states: {
    signs: 'three of the keys of DataStream 2, such as reqMethod, reqTimeSec, cliIP, statusCode',
    layouts: 'JSON lines of delivery (CDN) streams',
    times: 'seconds since 1970 with decimals; request, turn-around and transfer in milliseconds',
    sizes: 'whole responses where they are logged, else their bodies',
    consumer: 'not told',
    answeredBy: 'errors of the edge, deny rules',
    transport: 'the TLS version, the protocol',
  },
  claims: `length(arrayIntersect(keys, ['${OWN_KEYS.join("', '")}'])) >= 3`,
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [present('r.reqMethod'), 'verb'],
    [present('r.reqPath'), 'uri_path'],
    [present('r.queryStr'), 'uri_query'],
    [present('r.tlsVersion'), 'tls'],
    [`ifNull(r.reqEndTimeMSec, 0) + r.turnAroundTimeMSec + r.transferTimeMSec`, 'elapsed'],
    [`lower(ifNull(r.isMidgress, '')) IN ('1', 'true')`, 'is_midgress'],
  ],
  accepts: `r.reqTimeSec BETWEEN 0 AND ${MAX_SECONDS} AND verb != '' AND r.reqPath IS NOT NULL
    AND r.statusCode BETWEEN 100 AND 599 AND NOT is_midgress AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`is_midgress`, 'midgress'],
    [`JSONType(line, 'reqTimeSec') = 'Null'`, 'no_time'],
    [`r.reqTimeSec IS NULL OR r.reqTimeSec NOT BETWEEN 0 AND ${MAX_SECONDS}`, 'bad_time'],
    [`verb = '' OR r.reqPath IS NULL`, 'no_request'],
    [`r.statusCode = 0`, 'no_response'],
    [`JSONType(line, 'statusCode') = 'Null'`, 'no_status'],
    [`r.statusCode IS NULL OR r.statusCode NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `fromUnixTimestamp64Milli(toInt64(round(if(r.reqTimeSec BETWEEN 0 AND ${MAX_SECONDS}, assumeNotNull(r.reqTimeSec), 0) * 1000)), 'UTC')`,
    method: `verb`,
    // The path comes without its first slash.
    target: `concat(if(startsWith(uri_path, '/'), '', '/'), uri_path, if(uri_query = '', '', '?'), uri_query)`,
    status: `assumeNotNull(r.statusCode)`,
    host: present('r.reqHost'),
    scheme: `multiIf(startsWith(upper(tls), 'TLS') OR startsWith(upper(tls), 'SSL') OR r.proto = 'HTTPS', 'https',
      r.proto = 'HTTP' OR (r.tlsVersion = '-' AND r.reqPort = '80'), 'http', '')`,
    latencyMs: `if(elapsed >= 0, elapsed, NULL)`,
    responseBytes: `coalesce(r.totalBytes, r.bytes)`,
    clientAddress: present('r.cliIP'),
    credentialSeen: `${present('r.cookie')} != ''`,
    // securityRules: the policy, the rules that only alerted, those that denied.
    answeredBy: `if(match(${present('r.errorCode')}, ${OWN_ANSWERS})
      OR match(${present('r.securityRules')}, '^[^|]*[|][^|]*[|][^|-]'), 'gateway', '')`,
  },
};
