import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { nearestPublicAddress } from '../../expressions/forwarded-client.ts';

const COMMON = `common Tuple(headers Array(Tuple(key String, value String)), body Nullable(String),
  TruncatedBody Nullable(Bool), time Nullable(Int64))`;
const RECORD = `Tuple(
  scheme Nullable(String), sourceAddress Nullable(String),
  request Tuple(method Nullable(String), path Nullable(String), host Nullable(String), ${COMMON}),
  response Tuple(statusCode Nullable(UInt16), ${COMMON}))`;

function headers(message: string): string {
  return `CAST((${message}.common.headers.key, ${message}.common.headers.value), 'Map(String, String)')`;
}

function header(map: string, name: string): string {
  return `${map}[arrayFirst(k -> lower(k) = '${name}', mapKeys(${map}))]`;
}

/** Bodies are base64; what is none stays as it is. */
function body(message: string): string {
  const written = `ifNull(${message}.common.body, '')`;
  return `coalesce(nullIf(tryBase64Decode(${written}), ''), ${written})`;
}

/** The size of a body that was written down whole. */
function size(message: string, text: string): string {
  return `if(${text} = '' OR ifNull(${message}.common.TruncatedBody, false), NULL, length(${text}))`;
}

/** Traces as APIClarity's plugins send them: whole messages. */
export const format: TrafficFormat = {
  id: 'apiclarity',
  title: 'APIClarity traces (JSON)',
  reference: 'https://github.com/openclarity/apiclarity/blob/master/plugins/api/swagger.yaml',
  headers: { request: 'full', response: 'full' },
  states: {
    signs: 'requestID beside destinationAddress and sourceAddress',
    layouts: 'the telemetry of its plugins',
    times: 'milliseconds since 1970; without them the Date of the response',
    sizes: 'bodies that are not cut',
    consumer: 'not told',
    answeredBy: 'not told',
    transport: 'the scheme, X-Forwarded-Proto',
  },
  claims: `has(keys, 'request')
    AND length(arrayIntersect(keys, ['requestID', 'sourceAddress', 'destinationAddress', 'destinationNamespace'])) >= 2`,
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`tupleElement(r, 'request')`, 'q'],
    [`tupleElement(r, 'response')`, 'a'],
    [headers('q'), 'sent'],
    [headers('a'), 'answered'],
    // Zero is how the plugins' language writes an unset number.
    [`nullIf(q.common.time, 0)`, 'milliseconds'],
    [header('answered', 'date'), 'dated'],
    [
      `multiIf(milliseconds BETWEEN 1 AND 99999999999999, fromUnixTimestamp64Milli(milliseconds, 'UTC'),
        JSONType(line, 'request', 'common', 'time') = 'Null' OR ifNull(q.common.time = 0, 0),
        toDateTime64(parseDateTimeOrNull(dated, '%a, %d %b %Y %H:%i:%s GMT', 'UTC'), 3, 'UTC'), NULL)`,
      'at',
    ],
    [body('q'), 'request_body'],
    [body('a'), 'response_body'],
  ],
  accepts: `at IS NOT NULL AND q.method != '' AND q.path != '' AND a.statusCode BETWEEN 100 AND 599 AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`at IS NULL AND JSONType(line, 'request', 'common', 'time') = 'Null' AND dated = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`ifNull(q.method, '') = '' OR ifNull(q.path, '') = ''`, 'no_request'],
    [`a.statusCode = 0`, 'no_response'],
    [`JSONExtractString(line, 'response', 'statusCode') = '' AND a.statusCode IS NULL`, 'no_status'],
    [`a.statusCode IS NULL OR a.statusCode NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `assumeNotNull(q.method)`,
    target: `assumeNotNull(q.path)`,
    status: `assumeNotNull(a.statusCode)`,
    host: `if(ifNull(q.host, '') = '', ${header('sent', 'host')}, assumeNotNull(q.host))`,
    // Behind a sidecar all is plain HTTP; only a header that says https tells what the client saw.
    scheme: `multiIf(lower(r.scheme) IN ('https', 'http'), lower(assumeNotNull(r.scheme)),
      startsWith(lower(${header('sent', 'x-forwarded-proto')}), 'https'), 'https', '')`,
    latencyMs: `if(milliseconds > 0 AND a.common.time >= milliseconds, toFloat64(a.common.time - milliseconds), NULL)`,
    requestBytes: size('q', 'request_body'),
    responseBytes: size('a', 'response_body'),
    clientAddress: nearestPublicAddress(`ifNull(r.sourceAddress, '')`, header('sent', 'x-forwarded-for')),
    requestHeaders: `sent`,
    responseHeaders: `answered`,
    requestHeaderVisibility: `if(empty(sent), 'none', 'full')`,
    responseHeaderVisibility: `if(empty(answered), 'none', 'full')`,
    bodies: `if(request_body = '' AND response_body = '', '',
      toValidUTF8(concat(request_body, ' ', response_body)))`,
  },
};
