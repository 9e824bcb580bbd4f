import type { TrafficExample } from '../../../model/traffic-format.ts';

/** What the Elasticsearch reporter writes of a request to a v2 API; most cases differ from it in one thing. */
const record = {
  gateway: '5f0e0c2a-3b11-4a6f-8e0c-2a3b11fa6f01',
  '@timestamp': '2026-01-05T10:00:00.250Z',
  type: 'request',
  date: '2026.01.05',
  _id: '0a1b2c3d-0000-4000-8000-000000000001',
  transaction: '0a1b2c3d-0000-4000-8000-000000000001',
  method: 3,
  uri: '/shop/orders/42?dry=1',
  status: 200,
  'response-time': 45,
  'api-response-time': 40,
  'proxy-latency': 5,
  'request-content-length': 0,
  'response-content-length': 734,
  plan: 'e115ea63-0000-4000-8000-000000000002',
  api: 'ff3c6c48-0000-4000-8000-000000000003',
  'api-name': 'Orders',
  application: '91f077b0-0000-4000-8000-000000000004',
  'local-address': '10.0.0.7',
  'remote-address': '203.0.113.9',
  endpoint: 'http://orders.internal.test:8080/orders/42?dry=1',
  path: '/orders/42',
  'mapped-path': '/orders/:id',
  host: 'api.shop.test',
  'user-agent': '',
  'security-type': 'API_KEY',
  'security-token': '21b560b2-0000-4000-8000-000000000005',
  subscription: '04975880-0000-4000-8000-000000000006',
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/shop/orders/42?dry=1',
  status: 200,
  host: 'api.shop.test',
  latencyMs: 45,
  requestBytes: 0,
  responseBytes: 734,
  service: 'Orders',
  consumer: '91f077b0-0000-4000-8000-000000000004',
  clientAddress: '203.0.113.9',
  credentialSeen: true,
  answeredBy: 'upstream',
};

/** What the file reporter writes in JSON of a request to a v4 API. */
const fileRecord = {
  timestamp: 1767607200250,
  enabled: true,
  requestId: '0a1b2c3d-0000-4000-8000-000000000001',
  transactionId: '0a1b2c3d-0000-4000-8000-000000000001',
  apiId: 'ff3c6c48-0000-4000-8000-000000000003',
  apiName: 'Orders',
  apiType: 'proxy',
  planId: 'e115ea63-0000-4000-8000-000000000002',
  applicationId: '91f077b0-0000-4000-8000-000000000004',
  httpMethod: 'GET',
  localAddress: '10.0.0.7',
  remoteAddress: '203.0.113.9',
  host: 'api.shop.test',
  uri: '/shop/orders/42?dry=1',
  pathInfo: '/orders/42',
  requestContentLength: -1,
  requestEnded: true,
  entrypointId: 'http-proxy',
  endpoint: 'http://orders.internal.test:8080/orders/42?dry=1',
  endpointResponseTimeMs: 40,
  status: 200,
  responseContentLength: 734,
  gatewayResponseTimeMs: 45,
  gatewayLatencyMs: 5,
  securityType: 'JWT',
};

const requestHeaders = { Host: ['api.shop.test'], Accept: ['*/*', 'text/plain'] };
const responseHeaders = { 'Content-Type': ['application/json'] };
/** A log of a request to a v4 API: whole messages. */
const log = {
  requestId: '0a1b2c3d-0000-4000-8000-000000000001',
  apiId: 'ff3c6c48-0000-4000-8000-000000000003',
  apiName: 'Orders',
  requestEnded: true,
  entrypointRequest: { method: 'POST', uri: '/shop/orders', headers: requestHeaders, body: '{"sku":"A-1"}' },
  entrypointResponse: { status: 201, headers: responseHeaders, body: '{"id":42}' },
  endpointRequest: { method: 'POST', uri: 'http://orders.internal.test:8080/orders' },
  endpointResponse: { status: 201 },
  timestamp: 1767607200250,
};
const logRead = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'POST',
  target: '/shop/orders',
  status: 201,
  host: 'api.shop.test',
  service: 'Orders',
  requestHeaders: { Host: 'api.shop.test', Accept: '*/*, text/plain' },
  responseHeaders: { 'Content-Type': 'application/json' },
  requestHeaderVisibility: 'full',
  responseHeaderVisibility: 'full',
  answeredBy: 'upstream',
  bodies: '{"sku":"A-1"} {"id":42}',
  vantage: 'gravitee-log',
};

/** The record with other keys; `undefined` takes a key out. */
function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

/** A record of a request that a policy ended. */
function refused(status: number, key: string, changes: object = {}): string {
  return line({ status, endpoint: undefined, 'error-key': key, message: 'refused', ...changes });
}
const unknownCaller = { application: '1', plan: undefined, 'security-type': undefined };
const refusal = { ...read, consumer: '', credentialSeen: false, answeredBy: 'gateway' };

const accepted: readonly TrafficExample[] = [
  { name: 'a request, as the Elasticsearch reporter writes it', line: line({}), exchange: read },
  {
    name: 'a request to a v4 API, with an offset',
    line: '{"gateway":"5f0e","_id":"0a1b","type":"v4-metrics","date":"2026.01.05","@timestamp":"2026-01-05T11:00:00.250+01:00","request-id":"0a1b","transaction-id":"0a1b","api-id":"ff3c6c48","api-name":"Orders","plan-id":"e115ea63","application-id":"91f077b0-0000-4000-8000-000000000004","http-method":3,"local-address":"10.0.0.7","remote-address":"203.0.113.9","host":"api.shop.test","uri":"/shop/orders/42?dry=1","path-info":"/orders/42","user-agent":"","request-content-length":0,"request-ended":"true","entrypoint-id":"http-proxy","endpoint":"http://orders.internal.test:8080/","endpoint-response-time-ms":40,"status":200,"response-content-length":734,"gateway-response-time-ms":45,"gateway-latency-ms":5,"security-type":"OAUTH2"}',
    exchange: read,
  },
  {
    name: 'a request to a v4 API, as the file reporter writes it: -1 is unknown',
    line: JSON.stringify(fileRecord),
    exchange: { ...read, requestBytes: null },
  },
  {
    name: 'a request to a v2 API, as the file reporter writes it, without a name of the API',
    line: '{"timestamp":1767607200250,"proxyResponseTimeMs":45,"proxyLatencyMs":5,"apiResponseTimeMs":40,"requestId":"0a1b","api":"ff3c6c48","application":"1","transactionId":"0a1b","localAddress":"10.0.0.7","remoteAddress":"203.0.113.9","httpMethod":"POST","host":"api.shop.test","uri":"/shop/orders","requestContentLength":12,"responseContentLength":734,"status":201,"endpoint":"http://orders.internal.test:8080/orders","path":"/orders","user":"ada"}',
    exchange: {
      ...read,
      method: 'POST',
      target: '/shop/orders',
      status: 201,
      requestBytes: 12,
      service: 'ff3c6c48',
      consumer: 'ada',
      credentialSeen: false,
    },
  },
  {
    name: 'no key was sent',
    line: refused(401, 'API_KEY_MISSING', unknownCaller),
    exchange: { ...refusal, status: 401 },
  },
  {
    name: 'a key in the query that no application has',
    line: refused(401, 'API_KEY_INVALID', { ...unknownCaller, uri: '/shop/orders?api-key=x' }),
    exchange: { ...refusal, target: '/shop/orders?api-key=x', status: 401, credentialSeen: true },
  },
  {
    name: 'the rate limit',
    line: refused(429, 'RATE_LIMIT_TOO_MANY_REQUESTS'),
    exchange: { ...read, status: 429, answeredBy: 'gateway' },
  },
  {
    name: 'a body that its schema forbids',
    line: refused(400, 'JSON_INVALID_PAYLOAD'),
    exchange: { ...read, status: 400, answeredBy: 'gateway', schemaValidated: true },
  },
  {
    name: 'no API has this path: nobody is asked, and only the path is known',
    line: line({
      status: 404,
      uri: '',
      api: undefined,
      'api-name': undefined,
      endpoint: undefined,
      ...unknownCaller,
    }),
    exchange: { ...refusal, target: '/orders/42', status: 404, service: '' },
  },
  {
    name: 'the client left while the answer was sent',
    line: line({ 'error-key': 'CLIENT_ABORTED_DURING_RESPONSE_ERROR' }),
    exchange: { ...read, answeredBy: '' },
  },
  {
    name: 'messages have no endpoint that answers',
    line: JSON.stringify({
      ...fileRecord,
      requestContentLength: 0,
      entrypointId: 'http-get',
      endpoint: undefined,
    }),
    exchange: { ...read, answeredBy: '' },
  },
  { name: 'a log with whole messages', line: JSON.stringify(log), exchange: logRead },
  {
    name: 'a log of a request that did not reach the endpoint, with a key',
    line: JSON.stringify({
      ...log,
      entrypointRequest: { method: 'POST', uri: '/shop/orders', headers: { 'X-Gravitee-Api-Key': ['k'] } },
      entrypointResponse: { status: 401 },
      endpointRequest: { method: 'POST', uri: '' },
      endpointResponse: { status: 0 },
      status: 'info',
    }),
    exchange: {
      ...logRead,
      status: 401,
      host: '',
      credentialSeen: true,
      requestHeaders: { 'X-Gravitee-Api-Key': 'k' },
      responseHeaders: {},
      responseHeaderVisibility: 'none',
      answeredBy: 'gateway',
      bodies: '',
    },
  },
  {
    name: 'a log of a v2 API of the client side alone, as Elasticsearch holds it',
    line: JSON.stringify({
      '@timestamp': '2026-01-05T10:00:00.250Z',
      type: 'log',
      api: 'ff3c6c48',
      'client-request': { method: 'POST', uri: '/shop/orders', headers: requestHeaders },
      'client-response': { status: 201, headers: responseHeaders },
    }),
    exchange: { ...logRead, service: 'ff3c6c48', answeredBy: '', bodies: '' },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'the health of an endpoint',
    line: '{"gateway":"5f0e","@timestamp":"2026-01-05T10:00:00.250Z","type":"health","api":"ff3c6c48","endpoint":"default","available":true,"response-time":12,"success":true,"state":3}',
    rejected: 'other_record',
  },
  { name: 'no time', line: line({ '@timestamp': undefined }), rejected: 'no_time' },
  { name: 'a time that is none', line: line({ '@timestamp': 'soon' }), rejected: 'bad_time' },
  { name: 'no method', line: line({ method: undefined }), rejected: 'no_request' },
  { name: 'nothing was sent', line: line({ status: 0 }), rejected: 'no_response' },
  { name: 'no status', line: line({ status: undefined }), rejected: 'no_status' },
  {
    name: 'a log without the answer',
    line: JSON.stringify({ ...log, entrypointResponse: undefined, status: 'info' }),
    rejected: 'no_status',
  },
  { name: 'a status out of range', line: line({ status: 99 }), rejected: 'bad_status' },
  { name: 'a record that was cut', line: line({}).slice(0, -30), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: line({ uri: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
