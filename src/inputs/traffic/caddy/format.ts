import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { nearestPublicAddress } from '../../expressions/forwarded-client.ts';
import { rfc3339Time } from '../../expressions/rfc3339-time.ts';

const RECORD = `Tuple(
  ts Nullable(String), logger Nullable(String), msg Nullable(String),
  request Tuple(remote_ip Nullable(String), client_ip Nullable(String), remote_addr Nullable(String),
    method Nullable(String), host Nullable(String), uri Nullable(String), headers Map(String, String),
    tls Tuple(resumed Nullable(String), version Nullable(String), cipher_suite Nullable(String),
      server_name Nullable(String), client_common_name Nullable(String), client_serial Nullable(String))),
  bytes_read Nullable(UInt64), user_id Nullable(String), duration Nullable(String), size Nullable(UInt64),
  status Nullable(UInt16), resp_headers Map(String, String))`;

/** `1m32.05s` or `6.31ms`, as Go writes durations. */
const GO_DURATION = '^([0-9]+([.][0-9]+)?(h|ms|m|s|us|µs|ns))+$';
/** Below this a whole number may count milliseconds or nanoseconds; above it milliseconds would be a quarter of an hour. */
const LEAST_NANOSECONDS = 1_000_000;

/** Milliseconds: seconds with a fraction, nanoseconds, or text, as `duration_format` says; NULL where it cannot be told. */
const TOOK = `multiIf(match(spent, '^[0-9]{1,18}$'), if(toInt64OrZero(spent) BETWEEN 1 AND ${LEAST_NANOSECONDS - 1}, NULL, toInt64OrZero(spent) / 1e6),
  match(spent, '^[0-9]{1,9}[.][0-9]+$'), toFloat64OrNull(spent) * 1000,
  match(spent, '${GO_DURATION}'), arraySum(part -> toFloat64OrZero(part[1]) * transform(part[2],
    ['h', 'm', 's', 'ms', 'us', 'µs', 'ns'], [3600000., 60000., 1000., 1., 0.001, 0.001, 0.000001], 0.),
    extractAllGroupsVertical(substring(spent, 1, 64), '([0-9]+[.]?[0-9]*)(h|ms|m|s|us|µs|ns)')), NULL)`;

/** Seconds, milliseconds or nanoseconds since 1970, told apart by their size; else RFC 3339 or the time of common log. */
const ENDED = `multiIf(tick > 0, fromUnixTimestamp64Milli(toInt64(round(tick * multiIf(tick < 1e11, 1e3, tick < 1e14, 1, 1e-6))), 'UTC'),
  match(iso, '^[0-9]{2}/'), toDateTime64(parseDateTimeOrNull(iso, '%d/%b/%Y:%H:%i:%s %z', 'UTC'), 3, 'UTC'),
  ${rfc3339Time('iso')})`;

/** A header is a list of values, or text where a filter replaced it. */
function headersOf(lists: string): string {
  return `mapApply((k, v) -> (k, multiIf(NOT startsWith(v, '['), v,
    position(v, '\\\\') = 0 AND countSubstrings(v, '"') = 2, substring(v, 3, length(v) - 4),
    arrayStringConcat(JSONExtract(v, 'Array(String)'), ', '))), ${lists})`;
}

/** Caddy's access log: records of the loggers `http.log.access` and below, as its JSON encoder writes them. */
export const format: TrafficFormat = {
  id: 'caddy',
  title: 'Caddy access log (JSON)',
  reference: 'https://caddyserver.com/docs/caddyfile/directives/log',
  headers: { request: 'full', response: 'full' },
  states: {
    signs: 'a logger whose name begins with http., or five keys of an access record',
    layouts: 'JSON encoder, each time and duration format; Caddy 2',
    times: 'end, in seconds since 1970 or as text, less the duration; seconds, nanoseconds or text',
    sizes: 'bodies',
    consumer: 'the user of an authentication handler',
    answeredBy: '`Via` of the reverse proxy',
    transport: 'the TLS session, X-Forwarded-Proto, a redirect to itself',
  },
  // No caller names top-level keys; the names of loggers are written without escapes, those in a header are lists.
  claims: `has(keys, 'logger') AND match(line, '"logger": ?"(http\\\\.log|http\\\\.handlers|http\\\\.auto_https|http\\\\.stdlib|tls\\\\.|admin)')
    OR length(arrayIntersect(keys, ['request', 'user_id', 'bytes_read', 'duration', 'size', 'resp_headers'])) >= 5`,
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`tupleElement(r, 'request')`, 'q'],
    [`ifNull(r.ts, '')`, 'stamp'],
    [`ifNull(r.duration, '')`, 'spent'],
    [`if(match(stamp, '^[0-9]{9,19}([.][0-9]+)?$'), toFloat64OrZero(stamp), 0)`, 'tick'],
    // Wall time has no zone; it is UTC unless `time_local` is set.
    [`if(match(stamp, '^[0-9]{4}/'), concat(replaceAll(stamp, '/', '-'), 'Z'), stamp)`, 'iso'],
    [ENDED, 'ended'],
    [TOOK, 'took'],
    [
      `if(ifNull(r.logger, '') = '', r.msg = 'handled request', startsWith(assumeNotNull(r.logger), 'http.log.access'))`,
      'isAccess',
    ],
    [headersOf('q.headers'), 'sent'],
    [headersOf('r.resp_headers'), 'answered'],
    [`coalesce(q.client_ip, q.remote_ip, q.remote_addr, '')`, 'peer'],
  ],
  accepts: `isAccess AND ended IS NOT NULL AND q.method != '' AND q.uri != '' AND r.status BETWEEN 100 AND 599 AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`NOT ifNull(isAccess, 0)`, 'not_access_log'],
    [`stamp = ''`, 'no_time'],
    [`ended IS NULL`, 'bad_time'],
    [`q.method IS NULL OR q.method = '' OR q.uri IS NULL OR q.uri = ''`, 'no_request'],
    [`JSONType(line, 'status') = 'Null'`, 'no_status'],
    [`r.status = 0`, 'no_response'],
    [`r.status IS NULL OR r.status NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `subtractMilliseconds(assumeNotNull(ended), toInt64(round(if(took < 1e9, assumeNotNull(took), 0))))`,
    method: `assumeNotNull(q.method)`,
    target: `assumeNotNull(q.uri)`,
    status: `assumeNotNull(r.status)`,
    host: `ifNull(q.host, '')`,
    // Filters often delete the TLS session, so a record without it may be of either; only a redirect to itself is not.
    scheme: `multiIf(coalesce(q.tls.version, q.tls.cipher_suite, q.tls.resumed, q.tls.server_name) IS NOT NULL, 'https',
      startsWith(lower(sent['X-Forwarded-Proto']), 'https'), 'https',
      r.status IN (301, 302, 307, 308) AND answered['Location'] = concat('https://', splitByChar(':', ifNull(q.host, ''))[1],
        ifNull(q.uri, '')), 'http', '')`,
    latencyMs: `took`,
    requestBytes: `r.bytes_read`,
    responseBytes: `r.size`,
    consumer: `ifNull(r.user_id, '')`,
    // client_ip heeds X-Forwarded-For only from proxies that are said to be trusted.
    clientAddress: nearestPublicAddress('peer', `sent['X-Forwarded-For']`),
    credentialSeen: `ifNull(q.tls.client_common_name, '') != '' OR ifNull(q.tls.client_serial, '') != ''`,
    requestHeaders: 'sent',
    responseHeaders: 'answered',
    // A filter can take all headers out of the record; a real exchange always has some.
    requestHeaderVisibility: `if(empty(sent), 'none', 'full')`,
    responseHeaderVisibility: `if(empty(answered), 'none', 'full')`,
    answeredBy: `if(match(answered['Via'], '(^|, )[0-9.]+ Caddy'), 'upstream', '')`,
  },
};
