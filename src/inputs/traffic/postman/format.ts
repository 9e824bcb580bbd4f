import type { TrafficFormat } from '../../../model/traffic-format.ts';

const RECORD = `Tuple(
  postmanExample Tuple(method Nullable(String), target Nullable(String), scheme Nullable(String),
    host Nullable(String), isAuthorized Nullable(Bool), wasSent Nullable(Bool), isAnswered Nullable(Bool),
    startedAt Nullable(String), status Nullable(UInt16), latencyMs Nullable(Float64), bodyBytes Nullable(UInt64)),
  requestHeaders Map(String, String), requestBody Nullable(String),
  responseHeaders Map(String, String), responseBody Nullable(String))`;

/** Saved responses of Postman collections, in the lines that Stance makes of them: documentation of use, no live traffic. */
export const format: TrafficFormat = {
  id: 'postman',
  title: 'Postman saved responses',
  reference: 'https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html',
  headers: { request: 'full', response: 'full' },
  states: {
    signs: 'a saved response as the document kind postman gives it out',
    layouts:
      'saved responses of collections 1.0, 2.0 and 2.1; JSON reports of Newman; documentation of use, not live traffic',
    times:
      'the answer’s Date, else when it was saved or the run began: examples without any are left out; milliseconds',
    sizes: 'bodies of answers (Newman)',
    consumer: 'not told',
    answeredBy: 'not told',
    transport: 'the URL',
  },
  claims: `has(keys, 'postmanExample')`,
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`tupleElement(r, 'postmanExample')`, 'x'],
    [`parseDateTime64BestEffortOrNull(ifNull(x.startedAt, ''), 3, 'UTC')`, 'at'],
    [`arrayExists(name -> lower(name) = 'date', mapKeys(r.responseHeaders))`, 'isDated'],
  ],
  accepts: `at IS NOT NULL AND x.isAnswered AND x.method != '' AND x.target != '' AND x.status BETWEEN 100 AND 599
    AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`x.isAnswered IS NULL OR NOT x.isAnswered`, 'no_response'],
    [`x.method IS NULL OR x.method = '' OR x.target IS NULL OR x.target = ''`, 'no_request'],
    [`ifNull(x.startedAt, '') = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`JSONType(line, 'postmanExample', 'status') = 'Null'`, 'no_status'],
    [`x.status IS NULL OR x.status NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `assumeNotNull(x.method)`,
    target: `assumeNotNull(x.target)`,
    status: `assumeNotNull(x.status)`,
    host: `ifNull(x.host, '')`,
    scheme: `if(x.scheme IN ('https', 'http'), assumeNotNull(x.scheme), '')`,
    latencyMs: `if(x.latencyMs >= 0, x.latencyMs, NULL)`,
    responseBytes: `x.bodyBytes`,
    credentialSeen: `ifNull(x.isAuthorized, false)`,
    requestHeaders: `r.requestHeaders`,
    responseHeaders: `r.responseHeaders`,
    // A collection holds the headers somebody wrote down; Postman sends more. Newman reports those that were sent.
    requestHeaderVisibility: `multiIf(empty(r.requestHeaders), 'none', ifNull(x.wasSent, false), 'full', 'some')`,
    // Servers send a Date: answers without one were written by hand.
    responseHeaderVisibility: `multiIf(empty(r.responseHeaders), 'none', isDated, 'full', 'some')`,
    bodies: `if(r.requestBody IS NULL AND r.responseBody IS NULL, '',
      concat(ifNull(r.requestBody, ''), ' ', ifNull(r.responseBody, '')))`,
  },
};
