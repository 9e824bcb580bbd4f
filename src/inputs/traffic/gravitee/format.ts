import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { isoInstant } from '../../expressions/iso-instant.ts';

const TEXT = 'Nullable(String)';
const REQUEST = `Tuple(method ${TEXT}, uri ${TEXT}, headers Map(String, Array(String)), body ${TEXT})`;
const RESPONSE = `Tuple(status Nullable(UInt16), headers Map(String, Array(String)), body ${TEXT})`;

/** What records tell, under the names of each reporter and version; the first that is there counts. */
const NAMES: Readonly<Record<string, { readonly type: string; readonly names: readonly string[] }>> = {
  stamp: { type: TEXT, names: ['@timestamp', 'timestamp'] },
  kind: { type: TEXT, names: ['type'] },
  method: { type: TEXT, names: ['method', 'http-method', 'httpMethod'] },
  uri: { type: TEXT, names: ['uri'] },
  path: { type: TEXT, names: ['path', 'path-info', 'pathInfo'] },
  status: { type: 'Nullable(UInt16)', names: ['status'] },
  milliseconds: {
    type: 'Nullable(Float64)',
    names: ['response-time', 'gateway-response-time-ms', 'proxyResponseTimeMs', 'gatewayResponseTimeMs'],
  },
  requestBytes: { type: 'Nullable(UInt64)', names: ['request-content-length', 'requestContentLength'] },
  responseBytes: { type: 'Nullable(UInt64)', names: ['response-content-length', 'responseContentLength'] },
  application: { type: TEXT, names: ['application', 'application-id', 'applicationId'] },
  user: { type: TEXT, names: ['user'] },
  security: { type: TEXT, names: ['security-type', 'securityType'] },
  api: { type: TEXT, names: ['api-name', 'apiName', 'api', 'api-id', 'apiId'] },
  client: { type: TEXT, names: ['remote-address', 'remoteAddress'] },
  host: { type: TEXT, names: ['host'] },
  endpoint: { type: TEXT, names: ['endpoint'] },
  entrypoint: { type: TEXT, names: ['entrypoint-id', 'entrypointId'] },
  fault: { type: TEXT, names: ['error-key', 'errorKey'] },
};
const REQUESTS = ['client-request', 'clientRequest', 'entrypoint-request', 'entrypointRequest'];
const RESPONSES = ['client-response', 'clientResponse', 'entrypoint-response', 'entrypointResponse'];
const BACKEND_RESPONSES = ['proxy-response', 'proxyResponse', 'endpoint-response', 'endpointResponse'];

/** Of the keys below, one that each document of metrics has. */
const LATENCIES = ['proxy-latency', 'gateway-latency-ms', 'proxyLatencyMs', 'gatewayLatencyMs'];
const DURATIONS = [
  ...['api-response-time', 'apiResponseTimeMs', 'gateway-response-time-ms', 'gatewayResponseTimeMs'],
  'proxyResponseTimeMs',
];

/**
 * Few records hold messages: as texts, which are parsed again where they are, they cost the others nothing, while
 * tuples for each name, with a map of headers each, took half of the time.
 */
const TYPES = Object.values(NAMES).flatMap(({ type, names }) => names.map((name) => [name, type] as const));
const RECORD = `Tuple(${[
  ...new Map([
    ...[...LATENCIES, ...DURATIONS].map((name) => [name, 'Nullable(Float64)'] as const),
    ...[...REQUESTS, ...RESPONSES, ...BACKEND_RESPONSES].map((name) => [name, TEXT] as const),
    ...TYPES,
  ]),
]
  .map(([name, type]) => `\`${name}\` ${type}`)
  .join(', ')}, failure Tuple(key ${TEXT}))`;

/** Keys that no other gateway's records have two of. */
const OWN_KEYS = [
  'local-address',
  'proxy-latency',
  'api-response-time',
  'gateway-response-time-ms',
  'gateway-latency-ms',
  'entrypoint-id',
  'request-ended',
  'proxyResponseTimeMs',
  'proxyLatencyMs',
  'apiResponseTimeMs',
  'gatewayResponseTimeMs',
  'gatewayLatencyMs',
  'entrypointId',
  'requestEnded',
  ...REQUESTS,
  ...RESPONSES,
  ...BACKEND_RESPONSES,
];
/** Documents of the same reporters that are about no exchange, or about a message within one. */
const OTHER_KINDS = ['health', 'monitor', 'v4-message-metrics', 'v4-message-log', 'event-metrics'];

/** The number that Elasticsearch documents hold for a method, in the order of the gateway's codes. */
const METHODS = ['OTHER', 'CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];
/** Errors of the gateway's policies that hold a message against a schema. */
const SCHEMA_ERRORS = `'^(JSON_INVALID_|REQUEST_VALIDATION_INVALID)'`;

/** The first that is there; of texts, an empty one where none is. */
function first(names: readonly string[], type = TEXT): string {
  const values = names.map((name) => `r.\`${name}\``).join(', ');
  if (type === TEXT) return `coalesce(${values}, '')`;
  return names.length === 1 ? values : `coalesce(${values})`;
}

/** Each name once, as a step: what several columns ask for is computed for none of them again. */
const VALUES = Object.entries(NAMES).map(
  ([what, { type, names }]) => [first(names, type), `v_${what}`] as const,
);

/** Headers are lists of values. */
const HEADERS = `mapApply((k, v) -> (k, arrayStringConcat(v, ', ')), `;
const anyOf = (names: readonly string[]) =>
  `coalesce(${names.map((name) => `r.\`${name}\``).join(', ')}) IS NOT NULL`;

/** Gravitee API Management's metrics and logs, as the file and Elasticsearch reporters write them. */
export const format: TrafficFormat = {
  id: 'gravitee',
  title: 'Gravitee API Management metrics and logs',
  reference: 'https://documentation.gravitee.io/apim/analyze-and-monitor-apis/reporters',
  headers: { request: 'full', response: 'full' },
  states: {
    signs: 'its own keys of metrics and log documents',
    layouts: 'requests and logs of APIM 1 to 4, in the JSON of the file and Elasticsearch reporters',
    times: 'start of the request, ISO 8601 or milliseconds; milliseconds',
    sizes: 'bodies',
    consumer: 'the application, else the user',
    answeredBy: 'the error key, the endpoint; in logs the response of the endpoint',
    transport: 'not told',
  },
  claims: `length(arrayIntersect(keys, ['${OWN_KEYS.join("', '")}'])) >= 2
    OR (has(keys, 'gateway') AND has(keys, '@timestamp') AND JSONExtractString(line, 'type') IN ('${OTHER_KINDS.join("', '")}'))`,
  // Of each kind of document two keys that are its own; a rare one without them is asked for its claim.
  own: `(${anyOf(LATENCIES)} AND ${anyOf(DURATIONS)}) OR (request_text != '' AND response_text != '')`,
  parse: [
    [`JSONExtract(line, '${RECORD}')`, 'r'],
    ...VALUES,
    [first(REQUESTS), 'request_text'],
    [first(RESPONSES), 'response_text'],
    [first(BACKEND_RESPONSES), 'backend_text'],
    [`JSONExtract(request_text, '${REQUEST}')`, 'q'],
    [`JSONExtract(response_text, '${RESPONSE}')`, 'a'],
    [`JSONExtract(backend_text, 'status', 'Nullable(UInt16)')`, 'backend_code'],
    [
      `if(match(v_stamp, '^[0-9]{1,14}$'), fromUnixTimestamp64Milli(toInt64OrNull(v_stamp), 'UTC'), ${isoInstant('v_stamp')})`,
      'at',
    ],
    [`coalesce(q.method, v_method)`, 'named'],
    [`if(match(named, '^[0-9]$'), ['${METHODS.join("', '")}'][toUInt8OrZero(named) + 1], named)`, 'verb'],
    [`ifNull(q.uri, '')`, 'request_uri'],
    [`multiIf(request_uri != '', request_uri, v_uri != '', v_uri, v_path)`, 'asked'],
    [`coalesce(a.status, v_status)`, 'code'],
    [`q.method IS NOT NULL`, 'is_log'],
    [`if(v_fault = '', ifNull(r.failure.key, ''), v_fault)`, 'fault'],
    [`${HEADERS}q.headers)`, 'sent'],
    [`${HEADERS}a.headers)`, 'answered'],
    [`v_kind IN ('${OTHER_KINDS.join("', '")}')`, 'is_other'],
  ],
  accepts: `at IS NOT NULL AND verb != '' AND asked != '' AND code BETWEEN 100 AND 599 AND NOT is_other
    AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`is_other`, 'other_record'],
    [`v_stamp = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`verb = '' OR asked = ''`, 'no_request'],
    [`code = 0`, 'no_response'],
    [`code IS NULL AND (is_log OR JSONType(line, 'status') = 'Null')`, 'no_status'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `verb`,
    target: `asked`,
    status: `assumeNotNull(code)`,
    host: `if(v_host = '', sent[arrayFirst(k -> lower(k) = 'host', mapKeys(sent))], v_host)`,
    latencyMs: `if(v_milliseconds >= 0, v_milliseconds, NULL)`,
    requestBytes: 'v_requestBytes',
    responseBytes: 'v_responseBytes',
    service: 'v_api',
    // The gateway's application 1 stands for callers it does not know.
    consumer: `if(v_application IN ('', '1'), v_user, v_application)`,
    clientAddress: 'v_client',
    credentialSeen: `upper(v_security) IN ('API_KEY', 'JWT', 'MTLS', 'OAUTH2')
      OR arrayExists(k -> lower(k) = 'x-gravitee-api-key', mapKeys(sent)) OR match(asked, '[?&]api-key=[^&]')`,
    requestHeaders: 'sent',
    responseHeaders: 'answered',
    requestHeaderVisibility: `if(empty(sent), 'none', 'full')`,
    responseHeaderVisibility: `if(empty(answered), 'none', 'full')`,
    // Of entrypoints other than the HTTP proxy, messages go to brokers: they have no endpoint that answers.
    answeredBy: `multiIf(startsWith(fault, 'CLIENT_ABORTED'), '', fault != '', 'gateway',
      is_log, multiIf(backend_code = 0, 'gateway', ifNull(backend_code = code, 0), 'upstream', ''),
      v_entrypoint NOT IN ('', 'http-proxy'), '', v_endpoint = '', 'gateway', 'upstream')`,
    schemaValidated: `if(match(fault, ${SCHEMA_ERRORS}), true, NULL)`,
    bodies: `if(coalesce(q.body, a.body) IS NULL, '', concat(ifNull(q.body, ''), ' ', ifNull(a.body, '')))`,
    // A logged request has its metrics too: as another vantage point it does not count twice.
    vantage: `if(is_log, 'gravitee-log', '')`,
  },
};
