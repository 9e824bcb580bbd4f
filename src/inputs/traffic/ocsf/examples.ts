import type { TrafficExample } from '../../../model/traffic-format.ts';

type Changes = Readonly<Record<string, unknown>>;

/** An event of a web application firewall; most cases below differ from it in one thing. */
const url = {
  path: '/users/7',
  query_string: 'full=1',
  hostname: 'api.shop.test',
  scheme: 'https',
  port: 443,
};
const request = { http_method: 'GET', url, user_agent: 'curl/8.5.0', version: '1.1', length: 120 };
const response = { code: 200, status: 'OK', length: 300, latency: 12 };
const event = {
  activity_id: 3,
  activity_name: 'Get',
  category_uid: 4,
  category_name: 'Network Activity',
  class_uid: 4002,
  class_name: 'HTTP Activity',
  type_uid: 400203,
  severity_id: 1,
  status: 'Success',
  status_id: 1,
  time: 1767607200250,
  metadata: { version: '1.3.0', product: { name: 'Edge Firewall', vendor_name: 'Example' } },
  http_request: request,
  http_response: response,
  src_endpoint: { ip: '198.51.100.4', port: 51234 },
  dst_endpoint: { hostname: 'edge-3.shop.test', ip: '203.0.113.80', port: 443, svc_name: 'users' },
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7?full=1',
  status: 200,
  host: 'api.shop.test',
  scheme: 'https',
  latencyMs: 12,
  requestBytes: 120,
  responseBytes: 300,
  service: 'users',
  clientAddress: '198.51.100.4',
  vantage: 'Edge Firewall',
};

/** The event with other attributes; `undefined` takes one out. */
function line(changes: Changes): string {
  return JSON.stringify({ ...event, ...changes });
}

function requesting(changes: Changes, others: Changes = {}): string {
  return line({ http_request: { ...request, ...changes }, ...others });
}

function withUrl(changes: Changes): string {
  return requesting({ url: { ...url, ...changes } });
}

function answering(changes: Changes, others: Changes = {}): string {
  return line({ http_response: { ...response, ...changes }, ...others });
}

const ACTIVITIES: readonly (readonly [id: number, method: string])[] = [
  [2, 'DELETE'],
  [3, 'GET'],
  [4, 'HEAD'],
  [5, 'OPTIONS'],
  [6, 'POST'],
  [7, 'PUT'],
  [8, 'TRACE'],
  [9, 'PATCH'],
];

const requests: readonly TrafficExample[] = [
  { name: 'an event', line: line({}), exchange: read },
  ...ACTIVITIES.map(([id, method]) => ({
    name: `activity ${id} where the method is left out`,
    line: requesting({ http_method: undefined }, { activity_id: id, type_uid: 400200 + id }),
    exchange: { ...read, method },
  })),
  {
    name: 'only the type of the event',
    line: requesting({ http_method: '' }, { activity_id: undefined, class_uid: undefined, type_uid: 400206 }),
    exchange: { ...read, method: 'POST' },
  },
  {
    name: 'the URL as text, and a port',
    line: requesting({
      url: { url_string: 'http://api.shop.test:8080/users/7?full=1', hostname: 'api.shop.test', port: 8080 },
    }),
    exchange: {
      ...read,
      target: 'http://api.shop.test:8080/users/7?full=1',
      host: 'api.shop.test:8080',
      scheme: 'http',
    },
  },
  {
    name: 'a path that holds the query, and the query again with its mark',
    line: withUrl({ path: '/users/7?full=1', query_string: '?full=1' }),
    exchange: read,
  },
  {
    name: 'arguments beside the URL, and the host of the destination',
    line: requesting({ url: { path: '/users/7' }, args: 'full=1' }),
    exchange: { ...read, host: 'edge-3.shop.test', scheme: '' },
  },
  {
    name: 'headers, of which there may have been more',
    line: line({
      http_request: { ...request, http_headers: [{ name: 'Authorization', value: 'REDACTED' }] },
      http_response: { ...response, http_headers: [{ name: 'Retry-After', value: '30' }] },
    }),
    exchange: {
      ...read,
      requestHeaders: { Authorization: 'REDACTED' },
      responseHeaders: { 'Retry-After': '30' },
      requestHeaderVisibility: 'some',
      responseHeaderVisibility: 'some',
    },
  },
  {
    name: 'a TLS session',
    line: requesting({ url: { ...url, scheme: undefined } }, { tls: { version: 'TLSv1.3', cipher: 'x' } }),
    exchange: read,
  },
  {
    name: 'an actor',
    line: line({ actor: { user: { name: 'mara', uid: '7' } } }),
    exchange: { ...read, consumer: 'mara' },
  },
  {
    name: 'an actor known by address',
    line: line({ actor: { user: { email_addr: 'mara@shop.test' } } }),
    exchange: { ...read, consumer: 'mara@shop.test' },
  },
  {
    name: 'a client behind a private proxy',
    line: requesting(
      { x_forwarded_for: ['192.0.2.77', '203.0.113.9'] },
      { src_endpoint: { ip: '10.0.0.5' } },
    ),
    exchange: { ...read, clientAddress: '203.0.113.9' },
  },
];

const answers: readonly TrafficExample[] = [
  { name: 'seconds since 1970', line: line({ time: 1767607200.25 }), exchange: read },
  {
    name: 'a start beside the time of the event',
    line: line({ start_time: 1767607200250, time: 1767607201000 }),
    exchange: read,
  },
  {
    name: 'a time as text',
    line: line({ time: undefined, time_dt: '2026-01-05T10:00:00.250Z' }),
    exchange: read,
  },
  {
    name: 'sizes of bodies, and the duration of the event',
    line: line({
      http_request: { ...request, length: undefined, body_length: 20 },
      http_response: { code: '200', body_length: 80 },
      duration: 15,
    }),
    exchange: { ...read, requestBytes: 20, responseBytes: 80, latencyMs: 15 },
  },
  {
    name: 'the status beside the answer (1.0)',
    line: line({ http_response: undefined, http_status: 200 }),
    exchange: { ...read, latencyMs: null, responseBytes: null },
  },
  {
    name: 'the status as the code of the event',
    line: answering({ code: undefined }, { status_code: '200' }),
    exchange: read,
  },
  {
    name: 'denied',
    line: answering({ code: 403 }, { action_id: 2, action: 'Denied' }),
    exchange: { ...read, status: 403, answeredBy: 'gateway' },
  },
  {
    name: 'blocked',
    line: answering({ code: 429 }, { disposition_id: 2 }),
    exchange: { ...read, status: 429, answeredBy: 'gateway' },
  },
  {
    name: 'a disposition without its number',
    line: answering({ code: 403 }, { disposition: 'Blocked' }),
    exchange: { ...read, status: 403, answeredBy: 'gateway' },
  },
  { name: 'allowed', line: line({ action_id: 1, action: 'Allowed', disposition_id: 1 }), exchange: read },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'API Activity: its operation is an action, not a path',
    line: '{"class_uid":6003,"category_uid":6,"type_uid":600301,"activity_id":1,"time":1767607200250,"api":{"operation":"CreateUser","service":{"name":"iam.example.com"}},"status":"Success"}',
    rejected: 'not_http_activity',
  },
  {
    name: 'a finding',
    line: '{"class_uid":2003,"category_uid":2,"type_uid":200301,"activity_id":1,"time":1767607200,"status_code":"FAIL","message":"Bucket is public"}',
    rejected: 'not_http_activity',
  },
  {
    name: 'a tunnel',
    line: line({ activity_id: 1, http_request: { url: { url_string: 'api.shop.test:443' } } }),
    rejected: 'no_path',
  },
  { name: 'no time', line: line({ time: undefined }), rejected: 'no_time' },
  { name: 'a time that is a word', line: line({ time: 'yesterday' }), rejected: 'bad_time' },
  {
    name: 'an activity that is another',
    line: requesting({ http_method: undefined }, { activity_id: 99 }),
    rejected: 'no_request',
  },
  { name: 'no URL', line: requesting({ url: undefined }), rejected: 'no_request' },
  {
    name: 'no status: the firewall let it pass',
    line: line({ http_response: undefined }),
    rejected: 'no_status',
  },
  { name: 'status 0', line: answering({ code: 0 }), rejected: 'no_response' },
  { name: 'a status that is no number', line: answering({ code: 'OK' }), rejected: 'bad_status' },
  { name: 'an event cut off', line: line({}).slice(0, -40), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: withUrl({ path: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...requests, ...answers, ...rejected];
