import type { TrafficExample } from '../../../model/traffic-format.ts';

/** A record of Caddy 2.10; most cases below differ from it in one thing. */
const request = {
  remote_ip: '198.51.100.4',
  remote_port: '51234',
  client_ip: '198.51.100.4',
  proto: 'HTTP/2.0',
  method: 'GET',
  host: 'api.shop.test',
  uri: '/users/7?full=1',
  headers: { Accept: ['*/*'], 'User-Agent': ['curl/8.5.0'] },
  tls: { resumed: false, version: 772, cipher_suite: 4865, proto: 'h2', server_name: 'api.shop.test' },
};
const record = {
  level: 'info',
  ts: 1767607200.2625,
  logger: 'http.log.access.log0',
  msg: 'handled request',
  request,
  bytes_read: 0,
  user_id: '',
  duration: 0.0125,
  size: 512,
  status: 200,
  resp_headers: { Server: ['Caddy'], 'Content-Type': ['application/json'] },
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7?full=1',
  status: 200,
  host: 'api.shop.test',
  scheme: 'https',
  latencyMs: 12.5,
  requestBytes: 0,
  responseBytes: 512,
  clientAddress: '198.51.100.4',
  requestHeaders: { Accept: '*/*', 'User-Agent': 'curl/8.5.0' },
  responseHeaders: { Server: 'Caddy', 'Content-Type': 'application/json' },
  requestHeaderVisibility: 'full',
  responseHeaderVisibility: 'full',
};

/** The record with other fields; `undefined` takes one out. */
function line(changes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...record, ...changes });
}

function requesting(changes: Readonly<Record<string, unknown>>): string {
  return line({ request: { ...request, ...changes } });
}

function answering(status: number, headers: Readonly<Record<string, unknown>>): string {
  return line({ status, resp_headers: { ...record.resp_headers, ...headers } });
}

function timed(ts: unknown, duration: unknown, name: string): TrafficExample {
  return { name, line: line({ ts, duration }), exchange: read };
}

const times: readonly TrafficExample[] = [
  timed(1767607200.2625, 0.0125, 'seconds since 1970 and seconds'),
  timed(1767607200262.5, 12_500_000, 'milliseconds since 1970 and nanoseconds'),
  timed(1767607200262500000, '12.5ms', 'nanoseconds since 1970 and a duration as text'),
  timed('2026-01-05T10:00:00.262Z', '0.0125s', 'ISO 8601'),
  timed('2026-01-05T11:00:00.262500001+01:00', '12500µs', 'RFC 3339 with nanoseconds'),
  timed('2026/01/05 10:00:00.262', '12ms500us', 'wall time'),
  {
    name: 'the time of common log and a long duration as text',
    line: line({ ts: '05/Jan/2026:11:32:32 +0130', duration: '1m32.05s' }),
    exchange: { ...read, startedAt: '2026-01-05T10:00:59.950Z', latencyMs: 92050 },
  },
  {
    name: 'a whole number of milliseconds or nanoseconds, which cannot be told apart',
    line: line({ ts: 1767607200.25, duration: 250 }),
    exchange: { ...read, latencyMs: null },
  },
];

const callers: readonly TrafficExample[] = [
  {
    name: 'redacted credentials were sent',
    line: requesting({ headers: { Authorization: ['REDACTED'], Cookie: ['REDACTED'] } }),
    exchange: { ...read, requestHeaders: { Authorization: 'REDACTED', Cookie: 'REDACTED' } },
  },
  {
    name: 'headers sent twice, with quotes, empty, and replaced by a filter',
    line: requesting({
      headers: {
        'X-Tenant': ['a', 'b'],
        'If-Match': ['"v1"'],
        'X-Empty': [],
        'X-Key': 'REPLACED',
        Path: ['c:\\x'],
      },
    }),
    exchange: {
      ...read,
      requestHeaders: {
        'X-Tenant': 'a, b',
        'If-Match': '"v1"',
        'X-Empty': '',
        'X-Key': 'REPLACED',
        Path: 'c:\\x',
      },
    },
  },
  { name: 'a user', line: line({ user_id: 'mara' }), exchange: { ...read, consumer: 'mara' } },
  {
    name: 'a client certificate',
    line: requesting({ tls: { ...request.tls, client_common_name: 'partner-9', client_serial: '4711' } }),
    exchange: { ...read, credentialSeen: true },
  },
  {
    name: 'a proxy that is trusted: the client, not the peer',
    line: requesting({ remote_ip: '10.0.0.5', client_ip: '203.0.113.9' }),
    exchange: { ...read, clientAddress: '203.0.113.9' },
  },
  {
    name: 'a private proxy that nobody said is trusted',
    line: requesting({
      remote_ip: '10.0.0.5',
      client_ip: '10.0.0.5',
      tls: undefined,
      headers: { 'X-Forwarded-For': ['192.0.2.77, 203.0.113.9'], 'X-Forwarded-Proto': ['https'] },
    }),
    exchange: {
      ...read,
      clientAddress: '203.0.113.9',
      requestHeaders: { 'X-Forwarded-For': '192.0.2.77, 203.0.113.9', 'X-Forwarded-Proto': 'https' },
    },
  },
  {
    name: 'Caddy 2.4: the address with its port, a common log beside',
    line: line({
      common_log: '198.51.100.4 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7?full=1 HTTP/2.0" 200 512',
      request: { ...request, remote_ip: undefined, client_ip: undefined, remote_addr: '198.51.100.4:51234' },
      bytes_read: undefined,
    }),
    exchange: { ...read, clientAddress: '198.51.100.4:51234', requestBytes: null },
  },
];

const answers: readonly TrafficExample[] = [
  {
    name: 'the reverse proxy names itself in Via',
    line: answering(200, { Server: ['nginx'], Via: ['1.1 Caddy'] }),
    exchange: {
      ...read,
      responseHeaders: { ...read.responseHeaders, Server: 'nginx', Via: '1.1 Caddy' },
      answeredBy: 'upstream',
    },
  },
  {
    name: 'without a TLS session it may be of either kind',
    line: requesting({ tls: undefined }),
    exchange: { ...read, scheme: '' },
  },
  {
    name: 'the redirect from HTTP to HTTPS',
    line: line({
      request: { ...request, tls: undefined },
      status: 308,
      resp_headers: { Location: ['https://api.shop.test/users/7?full=1'], Connection: ['close'] },
    }),
    exchange: {
      ...read,
      status: 308,
      scheme: 'http',
      responseHeaders: { Location: 'https://api.shop.test/users/7?full=1', Connection: 'close' },
    },
  },
  {
    name: 'headers and logger taken out',
    line: line({ logger: undefined, request: { ...request, headers: undefined }, resp_headers: undefined }),
    exchange: {
      ...read,
      requestHeaders: {},
      responseHeaders: {},
      requestHeaderVisibility: 'none',
      responseHeaderVisibility: 'none',
    },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'an error of a handler, which has an access record too',
    line: line({
      logger: 'http.log.error',
      msg: 'dial tcp 10.0.4.7:8080: connect: refused',
      status: 502,
      err_id: 'x1',
    }),
    rejected: 'not_access_log',
  },
  {
    name: 'the reverse proxy at work',
    line: '{"level":"debug","ts":1767607200.25,"logger":"http.handlers.reverse_proxy","msg":"selected upstream","dial":"10.0.4.7:8080","total_upstreams":1}',
    rejected: 'not_access_log',
  },
  {
    name: 'certificates',
    line: '{"level":"info","ts":1767607200.25,"logger":"tls.obtain","msg":"certificate obtained successfully","identifier":"api.shop.test"}',
    rejected: 'not_access_log',
  },
  { name: 'no time', line: line({ ts: undefined }), rejected: 'no_time' },
  { name: 'a time that is a word', line: line({ ts: 'yesterday' }), rejected: 'bad_time' },
  { name: 'no request', line: line({ request: undefined }), rejected: 'no_request' },
  { name: 'no target', line: requesting({ uri: undefined }), rejected: 'no_request' },
  { name: 'no status', line: line({ status: undefined }), rejected: 'no_status' },
  { name: 'aborted before an answer', line: line({ status: 0 }), rejected: 'no_response' },
  { name: 'a status out of range', line: line({ status: 70000 }), rejected: 'bad_status' },
  { name: 'the whole server', line: requesting({ method: 'OPTIONS', uri: '*' }), rejected: 'no_path' },
  { name: 'a record cut off', line: line({}).slice(0, -40), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: requesting({ uri: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
  {
    name: 'another program that logs with zap',
    line: '{"level":"info","ts":1767607200.25,"logger":"controller.orders","msg":"reconciled"}',
    rejected: 'unknown_format',
  },
];

export const examples: readonly TrafficExample[] = [...times, ...callers, ...answers, ...rejected];
