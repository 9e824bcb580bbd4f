import type { TrafficFormat } from '../../../model/traffic-format.ts';

const RECORD = `Tuple(
  startedAt Nullable(String), method Nullable(String), target Nullable(String), status Nullable(UInt16),
  host Nullable(String), scheme Nullable(String), latencyMs Nullable(Float64),
  requestBytes Nullable(UInt64), responseBytes Nullable(UInt64), service Nullable(String), consumer Nullable(String),
  clientAddress Nullable(String), clientCertificate Nullable(Bool),
  requestHeaders Map(String, String), requestHeaderVisibility Nullable(String),
  responseHeaders Map(String, String), responseHeaderVisibility Nullable(String),
  answeredBy Nullable(String), schemaValidated Nullable(Bool),
  requestBody Nullable(String), responseBody Nullable(String), vantage Nullable(String))`;

/** RFC 3339 with offset. The parser behind it would take hour 25 for the next day, so the form is checked here. */
const RFC_3339 =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\\\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])$';

/** Headers without a statement about them are all there were; a word we do not know promises nothing. */
function visibility(stated: string, headers: string): string {
  return `multiIf(${stated} IN ('full', 'some', 'none'), assumeNotNull(${stated}), empty(${headers}), 'none',
    ${stated} IS NULL, 'full', 'some')`;
}

/** Stance's own format: what adapters of other systems write when no unit exists for theirs. */
export const format: TrafficFormat = {
  id: 'exchange',
  title: 'Canonical exchange (NDJSON)',
  reference: 'docs/reference/schemas/exchange.schema.json',
  headers: { request: 'full', response: 'full' },
  states: {
    signs: 'three of the keys startedAt, method, target, status',
    layouts: 'one JSON object per line, by its schema',
    times: 'RFC 3339 or milliseconds since 1970; milliseconds',
    sizes: 'whole messages',
    consumer: '`consumer`',
    answeredBy: '`answeredBy`',
    transport: '`scheme`',
  },
  // The keys must be the record's own, not those of a header or query parameter that a caller named.
  claims: `length(arrayIntersect(keys, ['startedAt', 'method', 'target', 'status'])) >= 3`,
  own: '1',
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`ifNull(r.startedAt, '')`, 'stamp'],
    [
      `if(match(stamp, '^[0-9]{1,14}(\\\\.[0-9]+)?$'),
        fromUnixTimestamp64Milli(toInt64OrNull(splitByChar('.', stamp)[1]), 'UTC'),
        if(match(stamp, '${RFC_3339}'), parseDateTime64BestEffortOrNull(upper(stamp), 3, 'UTC'), NULL))`,
      'at',
    ],
  ],
  accepts: `at IS NOT NULL AND r.method != '' AND r.target != '' AND r.status BETWEEN 100 AND 599 AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`r.startedAt IS NULL`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`r.method IS NULL OR r.method = '' OR r.target IS NULL OR r.target = ''`, 'no_request'],
    [`JSONType(line, 'status') = 'Null'`, 'no_status'],
    [`r.status IS NULL OR r.status NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `assumeNotNull(r.method)`,
    target: `assumeNotNull(r.target)`,
    status: `assumeNotNull(r.status)`,
    host: `ifNull(r.host, '')`,
    scheme: `if(lower(r.scheme) IN ('https', 'http'), lower(assumeNotNull(r.scheme)), '')`,
    latencyMs: `if(r.latencyMs >= 0, r.latencyMs, NULL)`,
    requestBytes: `r.requestBytes`,
    responseBytes: `r.responseBytes`,
    service: `ifNull(r.service, '')`,
    consumer: `ifNull(r.consumer, '')`,
    clientAddress: `ifNull(r.clientAddress, '')`,
    credentialSeen: `ifNull(r.clientCertificate, false)`,
    requestHeaders: `r.requestHeaders`,
    responseHeaders: `r.responseHeaders`,
    requestHeaderVisibility: visibility('r.requestHeaderVisibility', 'r.requestHeaders'),
    responseHeaderVisibility: visibility('r.responseHeaderVisibility', 'r.responseHeaders'),
    answeredBy: `if(r.answeredBy IN ('gateway', 'upstream'), assumeNotNull(r.answeredBy), '')`,
    schemaValidated: `r.schemaValidated`,
    bodies: `if(r.requestBody IS NULL AND r.responseBody IS NULL, '',
      concat(ifNull(r.requestBody, ''), ' ', ifNull(r.responseBody, '')))`,
    vantage: `ifNull(r.vantage, '')`,
  },
};
