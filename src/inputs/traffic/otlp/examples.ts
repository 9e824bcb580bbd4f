import type { TrafficExample } from '../../../model/traffic-format.ts';

const span = { kind: 'server', start: '1767607200250000000', end: '1767607200262500000' };
const attributes = {
  'http.request.method': 'GET',
  'url.path': '/users/7',
  'url.scheme': 'https',
  'server.address': 'api.shop.test',
  'server.port': '443',
  'http.response.status_code': '200',
  'network.peer.address': '198.51.100.4',
};
/** As instrumentations wrote it before the conventions were stable. */
const oldAttributes = {
  'http.method': 'GET',
  'http.target': '/users/7?full=1',
  'http.scheme': 'http',
  'http.host': 'api.shop.test:8080',
  'net.host.name': 'api-7f9c',
  'net.host.port': '8080',
  'http.status_code': '200',
  'net.sock.peer.addr': '198.51.100.4',
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7',
  status: 200,
  host: 'api.shop.test',
  scheme: 'https',
  latencyMs: 12.5,
  clientAddress: '198.51.100.4',
};
const readOld = { ...read, target: '/users/7?full=1', host: 'api.shop.test:8080', scheme: 'http' };

/** A line with other attributes; `undefined` takes one out. */
function line(changes: Readonly<Record<string, unknown>> = {}, others: object = {}): string {
  return JSON.stringify({ otlpSpan: span, attributes: { ...attributes, ...changes }, ...others });
}

function oldLine(changes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ otlpSpan: span, attributes: { ...oldAttributes, ...changes } });
}

function withSpan(changes: Readonly<Record<string, unknown>>): string {
  return line({}, { otlpSpan: { ...span, ...changes } });
}

const accepted: readonly TrafficExample[] = [
  { name: 'a server span by the stable conventions', line: line(), exchange: read },
  {
    name: 'sizes, an end user, a query, captured headers, a named service',
    line: line(
      {
        'url.query': 'full=1',
        'http.request.size': '320',
        'http.request.body.size': '20',
        'http.response.body.size': '512',
        'enduser.id': 'web-shop',
      },
      {
        requestHeaders: { authorization: 'REDACTED' },
        responseHeaders: { 'x-ratelimit-limit': '60' },
        resource: { 'service.name': 'user-service' },
      },
    ),
    exchange: {
      ...read,
      target: '/users/7?full=1',
      requestBytes: 320,
      responseBytes: 512,
      service: 'user-service',
      consumer: 'web-shop',
      requestHeaders: { authorization: 'REDACTED' },
      responseHeaders: { 'x-ratelimit-limit': '60' },
      requestHeaderVisibility: 'some',
      responseHeaderVisibility: 'some',
    },
  },
  { name: 'a server span by the older conventions', line: oldLine({}), exchange: readOld },
  {
    name: 'older sizes, and a host by name and port',
    line: oldLine({
      'http.host': undefined,
      'http.request_content_length': '20',
      'http.response_content_length': '512',
    }),
    exchange: { ...readOld, host: 'api-7f9c:8080', requestBytes: 20, responseBytes: 512 },
  },
  {
    name: 'a whole URL in place of the target',
    line: oldLine({
      'http.target': undefined,
      'http.scheme': undefined,
      'http.host': undefined,
      'net.host.name': undefined,
      'http.url': 'https://api.shop.test/users/7?full=1',
    }),
    exchange: {
      ...readOld,
      target: 'https://api.shop.test/users/7?full=1',
      host: 'api.shop.test',
      scheme: 'https',
    },
  },
  {
    name: 'the server name that was configured, with a target of its own',
    line: oldLine({ 'http.host': '', 'net.host.name': undefined, 'http.server_name': 'shop.test' }),
    exchange: { ...readOld, host: 'shop.test' },
  },
  {
    name: 'both conventions at once: the stable ones are preferred',
    line: line({ ...oldAttributes, 'http.method': 'POST', 'http.target': '/other' }),
    exchange: read,
  },
  {
    name: 'a route and no path: the template is the target',
    line: line({ 'url.path': undefined, 'http.route': '/users/{id}' }),
    exchange: { ...read, target: '/users/{id}' },
  },
  {
    name: 'a route as ASP.NET writes it',
    line: line({ 'url.path': undefined, 'http.route': 'users/{id}' }),
    exchange: { ...read, target: '/users/{id}' },
  },
  {
    name: 'a method the instrumentation does not know',
    line: line({ 'http.request.method': '_OTHER', 'http.request.method_original': 'PROPFIND' }),
    exchange: { ...read, method: 'PROPFIND' },
  },
  {
    name: 'a port of its own',
    line: line({ 'server.port': '8443' }),
    exchange: { ...read, host: 'api.shop.test:8443' },
  },
  {
    name: 'an IPv6 server',
    line: line({ 'server.address': '2001:db8::1', 'server.port': '8443' }),
    exchange: { ...read, host: '[2001:db8::1]:8443' },
  },
  {
    name: 'a Unix socket is no host',
    line: line({ 'server.address': '/run/api.sock', 'server.port': undefined }),
    exchange: { ...read, host: '' },
  },
  {
    name: 'a query with its question mark, a scheme in capitals, no end',
    line: line({ 'url.query': '?a=1', 'url.scheme': 'HTTPS' }, { otlpSpan: { ...span, end: '0' } }),
    exchange: { ...read, target: '/users/7?a=1', latencyMs: null },
  },
  {
    name: 'behind a proxy on a private address',
    line: line({ 'network.peer.address': '10.0.4.7', 'client.address': '203.0.113.9' }),
    exchange: { ...read, clientAddress: '203.0.113.9' },
  },
  {
    name: 'what a public client says of its own address is not believed',
    line: line({ 'client.address': '192.0.2.1' }),
    exchange: read,
  },
  {
    name: 'an older span that knows the client by its first proxy only',
    line: oldLine({
      'net.sock.peer.addr': undefined,
      'net.peer.ip': '10.0.4.7',
      'http.client_ip': '203.0.113.9',
    }),
    exchange: { ...readOld, clientAddress: '203.0.113.9' },
  },
  {
    name: 'a service nobody named',
    line: line({}, { resource: { 'service.name': 'unknown_service:node' } }),
    exchange: read,
  },
  {
    name: 'a pseudonym of the end user',
    line: line({ 'enduser.pseudo.id': 'p-77' }),
    exchange: { ...read, consumer: 'p-77' },
  },
];

const rejected: readonly TrafficExample[] = [
  ...['client', 'internal', 'producer', 'consumer', 'unspecified'].map((kind) => ({
    name: `a span of the kind ${kind}`,
    line: JSON.stringify({ otlpSpan: { kind } }),
    rejected: 'not_server_span',
  })),
  { name: 'a span that is no object', line: '{"otlpSpan":7}', rejected: 'not_server_span' },
  { name: 'a request of logs', line: '{"otlpRequest":"logs"}', rejected: 'not_a_trace' },
  {
    name: 'a gRPC server span',
    line: JSON.stringify({ otlpSpan: span, attributes: { 'server.address': 'api.shop.test' } }),
    rejected: 'not_http',
  },
  { name: 'a start of zero', line: withSpan({ start: '0' }), rejected: 'no_time' },
  { name: 'no start', line: withSpan({ start: undefined }), rejected: 'no_time' },
  { name: 'a start that is no number', line: withSpan({ start: '1e18x' }), rejected: 'bad_time' },
  { name: 'neither path nor route', line: line({ 'url.path': undefined }), rejected: 'no_request' },
  { name: 'a path that is an asterisk', line: line({ 'url.path': '*' }), rejected: 'no_path' },
  {
    name: 'no answer was sent',
    line: line({ 'http.response.status_code': undefined }),
    rejected: 'no_status',
  },
  { name: 'a status of zero', line: line({ 'http.response.status_code': '0' }), rejected: 'no_response' },
  {
    name: 'a status out of range',
    line: line({ 'http.response.status_code': '999' }),
    rejected: 'bad_status',
  },
  {
    name: 'a status that is a word',
    line: line({ 'http.response.status_code': 'OK' }),
    rejected: 'bad_status',
  },
  { name: 'a truncated line', line: line().slice(0, -20), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: line({ 'url.path': '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
