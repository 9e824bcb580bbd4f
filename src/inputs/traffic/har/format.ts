import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { rfc3339Time } from '../../expressions/rfc3339-time.ts';

const PAIRS = 'Array(Tuple(name String, value String))';
const RECORD = `Tuple(
  startedDateTime Nullable(String), time Nullable(Float64), pageref Nullable(String),
  _initiator Nullable(String), _resourceType Nullable(String), _priority Nullable(String),
  _fetchType Nullable(String), _fromCache Nullable(String),
  request Tuple(method Nullable(String), url Nullable(String), headers ${PAIRS}, queryString ${PAIRS},
    cookies ${PAIRS}, postData Tuple(text Nullable(String), encoding Nullable(String), params ${PAIRS}),
    headersSize Nullable(Int64), bodySize Nullable(Int64)),
  response Tuple(status Nullable(Int32), headers ${PAIRS}, content Tuple(text Nullable(String), encoding Nullable(String)),
    headersSize Nullable(Int64), bodySize Nullable(Int64), _transferSize Nullable(Int64)))`;

/** HTTP/2 pseudo headers stand among the headers, and are none. */
function headersOf(pairs: string): string {
  return `CAST(arrayFilter(h -> h.name != '' AND NOT startsWith(h.name, ':'), ${pairs}), 'Map(String, String)')`;
}

/** Of a whole message where both parts are known, else as much as is known; -1 stands for unknown. */
function sizeOf(message: string, other: string): string {
  const [headers, body] = [`${message}.headersSize`, `${message}.bodySize`];
  return `toUInt64(multiIf(${headers} BETWEEN 0 AND 1e15 AND ${body} BETWEEN 0 AND 1e15, ${headers} + ${body},
    ${other} > 0, ${other}, ${body} >= 0, ${body}, NULL))`;
}

/** What is not text after decoding is left out. */
function textOf(body: string): string {
  const decoded = `tryBase64Decode(ifNull(${body}.text, ''))`;
  return `if(${body}.encoding = 'base64', if(isValidUTF8(${decoded}), ${decoded}, ''), ifNull(${body}.text, ''))`;
}

/**
 * Browsers leave Cookie and Authorization out of the files they export unless told otherwise, and name themselves
 * outside the entries. So a record with the marks of a browser shows all headers only if a credential is among them.
 * Recording proxies and test tools have none of the marks and keep what they saw.
 */
const OF_A_BROWSER = `coalesce(r.pageref, r._initiator, r._resourceType, r._priority, r._fetchType) IS NOT NULL`;
const HAS_CREDENTIAL = `arrayExists(k -> lower(k) IN ('cookie', 'authorization', 'proxy-authorization'), mapKeys(sent))`;

/** The entries of HTTP Archive files, one to a line. */
export const format: TrafficFormat = {
  id: 'har',
  title: 'HTTP Archive (HAR) entries',
  reference: 'http://www.softwareishard.com/blog/har-12-spec/',
  headers: { request: 'full', response: 'full' },
  states: {
    signs: 'request and startedDateTime',
    layouts: 'HAR 1.1 and 1.2 of browsers, proxies and tools; whole files or entries',
    times: 'RFC 3339; milliseconds',
    sizes: 'whole messages where the headers are counted, else bodies',
    consumer: 'not told',
    answeredBy: 'not told',
    transport: 'the URL',
  },
  claims: `has(keys, 'request') AND (has(keys, 'startedDateTime')
    OR length(arrayIntersect(keys, ['response', 'cache', 'timings', 'pageref', 'serverIPAddress'])) >= 3)`,
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`tupleElement(r, 'request')`, 'q'],
    [`tupleElement(r, 'response')`, 'a'],
    [`ifNull(r.startedDateTime, '')`, 'stamp'],
    [rfc3339Time('stamp'), 'at'],
    [`ifNull(q.url, '')`, 'url'],
    // A WebSocket begins with an HTTP request, which the entry is of. Tools may leave out the host.
    [`extractGroups(url, '^((?i)https?|wss?)://(?:[^/?#@]*@)?([^/?#]*)([^#]*)')`, 'parts'],
    [`if(empty(parts), url, if(startsWith(parts[3], '/'), parts[3], concat('/', parts[3])))`, 'bare'],
    // Some tools write the query beside the URL only.
    [
      `if(empty(q.queryString) OR position(bare, '?') > 0, bare,
        concat(bare, '?', arrayStringConcat(arrayMap(x -> concat(x.name, '=', x.value), q.queryString), '&')))`,
      'wanted',
    ],
    [headersOf('q.headers'), 'sent'],
    [`arrayFirst(h -> lower(h.name) IN ('host', ':authority'), q.headers).value`, 'hostHeader'],
  ],
  accepts: `at IS NOT NULL AND q.method != '' AND wanted != '' AND a.status BETWEEN 100 AND 599 AND r._fromCache IS NULL
    AND (notEmpty(parts) OR NOT match(url, '^[A-Za-z][A-Za-z0-9+.-]*:')) AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`stamp = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`q.method IS NULL OR q.method = '' OR wanted = ''`, 'no_request'],
    [`empty(parts) AND match(url, '^[A-Za-z][A-Za-z0-9+.-]*:')`, 'not_http'],
    [`r._fromCache IS NOT NULL`, 'from_cache'],
    [`JSONType(line, 'response', 'status') = 'Null'`, 'no_status'],
    [`a.status <= 0`, 'no_response'],
    [`a.status IS NULL OR a.status NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `assumeNotNull(q.method)`,
    target: `wanted`,
    status: `toUInt16(assumeNotNull(a.status))`,
    host: `if(parts[2] != '', parts[2], hostHeader)`,
    scheme: `multiIf(lower(parts[1]) IN ('https', 'wss'), 'https', parts[1] != '', 'http', '')`,
    latencyMs: `if(r.time >= 0, r.time, NULL)`,
    requestBytes: sizeOf('q', `CAST(NULL, 'Nullable(Int64)')`),
    responseBytes: sizeOf('a', 'a._transferSize'),
    credentialSeen: `notEmpty(q.cookies)`,
    requestHeaders: 'sent',
    responseHeaders: headersOf('a.headers'),
    requestHeaderVisibility: `multiIf(empty(sent), 'none', ${OF_A_BROWSER} AND NOT ${HAS_CREDENTIAL}, 'some', 'full')`,
    responseHeaderVisibility: `if(empty(a.headers), 'none', 'full')`,
    bodies: `trim(BOTH ' ' FROM concat(if(q.postData.text IS NULL,
      arrayStringConcat(arrayMap(x -> concat(x.name, '=', x.value), q.postData.params), '&'),
      ${textOf('q.postData')}), ' ', ${textOf('a.content')}))`,
  },
};
