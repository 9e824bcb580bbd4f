import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { isoInstant } from '../../expressions/iso-instant.ts';

const RECORD = `Tuple(
  EdgeStartTimestamp Nullable(String), EdgeEndTimestamp Nullable(String), ClientRequestMethod Nullable(String),
  ClientRequestURI Nullable(String), ClientRequestPath Nullable(String), ClientRequestHost Nullable(String),
  ClientRequestScheme Nullable(String), ClientSSLProtocol Nullable(String), ClientMTLSAuthStatus Nullable(String),
  ClientIP Nullable(String), ClientRequestBytes Nullable(UInt64), EdgeResponseBytes Nullable(UInt64),
  EdgeResponseStatus Nullable(UInt16), OriginResponseStatus Nullable(UInt16),
  EdgeTimeToFirstByteMs Nullable(Float64), OriginResponseDurationMs Nullable(Float64),
  SecurityAction Nullable(String), SecurityActions Array(String), WAFAction Nullable(String),
  FirewallMatchesActions Array(String), SecuritySources Array(String), FirewallMatchesSources Array(String),
  WorkerSubrequest Nullable(Bool), RequestHeaders Map(String, String), ResponseHeaders Map(String, String),
  Cookies Map(String, String))`;

const OWN_KEYS = [
  'EdgeStartTimestamp',
  'EdgeEndTimestamp',
  'EdgeResponseStatus',
  'ClientRequestMethod',
  'ClientRequestHost',
  'RayID',
];
/** Actions after which the origin is not asked; a challenge that was solved is written as another word. */
const TERMINATING = `'^(block|drop|challenge|jschallenge|managedchallenge|connectionclose|forceconnectionclose|ratelimit|[a-z]*challengefailed)$'`;

/** Of a job's three ways to write instants: nanoseconds, seconds (or milliseconds), and RFC 3339. */
function instant(stamp: string): string {
  const milliseconds = `multiIf(length(${stamp}) >= 18, intDiv(toInt64OrNull(${stamp}), 1000000),
    length(${stamp}) >= 12, toInt64OrNull(${stamp}), toInt64OrNull(${stamp}) * 1000)`;
  return `if(match(${stamp}, '^[0-9]{1,19}$'), fromUnixTimestamp64Milli(${milliseconds}, 'UTC'), ${isoInstant(stamp)})`;
}

/** Cloudflare's Logpush dataset of HTTP requests. */
export const format: TrafficFormat = {
  id: 'cloudflare',
  title: 'Cloudflare Logpush HTTP requests',
  reference: 'https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/http_requests/',
  headers: { request: 'some', response: 'some' },
  states: {
    signs:
      'three of the keys of the dataset http_requests, such as ClientRequestMethod, EdgeResponseStatus, RayID',
    layouts: 'NDJSON of http_requests; Logpull',
    times: 'nanoseconds, seconds or RFC 3339; end minus start, else milliseconds to the first byte',
    sizes: 'whole messages',
    consumer: 'not told',
    answeredBy: 'actions of security rules, the status of the origin',
    transport: 'the scheme, the TLS protocol of the client',
  },
  claims: `length(arrayIntersect(keys, ['${OWN_KEYS.join("', '")}'])) >= 3`,
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`coalesce(r.EdgeStartTimestamp, r.EdgeEndTimestamp, '')`, 'stamp'],
    [instant('stamp'), 'at'],
    [`ifNull(r.EdgeEndTimestamp, '')`, 'end_stamp'],
    [instant('end_stamp'), 'ended'],
    // Whole seconds are no measure of a duration.
    [
      `if(r.EdgeStartTimestamp IS NOT NULL AND match(stamp, '^[0-9]{12,}$|[.][0-9]'),
        toUnixTimestamp64Milli(ended) - toUnixTimestamp64Milli(at), NULL)`,
      'elapsed',
    ],
    [`coalesce(nullIf(r.ClientRequestURI, ''), r.ClientRequestPath, '')`, 'asked'],
    [`ifNull(nullIf(r.OriginResponseStatus, 0), 0)`, 'origin_code'],
    [
      `arrayExists(a -> match(replaceAll(lower(a), '_', ''), ${TERMINATING}), arrayConcat(r.SecurityActions,
        r.FirewallMatchesActions, [ifNull(r.SecurityAction, ''), ifNull(r.WAFAction, '')]))`,
      'is_stopped',
    ],
    [`ifNull(r.WorkerSubrequest, false)`, 'is_subrequest'],
  ],
  accepts: `at IS NOT NULL AND r.ClientRequestMethod != '' AND asked != '' AND r.EdgeResponseStatus BETWEEN 100 AND 599
    AND NOT is_subrequest AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`JSONHas(line, 'Datetime') AND JSONHas(line, 'Action')`, 'firewall_event'],
    [`is_subrequest`, 'worker_subrequest'],
    [`stamp = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`ifNull(r.ClientRequestMethod, '') = '' OR asked = ''`, 'no_request'],
    [`r.EdgeResponseStatus = 0`, 'no_response'],
    [`JSONType(line, 'EdgeResponseStatus') = 'Null'`, 'no_status'],
    [`r.EdgeResponseStatus IS NULL OR r.EdgeResponseStatus NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `assumeNotNull(r.ClientRequestMethod)`,
    target: `asked`,
    status: `assumeNotNull(r.EdgeResponseStatus)`,
    host: `ifNull(r.ClientRequestHost, '')`,
    scheme: `multiIf(lower(r.ClientRequestScheme) IN ('https', 'http'), lower(assumeNotNull(r.ClientRequestScheme)),
      match(ifNull(r.ClientSSLProtocol, ''), '^(TLS|SSL|QUIC)'), 'https', r.ClientSSLProtocol = 'none', 'http', '')`,
    latencyMs: `multiIf(elapsed >= 0, toFloat64(elapsed), r.EdgeTimeToFirstByteMs >= 0, r.EdgeTimeToFirstByteMs,
      r.OriginResponseDurationMs > 0, r.OriginResponseDurationMs, NULL)`,
    requestBytes: `r.ClientRequestBytes`,
    responseBytes: `r.EdgeResponseBytes`,
    clientAddress: `ifNull(r.ClientIP, '')`,
    credentialSeen: `ifNull(r.ClientMTLSAuthStatus = 'ok', 0) OR arrayExists(v -> v != '', mapValues(r.Cookies))`,
    // Custom fields: those that were chosen by name.
    requestHeaders: `r.RequestHeaders`,
    responseHeaders: `r.ResponseHeaders`,
    requestHeaderVisibility: `if(empty(r.RequestHeaders), 'none', 'some')`,
    responseHeaderVisibility: `if(empty(r.ResponseHeaders), 'none', 'some')`,
    // 520 to 530 are the edge's own words on an origin that fails.
    answeredBy: `multiIf(origin_code = r.EdgeResponseStatus, 'upstream',
      is_stopped AND origin_code = 0 OR r.EdgeResponseStatus BETWEEN 520 AND 530, 'gateway', '')`,
    schemaValidated: `if(has(arrayConcat(r.SecuritySources, r.FirewallMatchesSources), 'apiShieldSchemaValidation'),
      true, NULL)`,
  },
};
