import type { TrafficFormat } from '../../../model/traffic-format.ts';

const MESSAGE = 'Tuple(bytes Nullable(UInt64), headers Map(String, String), body Nullable(String))';
const RECORD = `Tuple(
  burpItem Tuple(time Nullable(String), startedAt Nullable(String), protocol Nullable(String), host Nullable(String),
    port Nullable(String), method Nullable(String), target Nullable(String), status Nullable(UInt16),
    responseLength Nullable(UInt64)),
  request ${MESSAGE}, response ${MESSAGE})`;

/** Items of Burp Suite, in the lines that Stance makes of its XML files: one per item. */
export const format: TrafficFormat = {
  id: 'burp',
  title: 'Burp Suite items',
  reference: 'https://portswigger.net/burp/documentation/desktop/tools/proxy/http-history',
  headers: { request: 'full', response: 'full' },
  states: {
    signs: 'an item as the document kind burp gives it out',
    layouts: 'items saved as XML, messages in base64 or as text',
    times:
      'local time with the name of its zone; the answer’s Date settles names of several zones; no duration',
    sizes: 'whole messages',
    consumer: 'not told',
    answeredBy: 'not told',
    transport: '`protocol`',
  },
  claims: `has(keys, 'burpItem')`,
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`tupleElement(r, 'burpItem')`, 'i'],
    [`parseDateTime64BestEffortOrNull(ifNull(i.startedAt, ''), 3, 'UTC')`, 'at'],
    [`lower(ifNull(i.protocol, ''))`, 'scheme'],
  ],
  accepts: `at IS NOT NULL AND i.method != '' AND i.target != '' AND i.status BETWEEN 100 AND 599 AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`ifNull(i.time, '') = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`i.method IS NULL OR i.method = '' OR i.target IS NULL OR i.target = ''`, 'no_request'],
    [`JSONExtractString(line, 'burpItem', 'status') IN ('', '0')`, 'no_response'],
    [`i.status IS NULL OR i.status NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `assumeNotNull(i.method)`,
    target: `assumeNotNull(i.target)`,
    status: `assumeNotNull(i.status)`,
    // Where the request went, not what it says of that: testers write into the Host header what they like.
    host: `multiIf(i.host IS NULL OR i.host = '', '', NOT match(ifNull(i.port, ''), '^[1-9][0-9]{0,4}$')
      OR (i.port = '443' AND scheme = 'https') OR (i.port = '80' AND scheme = 'http'), assumeNotNull(i.host),
      concat(assumeNotNull(i.host), ':', assumeNotNull(i.port)))`,
    scheme: `if(scheme IN ('https', 'http'), scheme, '')`,
    requestBytes: `r.request.bytes`,
    responseBytes: `coalesce(r.response.bytes, i.responseLength)`,
    requestHeaders: `r.request.headers`,
    responseHeaders: `r.response.headers`,
    requestHeaderVisibility: `if(empty(r.request.headers), 'none', 'full')`,
    responseHeaderVisibility: `if(empty(r.response.headers), 'none', 'full')`,
    bodies: `if(ifNull(r.request.body, '') = '' AND ifNull(r.response.body, '') = '', '',
      concat(ifNull(r.request.body, ''), ' ', ifNull(r.response.body, '')))`,
  },
};
