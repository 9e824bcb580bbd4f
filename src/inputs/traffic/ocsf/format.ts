import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { nearestPublicAddress } from '../../expressions/forwarded-client.ts';
import { rfc3339Time } from '../../expressions/rfc3339-time.ts';

const HEADERS = 'Array(Tuple(name String, value String))';
const RECORD = `Tuple(
  class_uid Nullable(Int64), type_uid Nullable(Int64), activity_id Nullable(Int64),
  time Nullable(String), time_dt Nullable(String), start_time Nullable(String), start_time_dt Nullable(String),
  duration Nullable(Float64), action_id Nullable(Int64), action Nullable(String), disposition_id Nullable(Int64), disposition Nullable(String),
  status_code Nullable(String), http_status Nullable(String),
  http_request Tuple(http_method Nullable(String), args Nullable(String), length Nullable(Int64), body_length Nullable(Int64),
    x_forwarded_for Array(String), http_headers ${HEADERS},
    url Tuple(path Nullable(String), query_string Nullable(String), url_string Nullable(String), text Nullable(String),
      hostname Nullable(String), scheme Nullable(String), port Nullable(UInt16))),
  http_response Tuple(code Nullable(String), latency Nullable(Float64), length Nullable(Int64),
    body_length Nullable(Int64), http_headers ${HEADERS}),
  src_endpoint Tuple(ip Nullable(String), hostname Nullable(String)),
  dst_endpoint Tuple(hostname Nullable(String), domain Nullable(String), svc_name Nullable(String)),
  tls Tuple(version Nullable(String)),
  actor Tuple(user Tuple(name Nullable(String), uid Nullable(String), email_addr Nullable(String))),
  metadata Tuple(product Tuple(name Nullable(String))))`;

/** The values of `activity_id` from 1; the schema asks for the method only where the activity does not tell it. */
const METHODS = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'TRACE', 'PATCH'];
const HTTP_ACTIVITY = 4002;
/** The schema counts milliseconds; some producers write seconds, which stay below this until the year 5138. */
const LEAST_MILLISECONDS = 1e11;
const DENIED = `(r.action_id = 2 OR lower(r.action) = 'denied' OR r.disposition_id IN (2, 6)
  OR lower(r.disposition) IN ('blocked', 'dropped'))`;

function headersOf(pairs: string): string {
  return `CAST(arrayFilter(h -> h.name != '', ${pairs}), 'Map(String, String)')`;
}

function sizeOf(message: string): string {
  return `toUInt64(multiIf(${message}.length >= 0, ${message}.length, ${message}.body_length >= 0, ${message}.body_length, NULL))`;
}

/** HTTP Activity events of the Open Cybersecurity Schema Framework, one JSON object to a line. */
export const format: TrafficFormat = {
  id: 'ocsf',
  title: 'OCSF HTTP Activity (4002)',
  reference: 'https://schema.ocsf.io/classes/http_activity',
  headers: { request: 'some', response: 'some' },
  states: {
    signs: 'class_uid beside activity or type',
    layouts: 'HTTP Activity of OCSF 1.0 and later',
    times: '`start_time`, else `time`: milliseconds or seconds since 1970, or RFC 3339; milliseconds',
    sizes: 'whole messages, else bodies',
    consumer: 'the user of the actor',
    answeredBy: 'the gateway where the action is Denied or the disposition Blocked or Dropped',
    transport: 'the TLS version, the scheme of the URL',
  },
  claims: `length(arrayIntersect(keys, ['class_uid', 'category_uid', 'type_uid', 'activity_id', 'class_name'])) >= 2`,
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`tupleElement(r, 'http_request')`, 'q'],
    [`tupleElement(q, 'url')`, 'u'],
    [`tupleElement(r, 'http_response')`, 'a'],
    [`coalesce(nullIf(r.start_time, ''), r.start_time_dt, nullIf(r.time, ''), r.time_dt, '')`, 'stamp'],
    [`if(match(stamp, '^[0-9]{1,14}([.][0-9]+)?$'), toFloat64OrZero(stamp), 0)`, 'tick'],
    [
      `if(tick > 0, fromUnixTimestamp64Milli(toInt64(round(tick * if(tick < ${LEAST_MILLISECONDS}, 1000, 1))), 'UTC'),
        ${rfc3339Time('stamp')})`,
      'at',
    ],
    [
      `transform(coalesce(r.activity_id, r.type_uid % 100, 0), [${METHODS.map((_, index) => index + 1).join(', ')}],
        [${METHODS.map((method) => `'${method}'`).join(', ')}], '')`,
      'activity',
    ],
    [`if(ifNull(q.http_method, '') = '', activity, assumeNotNull(q.http_method))`, 'verb'],
    [`ifNull(u.path, '')`, 'path'],
    [`trim(LEADING '?' FROM coalesce(nullIf(u.query_string, ''), q.args, ''))`, 'query'],
    [
      `multiIf(path = '', coalesce(u.url_string, u.text, ''), query = '' OR position(path, '?') > 0, path,
        concat(path, '?', query))`,
      'wanted',
    ],
    // The status of the event is text about its outcome; its code is often that of HTTP.
    [`coalesce(nullIf(a.code, ''), nullIf(r.http_status, ''), r.status_code, '')`, 'answer'],
    [`toUInt16OrNull(answer)`, 'code'],
    [`if(r.class_uid IS NULL, intDiv(ifNull(r.type_uid, 0), 100), r.class_uid) = ${HTTP_ACTIVITY}`, 'isHttp'],
  ],
  accepts: `isHttp AND at IS NOT NULL AND verb != '' AND wanted != '' AND code BETWEEN 100 AND 599 AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`NOT isHttp`, 'not_http_activity'],
    [`stamp = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`verb = '' OR wanted = ''`, 'no_request'],
    [`answer = ''`, 'no_status'],
    [`answer = '0'`, 'no_response'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: 'verb',
    target: 'wanted',
    status: `assumeNotNull(code)`,
    host: `multiIf(ifNull(u.hostname, '') = '', coalesce(r.dst_endpoint.hostname, r.dst_endpoint.domain, ''),
      ifNull(u.port, 0) IN (0, 80, 443), assumeNotNull(u.hostname), concat(assumeNotNull(u.hostname), ':', toString(assumeNotNull(u.port))))`,
    scheme: `multiIf(ifNull(r.tls.version, '') != '', 'https', lower(u.scheme) IN ('https', 'http'), lower(assumeNotNull(u.scheme)),
      match(ifNull(u.url_string, ''), '^(?i)https:'), 'https', match(ifNull(u.url_string, ''), '^(?i)http:'), 'http', '')`,
    latencyMs: `multiIf(a.latency >= 0, a.latency, r.duration >= 0, r.duration, NULL)`,
    requestBytes: sizeOf('q'),
    responseBytes: sizeOf('a'),
    service: `ifNull(r.dst_endpoint.svc_name, '')`,
    consumer: `coalesce(nullIf(r.actor.user.name, ''), nullIf(r.actor.user.uid, ''), r.actor.user.email_addr, '')`,
    clientAddress: nearestPublicAddress(
      `ifNull(r.src_endpoint.ip, '')`,
      `arrayStringConcat(q.x_forwarded_for, ', ')`,
    ),
    requestHeaders: headersOf('q.http_headers'),
    responseHeaders: headersOf('a.http_headers'),
    // The schema does not say whether the headers are all there were.
    requestHeaderVisibility: `if(empty(q.http_headers), 'none', 'some')`,
    responseHeaderVisibility: `if(empty(a.http_headers), 'none', 'some')`,
    answeredBy: `if(ifNull(${DENIED}, 0), 'gateway', '')`,
    // One lake holds what several products saw.
    vantage: `ifNull(r.metadata.product.name, '')`,
  },
};
