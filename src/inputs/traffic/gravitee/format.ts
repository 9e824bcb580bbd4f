import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { isoInstant } from '../../expressions/iso-instant.ts';

const TEXT = 'Nullable(String)';
const MESSAGE = `Tuple(method ${TEXT}, uri ${TEXT}, status Nullable(UInt16), headers Map(String, Array(String)), body ${TEXT})`;

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

const RECORD = `Tuple(${[
  ...Object.values(NAMES).flatMap(({ type, names }) => names.map((name) => `\`${name}\` ${type}`)),
  'failure Tuple(key Nullable(String))',
  ...[...REQUESTS, ...RESPONSES, ...BACKEND_RESPONSES].map((name) => `\`${name}\` ${MESSAGE}`),
].join(', ')})`;

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

function value(what: string): string {
  const names = NAMES[what]?.names ?? [];
  return `coalesce(${names.map((name) => `r.\`${name}\``).join(', ')})`;
}

function text(what: string): string {
  return `ifNull(${value(what)}, '')`;
}

function ofMessage(messages: readonly string[], field: string): string {
  return `coalesce(${messages.map((name) => `r.\`${name}\`.${field}`).join(', ')})`;
}

/** Headers are lists of values. */
function headers(messages: readonly string[]): string {
  const maps = messages.map((name) => `r.\`${name}\`.headers`);
  return `mapApply((k, v) -> (k, arrayStringConcat(v, ', ')), arrayFirst(m -> notEmpty(m), [${maps.join(', ')}]))`;
}

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
  parse: [
    [`JSONExtract(line, '${RECORD}')`, 'r'],
    [text('stamp'), 'stamp'],
    [
      `if(match(stamp, '^[0-9]{1,14}$'), fromUnixTimestamp64Milli(toInt64OrNull(stamp), 'UTC'), ${isoInstant('stamp')})`,
      'at',
    ],
    [`ifNull(coalesce(${ofMessage(REQUESTS, 'method')}, ${value('method')}), '')`, 'named'],
    [`if(match(named, '^[0-9]$'), ['${METHODS.join("', '")}'][toUInt8OrZero(named) + 1], named)`, 'verb'],
    [`coalesce(nullIf(${ofMessage(REQUESTS, 'uri')}, ''), nullIf(r.uri, ''), ${value('path')}, '')`, 'asked'],
    [`coalesce(${ofMessage(RESPONSES, 'status')}, r.status)`, 'code'],
    [`${ofMessage(REQUESTS, 'method')} IS NOT NULL`, 'is_log'],
    [`${ofMessage(BACKEND_RESPONSES, 'status')}`, 'backend_code'],
    [`coalesce(nullIf(${value('fault')}, ''), r.failure.key, '')`, 'fault'],
    [headers(REQUESTS), 'sent'],
    [headers(RESPONSES), 'answered'],
    [`ifNull(nullIf(${value('application')}, '1'), '')`, 'application'],
    [`${text('kind')} IN ('${OTHER_KINDS.join("', '")}')`, 'is_other'],
  ],
  accepts: `at IS NOT NULL AND verb != '' AND asked != '' AND code BETWEEN 100 AND 599 AND NOT is_other
    AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`is_other`, 'other_record'],
    [`stamp = ''`, 'no_time'],
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
    host: `if(${text('host')} = '', sent[arrayFirst(k -> lower(k) = 'host', mapKeys(sent))], ${text('host')})`,
    latencyMs: `if(${value('milliseconds')} >= 0, ${value('milliseconds')}, NULL)`,
    requestBytes: value('requestBytes'),
    responseBytes: value('responseBytes'),
    service: text('api'),
    // The gateway's application 1 stands for callers it does not know.
    consumer: `if(application = '', ${text('user')}, application)`,
    clientAddress: text('client'),
    credentialSeen: `upper(${text('security')}) IN ('API_KEY', 'JWT', 'MTLS', 'OAUTH2')
      OR arrayExists(k -> lower(k) = 'x-gravitee-api-key', mapKeys(sent)) OR match(asked, '[?&]api-key=[^&]')`,
    requestHeaders: 'sent',
    responseHeaders: 'answered',
    requestHeaderVisibility: `if(empty(sent), 'none', 'full')`,
    responseHeaderVisibility: `if(empty(answered), 'none', 'full')`,
    // Of entrypoints other than the HTTP proxy, messages go to brokers: they have no endpoint that answers.
    answeredBy: `multiIf(startsWith(fault, 'CLIENT_ABORTED'), '', fault != '', 'gateway',
      is_log, multiIf(backend_code = 0, 'gateway', ifNull(backend_code = code, 0), 'upstream', ''),
      ${text('entrypoint')} NOT IN ('', 'http-proxy'), '', ${text('endpoint')} = '', 'gateway', 'upstream')`,
    schemaValidated: `if(match(fault, ${SCHEMA_ERRORS}), true, NULL)`,
    bodies: `if(coalesce(${ofMessage(REQUESTS, 'body')}, ${ofMessage(RESPONSES, 'body')}) IS NULL, '',
      concat(ifNull(${ofMessage(REQUESTS, 'body')}, ''), ' ', ifNull(${ofMessage(RESPONSES, 'body')}, '')))`,
    // A logged request has its metrics too: as another vantage point it does not count twice.
    vantage: `if(is_log, 'gravitee-log', '')`,
  },
};
