import type { TrafficExample } from '../../../model/traffic-format.ts';

/** A resource log record; most cases below differ from it in one thing. */
const properties = {
  method: 'POST',
  url: 'https://shop-api.example.com/orders/v1/orders/42?dry=1',
  responseCode: 201,
  responseSize: 734,
  requestSize: 512,
  apiId: 'orders-v1',
  operationId: 'create-item',
  productId: 'partner',
  apimSubscriptionId: 'web-shop',
  userId: '7',
  clientTlsVersion: '1.3',
  backendUrl: 'https://orders.internal.test/orders/42',
  backendResponseCode: 201,
};
const record = {
  isRequestSuccess: true,
  time: '2026-01-05T10:00:00.2501234Z',
  operationName: 'Microsoft.ApiManagement/GatewayLogs',
  category: 'GatewayLogs',
  durationMs: 45,
  callerIpAddress: '203.0.113.9',
  properties,
  resourceId: '/SUBSCRIPTIONS/0A1B/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.APIMANAGEMENT/SERVICE/SHOP-API',
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'POST',
  target: 'https://shop-api.example.com/orders/v1/orders/42?dry=1',
  status: 201,
  host: 'shop-api.example.com',
  scheme: 'https',
  latencyMs: 45,
  requestBytes: 512,
  responseBytes: 734,
  service: 'orders-v1',
  consumer: 'web-shop',
  clientAddress: '203.0.113.9',
  answeredBy: 'upstream',
};

/** The same call as a row of the Log Analytics table. */
const row = {
  TimeGenerated: '2026-01-05T10:00:00.2501234Z',
  Category: 'GatewayLogs',
  IsRequestSuccess: true,
  TotalTime: 45,
  CallerIpAddress: '203.0.113.9',
  Method: 'POST',
  Url: properties.url,
  ResponseCode: 201,
  BackendResponseCode: 201,
  RequestSize: 512,
  ResponseSize: 734,
  ApiId: 'orders-v1',
  ApimSubscriptionId: 'web-shop',
  ApiRevision: '3',
  ClientTlsVersion: '1.3',
  Type: 'ApiManagementGatewayLogs',
};

/** The record with other top-level keys; `undefined` takes a key out. */
function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

function withProperties(changes: object): string {
  return line({ properties: { ...properties, ...changes } });
}

/** A record of a call that a policy or a built-in step ended before the backend was asked. */
function refused(status: number, lastError: object, changes: object = {}): string {
  return withProperties({
    responseCode: status,
    backendResponseCode: undefined,
    apimSubscriptionId: undefined,
    userId: undefined,
    lastError: { elapsed: 1, scope: 'api', section: 'inbound', message: '', ...lastError },
    ...changes,
  });
}
const logged = {
  requestHeaders: { Authorization: 'Bearer ***', 'Ocp-Apim-Subscription-Key': '***' },
  responseHeaders: { 'X-RateLimit-Limit': '60' },
};
const refusal = { ...read, consumer: '', answeredBy: 'gateway' };

const accepted: readonly TrafficExample[] = [
  { name: 'a resource log record', line: line({}), exchange: read },
  {
    name: 'properties as JSON text',
    line: line({ properties: JSON.stringify(properties) }),
    exchange: read,
  },
  { name: 'a row of the table', line: JSON.stringify(row), exchange: read },
  {
    name: 'a duration that is unknown',
    line: line({ durationMs: -1 }),
    exchange: { ...read, latencyMs: null },
  },
  {
    name: 'a row as the query tools print it: all values text, headers JSON in text',
    line: JSON.stringify({
      ...row,
      TotalTime: '45',
      ResponseCode: '201',
      BackendResponseCode: '201',
      RequestSize: '512',
      ResponseSize: '734',
      LastErrorReason: '',
      Errors: '',
      RequestHeaders: '{"Accept":"*/*"}',
      ResponseHeaders: '{"Content-Type":"application/json"}',
    }),
    exchange: {
      ...read,
      requestHeaders: { Accept: '*/*' },
      responseHeaders: { 'Content-Type': 'application/json' },
      requestHeaderVisibility: 'some',
      responseHeaderVisibility: 'some',
    },
  },
  {
    name: 'headers and bodies that the diagnostic setting asks for',
    line: withProperties({
      ...logged,
      requestBody: '{"sku":"A-1"}',
      responseBody: '{"id":42}',
    }),
    exchange: {
      ...read,
      credentialSeen: true,
      ...logged,
      requestHeaderVisibility: 'some',
      responseHeaderVisibility: 'some',
      bodies: '{"sku":"A-1"} {"id":42}',
    },
  },
  {
    name: 'a row with headers, bodies and an error of the schema',
    line: JSON.stringify({
      ...row,
      ResponseCode: 400,
      BackendResponseCode: 0,
      LastErrorSource: 'validate-content',
      LastErrorSection: 'inbound',
      LastErrorReason: 'IncorrectMessage',
      Errors: [{ source: 'validate-content', reason: 'IncorrectMessage' }],
      RequestHeaders: { 'Content-Type': 'application/json' },
      RequestBody: '{"sku":1}',
    }),
    exchange: {
      ...read,
      status: 400,
      answeredBy: 'gateway',
      schemaValidated: true,
      requestHeaders: { 'Content-Type': 'application/json' },
      requestHeaderVisibility: 'some',
      bodies: '{"sku":1} ',
    },
  },
  {
    name: 'no token',
    line: refused(401, { source: 'validate-jwt', reason: 'TokenNotPresent' }),
    exchange: { ...refusal, status: 401 },
  },
  {
    name: 'a token that does not hold was sent',
    line: refused(401, { source: 'validate-jwt', reason: 'JwtInvalid' }),
    exchange: { ...refusal, status: 401, credentialSeen: true },
  },
  {
    name: 'a wrong subscription key in the query',
    line: refused(
      401,
      { source: 'authorization', reason: 'SubscriptionKeyInvalid' },
      { url: 'https://shop-api.example.com/orders?subscription-key=***' },
    ),
    exchange: {
      ...refusal,
      target: 'https://shop-api.example.com/orders?subscription-key=***',
      status: 401,
      credentialSeen: true,
    },
  },
  {
    name: 'the rate limit',
    line: refused(429, { source: 'rate-limit-by-key', reason: 'RateLimitExceeded' }),
    exchange: { ...refusal, status: 429 },
  },
  {
    name: 'an address that the filter does not allow, as the older schema wrote errors',
    line: withProperties({
      responseCode: 403,
      backendResponseCode: null,
      lastErrorSource: 'ip-filter',
      lastErrorReason: 'CallerIpNotAllowed',
      lastErrorSection: 'inbound',
    }),
    exchange: { ...read, status: 403, answeredBy: 'gateway' },
  },
  {
    name: 'no operation matches: neither an API nor a subscription is known',
    line: refused(404, { source: 'configuration', reason: 'OperationNotFound' }, { apiId: '' }),
    exchange: { ...refusal, status: 404, service: '' },
  },
  {
    name: 'the backend did not answer in time',
    line: refused(500, { source: 'forward-request', reason: 'Timeout', section: 'backend' }),
    exchange: { ...refusal, status: 500 },
  },
  {
    name: 'a response that its schema forbids is replaced',
    line: withProperties({
      responseCode: 502,
      lastError: { source: 'validate-content', section: 'outbound', reason: 'IncorrectMessage' },
    }),
    exchange: { ...read, status: 502, answeredBy: 'gateway', schemaValidated: true },
  },
  {
    name: 'a violation that is only noted',
    line: withProperties({ errors: [{ source: 'validate-parameters', section: 'inbound' }] }),
    exchange: { ...read, schemaValidated: true },
  },
  {
    name: 'an error after the answer of the backend tells nothing',
    line: withProperties({ lastError: { source: 'set-header', section: 'outbound', reason: 'Other' } }),
    exchange: { ...read, answeredBy: '' },
  },
  {
    name: 'the client left while the answer was sent',
    line: withProperties({ lastError: { source: 'client', reason: 'ClientConnectionFailure' } }),
    exchange: { ...read, answeredBy: '' },
  },
  {
    name: 'an answer from the cache, no subscription, plain HTTP, another port',
    line: withProperties({
      url: 'http://shop-api.example.com:8080/orders',
      cache: 'hit',
      backendResponseCode: undefined,
      apimSubscriptionId: '',
      clientTlsVersion: undefined,
    }),
    exchange: {
      ...read,
      target: 'http://shop-api.example.com:8080/orders',
      host: 'shop-api.example.com:8080',
      scheme: 'http',
      consumer: '7',
      answeredBy: '',
    },
  },
  {
    name: 'behind an application gateway: the header it adds names the client',
    line: line({
      callerIpAddress: '10.2.0.4',
      properties: { ...properties, requestHeaders: { 'X-Forwarded-For': '192.0.2.66, 198.51.100.7' } },
    }),
    exchange: {
      ...read,
      clientAddress: '198.51.100.7',
      requestHeaders: { 'X-Forwarded-For': '192.0.2.66, 198.51.100.7' },
      requestHeaderVisibility: 'some',
    },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'another log of the service',
    line: line({ category: 'WebSocketConnectionLogs', properties: { eventName: 'ConnectionClosed' } }),
    rejected: 'other_category',
  },
  {
    name: 'properties that were cut',
    line: line({ properties: '{"method":"GE' }),
    rejected: 'bad_properties',
  },
  { name: 'no time', line: line({ time: undefined }), rejected: 'no_time' },
  { name: 'a time that was masked', line: line({ time: '2026-01-05T10:xx:xx.xx' }), rejected: 'bad_time' },
  { name: 'no properties', line: line({ properties: undefined }), rejected: 'no_request' },
  {
    name: 'the client left before an answer',
    line: withProperties({ responseCode: 0 }),
    rejected: 'no_response',
  },
  { name: 'no status', line: withProperties({ responseCode: null }), rejected: 'no_status' },
  { name: 'a status out of range', line: withProperties({ responseCode: 70000 }), rejected: 'bad_status' },
  { name: 'a record that was cut', line: line({}).slice(0, -30), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: withProperties({ url: 'https://shop-api.example.com/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
