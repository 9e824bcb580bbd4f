import type { TrafficExample } from '../../../model/traffic-format.ts';

/** A record of Traefik 3 with the fields it has by default; most cases below differ from it in one thing. */
const record = {
  ClientAddr: '198.51.100.4:51234',
  ClientHost: '198.51.100.4',
  ClientPort: '51234',
  ClientUsername: '-',
  DownstreamContentSize: 512,
  DownstreamStatus: 200,
  Duration: 12_500_000,
  OriginContentSize: 512,
  OriginDuration: 11_000_000,
  OriginStatus: 200,
  Overhead: 1_500_000,
  RequestAddr: 'api.shop.test:8443',
  RequestContentSize: 0,
  RequestCount: 7,
  RequestHost: 'api.shop.test',
  RequestMethod: 'GET',
  RequestPath: '/users/7?full=1',
  RequestPort: '8443',
  RequestProtocol: 'HTTP/2.0',
  RequestScheme: 'https',
  RetryAttempts: 0,
  RouterName: 'users@docker',
  ServiceAddr: '10.0.4.7:8080',
  ServiceName: 'users-service@docker',
  ServiceURL: 'http://10.0.4.7:8080',
  StartLocal: '2026-01-05T11:00:00.250987654+01:00',
  StartUTC: '2026-01-05T10:00:00.250987654Z',
  TLSCipher: 'TLS_AES_128_GCM_SHA256',
  TLSVersion: '1.3',
  entryPointName: 'websecure',
  level: 'info',
  msg: '',
  time: '2026-01-05T11:00:00+01:00',
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7?full=1',
  status: 200,
  host: 'api.shop.test:8443',
  scheme: 'https',
  latencyMs: 12.5,
  requestBytes: 0,
  responseBytes: 512,
  service: 'users@docker',
  clientAddress: '198.51.100.4:51234',
  answeredBy: 'upstream',
};

/** The record with other fields; `undefined` takes one out. */
function line(changes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...record, ...changes });
}

/** A record of a call that a middleware or a missing route answered. */
function refused(changes: Readonly<Record<string, unknown>>): string {
  const without = { OriginContentSize: undefined, OriginDuration: undefined, OriginStatus: undefined };
  const service = { ServiceAddr: undefined, ServiceName: undefined, ServiceURL: undefined };
  return line({ ...without, ...service, Overhead: record.Duration, ...changes });
}

const json: readonly TrafficExample[] = [
  { name: 'a record of Traefik 3', line: line({}), exchange: read },
  {
    name: 'the server as an object (Traefik 2)',
    line: line({
      ServiceURL: { Scheme: 'http', Opaque: '', User: null, Host: '10.0.4.7:8080', Path: '', RawQuery: '' },
    }),
    exchange: read,
  },
  {
    name: 'names of Traefik 1.7',
    line: line({
      RouterName: undefined,
      ServiceName: undefined,
      FrontendName: 'Host-api-shop-test-0',
      BackendName: 'backend-users',
      BackendURL: { Scheme: 'http', Host: '10.0.4.7:8080' },
    }),
    exchange: { ...read, service: 'Host-api-shop-test-0' },
  },
  {
    name: 'kept and redacted headers',
    line: line({
      request_Authorization: 'REDACTED',
      'request_X-Tenant': 'a,b',
      'origin_X-Powered-By': 'x',
      'downstream_Content-Type': 'application/json',
      'downstream_X-Ratelimit-Limit': '60',
    }),
    exchange: {
      ...read,
      requestHeaders: { Authorization: 'REDACTED', 'X-Tenant': 'a,b' },
      responseHeaders: { 'Content-Type': 'application/json', 'X-Ratelimit-Limit': '60' },
      requestHeaderVisibility: 'some',
      responseHeaderVisibility: 'some',
    },
  },
  {
    name: 'a middleware refuses a user',
    line: refused({ DownstreamStatus: 401, ClientUsername: 'mara' }),
    exchange: { ...read, status: 401, consumer: 'mara', answeredBy: 'gateway' },
  },
  {
    name: 'no route: the origin is written as 0',
    line: refused({
      DownstreamStatus: 404,
      OriginStatus: 0,
      OriginDuration: 0,
      Overhead: undefined,
      RouterName: undefined,
    }),
    exchange: { ...read, status: 404, service: '', answeredBy: 'gateway' },
  },
  {
    name: 'without the fields of the origin and the overhead nothing tells who answered',
    line: refused({ Overhead: undefined }),
    exchange: { ...read, answeredBy: '' },
  },
  {
    name: 'a bad gateway may be the server or Traefik',
    line: line({ DownstreamStatus: 502, OriginStatus: 502 }),
    exchange: { ...read, status: 502, answeredBy: '' },
  },
  {
    name: 'a middleware changed the status',
    line: line({ DownstreamStatus: 404 }),
    exchange: { ...read, status: 404, answeredBy: '' },
  },
  {
    name: 'nested routers',
    line: line({ RouterName: 'root@file -> users@file -> leaf@file' }),
    exchange: { ...read, service: 'root@file' },
  },
  {
    name: 'a router that is null',
    line: line({ RouterName: null }),
    exchange: { ...read, service: 'users-service@docker' },
  },
  {
    name: 'behind a load balancer that ends TLS',
    line: line({
      ClientAddr: '10.0.0.5:40000',
      ClientHost: '192.0.2.77, 203.0.113.9',
      RequestScheme: 'http',
      TLSVersion: undefined,
      'request_X-Forwarded-Proto': 'https',
    }),
    exchange: {
      ...read,
      clientAddress: '203.0.113.9',
      requestHeaders: { 'X-Forwarded-Proto': 'https' },
      requestHeaderVisibility: 'some',
    },
  },
  {
    name: 'no TLS',
    line: line({ RequestScheme: 'http', TLSVersion: undefined, TLSCipher: undefined }),
    exchange: { ...read, scheme: 'http' },
  },
  {
    name: 'a client certificate',
    line: line({ TLSClientSubject: 'CN=partner-9,O=Partner' }),
    exchange: { ...read, credentialSeen: true },
  },
  {
    name: 'only the fields that were kept: the time of writing less the duration',
    line: '{"DownstreamStatus":200,"Duration":2500000000,"RequestMethod":"GET","RequestPath":"/users/7","RequestCount":3,"level":"info","msg":"","time":"2026-01-05T10:00:02Z"}',
    exchange: {
      startedAt: '2026-01-05T09:59:59.500Z',
      method: 'GET',
      target: '/users/7',
      status: 200,
      latencyMs: 2500,
    },
  },
  {
    name: 'an IPv6 client',
    line: line({ ClientAddr: '[2001:db8::7]:51234', ClientHost: '2001:db8::7' }),
    exchange: { ...read, clientAddress: '[2001:db8::7]:51234' },
  },
];

const AT = '[05/Jan/2026:10:00:00 +0000]';
const readText = {
  startedAt: '2026-01-05T10:00:00.000Z',
  method: 'GET',
  target: '/users/7',
  status: 200,
  latencyMs: 12,
  responseBytes: 512,
  service: 'users@docker',
  clientAddress: '198.51.100.4',
  answeredBy: 'upstream',
};

interface TextParts {
  readonly names?: string;
  readonly at?: string;
  readonly request?: string;
  readonly answer?: string;
  readonly agent?: string;
  readonly tail?: string;
}

function text(parts: TextParts): string {
  const { names = '198.51.100.4 - -', at = AT, request = 'GET /users/7 HTTP/1.1' } = parts;
  const { answer = '200 512', agent = 'curl/8.5.0', tail = '"users@docker" "http://10.0.4.7:8080"' } = parts;
  return `${names} ${at} "${request}" ${answer} "-" "${agent}" 113 ${tail} 12ms`;
}

const textLayout: readonly TrafficExample[] = [
  { name: 'a line of text', line: text({}), exchange: readText },
  { name: 'text that ends with a carriage return', line: `${text({})}\r`, exchange: readText },
  {
    name: 'text with a user',
    line: text({ names: '198.51.100.4 - Mara van Dam' }),
    exchange: { ...readText, consumer: 'Mara van Dam' },
  },
  {
    name: 'text with an X-Forwarded-For of two addresses',
    line: text({ names: '203.0.113.9, 10.0.0.8 - -' }),
    exchange: { ...readText, clientAddress: '203.0.113.9' },
  },
  {
    name: 'text of a call without a route',
    line: text({ answer: '404 19', tail: '"-" "-"' }),
    exchange: { ...readText, status: 404, responseBytes: 19, service: '', answeredBy: 'gateway' },
  },
  {
    name: 'text of a call that a middleware refused',
    line: text({ answer: '429 17', tail: '"users@docker" "-"' }),
    exchange: { ...readText, status: 429, responseBytes: 17, answeredBy: 'gateway' },
  },
  {
    name: 'text with quotes in the target and the agent, which Traefik does not escape',
    line: text({ request: 'GET /users/7?q="a" HTTP/1.1', agent: 'say "hi" 1 2 "x"' }),
    exchange: { ...readText, target: '/users/7?q="a"' },
  },
  {
    name: 'text without a size',
    line: text({ answer: '200 -' }),
    exchange: { ...readText, responseBytes: null },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'no time at all',
    line: line({ StartUTC: undefined, StartLocal: undefined, time: undefined }),
    rejected: 'no_time',
  },
  { name: 'a time without a zone', line: line({ StartUTC: '2026-01-05 10:00:00' }), rejected: 'bad_time' },
  {
    name: 'an hour that does not exist',
    line: line({ StartUTC: '2026-01-05T25:00:00Z' }),
    rejected: 'bad_time',
  },
  { name: 'no method', line: line({ RequestMethod: undefined }), rejected: 'no_request' },
  { name: 'no path', line: line({ RequestPath: '' }), rejected: 'no_request' },
  { name: 'no status', line: line({ DownstreamStatus: undefined }), rejected: 'no_status' },
  { name: 'status 0', line: line({ DownstreamStatus: 0 }), rejected: 'no_response' },
  { name: 'a status out of range', line: line({ DownstreamStatus: 70000 }), rejected: 'bad_status' },
  { name: 'a tunnel', line: line({ RequestMethod: 'CONNECT', RequestPath: 'x:443' }), rejected: 'no_path' },
  { name: 'text without time', line: text({ at: '[-]' }), rejected: 'no_time' },
  { name: 'text with a bad month', line: text({ at: '[05/Foo/2026:10:00:00 +0000]' }), rejected: 'bad_time' },
  { name: 'text without request', line: text({ request: '- - -' }), rejected: 'no_request' },
  {
    name: 'text without status: the origin was not asked',
    line: text({ answer: '- -' }),
    rejected: 'no_status',
  },
  { name: 'text with status 0', line: text({ answer: '0 0' }), rejected: 'no_response' },
  { name: 'text with a status out of range', line: text({ answer: '99 0' }), rejected: 'bad_status' },
  { name: 'a record cut off', line: line({}).slice(0, -40), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: line({ RequestPath: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
  {
    name: 'the log of a plugin between the records',
    line: 'DEBUG: LimiterPlugin: 2026/01/05 10:00:00 cache updated',
    rejected: 'unknown_format',
  },
  {
    name: 'the log of Traefik itself',
    line: '{"level":"error","error":"dial tcp: lookup x: no such host","time":"2026-01-05T10:00:00Z","message":"Provider error"}',
    rejected: 'unknown_format',
  },
];

export const examples: readonly TrafficExample[] = [...json, ...textLayout, ...rejected];
