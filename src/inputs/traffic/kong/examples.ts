import type { TrafficExample } from '../../../model/traffic-format.ts';

/** Every field of the serializer (Kong 3.6 and later), with the escaped slashes of its JSON encoder. */
const FULL =
  '{"request":{"id":"5f1c9ad2b34e7f60a1d2c3e4f5061728","method":"POST","uri":"\\/orders\\/42\\/items?dry=1","url":"https:\\/\\/api.shop.test:8443\\/orders\\/42\\/items?dry=1","querystring":{"dry":"1"},"size":512,"headers":{"host":"api.shop.test","accept":"*\\/*","authorization":"REDACTED","content-type":"application\\/json"},"tls":{"version":"TLSv1.3","cipher":"TLS_AES_256_GCM_SHA384","client_verify":"NONE"}},"upstream_uri":"\\/42\\/items?dry=1","upstream_status":"502, 201","response":{"status":201,"size":734,"headers":{"content-type":"application\\/json","x-ratelimit-limit-minute":"60","strict-transport-security":"max-age=31536000","via":"kong\\/3.9.1"}},"latencies":{"kong":3,"proxy":41,"request":45,"receive":1},"tries":[{"ip":"10.0.4.7","port":8080,"balancer_start":1767607200260,"balancer_start_ns":1.76760720026e+18,"balancer_latency":0,"state":"failed","code":502},{"ip":"10.0.4.8","port":8080,"balancer_start":1767607200270,"balancer_latency":0}],"authenticated_entity":{"id":"c6d2a1b0-6f0e-4d0b-8f4e-0f3a1d2b4c5e","consumer_id":"7d0f2a44-93bb-4c59-a1a5-2c1d3f0e9b86"},"route":{"id":"1f0a7c52-5c3d-4b4f-9a43-6a2e7d1b0c9f","name":"orders","paths":["\\/orders"],"tags":{},"service":{"id":"9b1de3c7-2e64-4f3a-b0a5-8d7c6e5f4a3b"}},"service":{"id":"9b1de3c7-2e64-4f3a-b0a5-8d7c6e5f4a3b","name":"order-service","host":"orders.internal","port":8080,"protocol":"http"},"consumer":{"id":"7d0f2a44-93bb-4c59-a1a5-2c1d3f0e9b86","username":"web-shop","custom_id":"shop-1","created_at":1735689600},"client_ip":"203.0.113.9","started_at":1767607200250,"source":"upstream","workspace":"0a1b2c3d-0000-4000-8000-000000000001","workspace_name":"default","trace_id":{"w3c":"4bf92f3577b34da6a3ce929d0e0e4736"}}';

/** A record as operators slim it with custom_fields_by_lua; most cases below differ from it in one thing. */
const request = {
  method: 'GET',
  uri: '/users/7',
  url: 'http://api.shop.test:8000/users/7',
  querystring: {},
  size: 120,
  headers: { host: 'api.shop.test:8000', accept: '*/*' },
};
const response = { status: 200, size: 300, headers: { 'content-type': 'application/json' } };
const record = {
  request,
  response,
  latencies: { kong: 1, proxy: 11, request: 12 },
  client_ip: '198.51.100.4',
  started_at: 1767607200250,
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7',
  status: 200,
  host: 'api.shop.test:8000',
  scheme: 'http',
  latencyMs: 12,
  requestBytes: 120,
  responseBytes: 300,
  clientAddress: '198.51.100.4',
  requestHeaders: request.headers,
  responseHeaders: response.headers,
  requestHeaderVisibility: 'full',
  responseHeaderVisibility: 'full',
};

/** The record with other top-level keys; `undefined` takes a key out. */
function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

function withRequest(changes: object): string {
  return line({ request: { ...request, ...changes } });
}

function withHeaders(headers: Readonly<Record<string, unknown>>): string {
  return withRequest({ headers: { ...request.headers, ...headers } });
}

function withResponse(changes: object): string {
  return line({ response: { ...response, ...changes } });
}

/** An answer of the gateway itself: there was no upstream, so `proxy` is -1. */
function refused(status: number, headers: Readonly<Record<string, string>> = {}): string {
  return line({
    response: { status, size: 90, headers: { ...response.headers, ...headers } },
    latencies: { kong: 2, proxy: -1, request: 2 },
    source: 'kong',
  });
}
const refusal = { ...read, latencyMs: 2, responseBytes: 90, answeredBy: 'gateway' };

const accepted: readonly TrafficExample[] = [
  {
    name: 'a full record: retried upstream, redacted authorization, consumer, TLS',
    line: FULL,
    exchange: {
      startedAt: '2026-01-05T10:00:00.250Z',
      method: 'POST',
      target: '/orders/42/items?dry=1',
      status: 201,
      host: 'api.shop.test',
      scheme: 'https',
      latencyMs: 45,
      requestBytes: 512,
      responseBytes: 734,
      service: 'order-service',
      consumer: 'web-shop',
      clientAddress: '203.0.113.9',
      requestHeaders: {
        host: 'api.shop.test',
        accept: '*/*',
        authorization: 'REDACTED',
        'content-type': 'application/json',
      },
      responseHeaders: {
        'content-type': 'application/json',
        'x-ratelimit-limit-minute': '60',
        'strict-transport-security': 'max-age=31536000',
        via: 'kong/3.9.1',
      },
      requestHeaderVisibility: 'full',
      responseHeaderVisibility: 'full',
      answeredBy: 'upstream',
    },
  },
  { name: 'a slim record', line: line({}), exchange: read },
  {
    name: 'an old record: sizes as text, no source, no tries',
    line: '{"request":{"method":"GET","uri":"/users/7","url":"http://api.shop.test:8000/users/7","querystring":{},"size":"120","headers":{"host":"api.shop.test:8000","accept":"*/*"}},"response":{"status":200,"size":"300","headers":{"content-type":"application/json"}},"latencies":{"kong":1,"proxy":11,"request":12},"client_ip":"198.51.100.4","started_at":1767607200250}',
    exchange: read,
  },
  {
    name: 'the gateway refuses for lack of a credential',
    line: refused(401),
    exchange: { ...refusal, status: 401 },
  },
  {
    name: 'the gateway refuses for the rate',
    line: refused(429, { 'retry-after': '30' }),
    exchange: { ...refusal, status: 429, responseHeaders: { ...response.headers, 'retry-after': '30' } },
  },
  {
    name: 'the gateway refuses what its schema forbids',
    line: refused(400),
    exchange: { ...refusal, status: 400 },
  },
  {
    name: 'a service that only has an id',
    line: line({ service: { id: '9b1de3c7', name: null } }),
    exchange: { ...read, service: '9b1de3c7' },
  },
  {
    name: 'a consumer without a username is named by its own id of the outside',
    line: line({ consumer: { id: '7d0f2a44', username: null, custom_id: 'partner-9' } }),
    exchange: { ...read, consumer: 'partner-9' },
  },
  {
    name: 'an authenticated entity without consumer',
    line: line({ authenticated_entity: { id: 'c6d2a1b0' } }),
    exchange: { ...read, consumer: 'c6d2a1b0' },
  },
  {
    name: 'the anonymous consumer of an authentication plugin is nobody',
    line: line({
      request: { ...request, headers: { ...request.headers, 'x-anonymous-consumer': 'true' } },
      consumer: { id: '0d9c8b7a', username: 'anonymous' },
    }),
    exchange: { ...read, requestHeaders: { ...request.headers, 'x-anonymous-consumer': 'true' } },
  },
  {
    name: 'a redacted authorization header was sent',
    line: withHeaders({ authorization: 'REDACTED' }),
    exchange: { ...read, requestHeaders: { ...request.headers, authorization: 'REDACTED' } },
  },
  {
    name: 'the header that key-auth reads',
    line: withHeaders({ apikey: 'k-123' }),
    exchange: { ...read, requestHeaders: { ...request.headers, apikey: 'k-123' }, credentialSeen: true },
  },
  {
    name: 'the query parameter that key-auth reads',
    line: withRequest({ uri: '/users/7?full=1&apikey=k-123' }),
    exchange: { ...read, target: '/users/7?full=1&apikey=k-123', credentialSeen: true },
  },
  {
    name: 'a parameter whose name only ends like it is no key',
    line: withRequest({ uri: '/users/7?myapikey=1' }),
    exchange: { ...read, target: '/users/7?myapikey=1' },
  },
  {
    name: 'a header sent twice is a list',
    line: withHeaders({ 'x-tenant': ['a', 'b'] }),
    exchange: { ...read, requestHeaders: { ...request.headers, 'x-tenant': '["a","b"]' } },
  },
  {
    name: 'empty Lua tables are objects; without headers nothing is known of them',
    line: line({
      request: { ...request, headers: {} },
      response: { ...response, headers: {} },
      tries: {},
      tags: {},
    }),
    exchange: {
      ...read,
      host: 'api.shop.test',
      requestHeaders: {},
      responseHeaders: {},
      requestHeaderVisibility: 'none',
      responseHeaderVisibility: 'none',
    },
  },
  {
    name: 'a query parameter without value is true',
    line: withRequest({ uri: '/users/7?verbose', querystring: { verbose: true } }),
    exchange: { ...read, target: '/users/7?verbose' },
  },
  {
    name: 'a verified client certificate is a credential',
    line: withRequest({
      tls: { version: 'TLSv1.2', cipher: 'ECDHE-RSA-AES128-GCM-SHA256', client_verify: 'SUCCESS' },
    }),
    exchange: { ...read, scheme: 'https', credentialSeen: true },
  },
  {
    name: 'a certificate that failed is none',
    line: withRequest({ tls: { version: 'TLSv1.2', client_verify: 'FAILED:certificate has expired' } }),
    exchange: { ...read, scheme: 'https' },
  },
  {
    name: 'a proxy before Kong ended TLS',
    line: withHeaders({ 'x-forwarded-proto': 'https' }),
    exchange: {
      ...read,
      scheme: 'https',
      requestHeaders: { ...request.headers, 'x-forwarded-proto': 'https' },
    },
  },
  {
    name: 'an IPv6 client',
    line: line({ client_ip: '2001:db8::7' }),
    exchange: { ...read, clientAddress: '2001:db8::7' },
  },
  {
    name: 'keys that mean something to JavaScript mean nothing here',
    line: '{"__proto__":{"status":500},"request":{"method":"GET","uri":"/users/7","url":"http://api.shop.test:8000/users/7","size":120,"headers":{"__proto__":"x","constructor":"y"}},"response":{"status":200,"size":300,"headers":{"content-type":"application/json"}},"latencies":{"request":12},"client_ip":"198.51.100.4","started_at":1767607200250}',
    exchange: {
      ...read,
      host: 'api.shop.test',
      requestHeaders: JSON.parse('{"__proto__":"x","constructor":"y"}'),
    },
  },
  {
    name: 'callers cannot make it another format by the names of their parameters',
    line: withRequest({
      uri: '/users/7?startedAt=1&target=2',
      querystring: { startedAt: '1', target: '2', method: '3', status: '4' },
    }),
    exchange: { ...read, target: '/users/7?startedAt=1&target=2' },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'a stream (TCP) record is no exchange',
    line: '{"session":{"received":311,"sent":2048,"status":200,"server_port":9000},"upstream":{"received":2048,"sent":311},"tries":{},"latencies":{"kong":0,"session":41},"client_ip":"198.51.100.4","started_at":1767607200250}',
    rejected: 'stream_record',
  },
  { name: 'a start that is null', line: line({ started_at: null }), rejected: 'no_time' },
  { name: 'no start at all', line: line({ started_at: undefined }), rejected: 'no_time' },
  { name: 'a start that is a word', line: line({ started_at: 'yesterday' }), rejected: 'bad_time' },
  { name: 'a start before 1970', line: line({ started_at: -5 }), rejected: 'bad_time' },
  { name: 'no request', line: line({ request: undefined }), rejected: 'no_request' },
  { name: 'no method', line: withRequest({ method: undefined }), rejected: 'no_request' },
  { name: 'no status', line: withResponse({ status: undefined }), rejected: 'no_status' },
  { name: 'a status out of range', line: withResponse({ status: 70000 }), rejected: 'bad_status' },
  { name: 'a status of two digits', line: withResponse({ status: 99 }), rejected: 'bad_status' },
  {
    name: 'a call for the whole server',
    line: withRequest({ uri: '*', method: 'OPTIONS' }),
    rejected: 'no_path',
  },
  { name: 'a truncated record', line: line({}).slice(0, -40), rejected: 'bad_json' },
  { name: 'two records in one line', line: `${line({})}${line({})}`, rejected: 'bad_json' },
  { name: 'single quotes', line: line({}).replaceAll('"', "'"), rejected: 'bad_json' },
  { name: 'a list of records', line: `[${line({})}]`, rejected: 'unknown_format' },
  {
    name: 'the error log between the records',
    line: '2026/01/05 10:00:00 [notice] 1#0: start worker process 41',
    rejected: 'error_log',
  },
  {
    name: 'bytes that are not UTF-8',
    line: withRequest({ uri: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
