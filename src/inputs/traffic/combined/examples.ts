import type { TrafficExample } from '../../../model/traffic-format.ts';

const AT = '[05/Jan/2026:10:00:00 +0000]';
const AGENT = '"-" "curl/8.5.0"';
const read = {
  startedAt: '2026-01-05T10:00:00.000Z',
  method: 'GET',
  target: '/users/7',
  status: 200,
  responseBytes: 512,
  clientAddress: '198.51.100.4',
};

/** A line of nginx's `combined` with this between the quotes of `$request`. */
function requesting(request: string): string {
  return `198.51.100.4 - - ${AT} "${request}" 200 512 ${AGENT}`;
}

/** The same call with other words before the time. */
function from(names: string): string {
  return `${names} ${AT} "GET /users/7 HTTP/1.1" 200 512 ${AGENT}`;
}

/** The same call with this after its size. */
function followedBy(rest: string): string {
  return `198.51.100.4 - - ${AT} "GET /users/7 HTTP/1.1" 200 512${rest}`;
}

const layouts: readonly TrafficExample[] = [
  { name: 'Apache common', line: followedBy(''), exchange: read },
  { name: 'nginx and Apache combined', line: followedBy(` ${AGENT}`), exchange: read },
  { name: 'a line that ends with a carriage return', line: followedBy('\r'), exchange: read },
  {
    name: 'Apache vhost_combined',
    line: from('api.shop.test:443 198.51.100.4 - -'),
    exchange: { ...read, host: 'api.shop.test:443' },
  },
  {
    name: 'common with the virtual host before it (mod_log_config, examples)',
    line: from('api.shop.test 198.51.100.4 - -'),
    exchange: { ...read, host: 'api.shop.test' },
  },
  {
    name: 'a word that is no host before the client is not one',
    line: from('ACCESS 198.51.100.4 - -'),
    exchange: read,
  },
  {
    name: 'nginx with $request_time after the user agent',
    line: followedBy(` ${AGENT} 0.012`),
    exchange: read,
  },
  {
    name: 'Apache combinedio: bytes received and sent after the user agent',
    line: followedBy(` ${AGENT} 321 901`),
    exchange: read,
  },
  { name: 'one quoted field more', line: followedBy(` ${AGENT} "api.shop.test"`), exchange: read },
  { name: 'common and one quoted field', line: followedBy(' "api.shop.test"'), exchange: read },
  {
    name: 'the main format that nginx ships: X-Forwarded-For is believed behind a private address',
    line: `10.0.0.5 - - ${AT} "GET /users/7 HTTP/1.1" 200 512 ${AGENT} "192.0.2.77, 203.0.113.9, 10.0.0.8"`,
    exchange: { ...read, clientAddress: '203.0.113.9' },
  },
  {
    name: 'X-Forwarded-For of a client that called directly is not believed',
    line: followedBy(` ${AGENT} "10.1.2.3"`),
    exchange: read,
  },
  {
    name: 'a private caller with a private X-Forwarded-For stays what it is',
    line: `10.0.0.5 - - ${AT} "GET /users/7 HTTP/1.1" 200 512 ${AGENT} "10.1.2.3"`,
    exchange: { ...read, clientAddress: '10.0.0.5' },
  },
  {
    name: 'the main format without a proxy',
    line: `10.0.0.5 - - ${AT} "GET /users/7 HTTP/1.1" 200 512 ${AGENT} "-"`,
    exchange: { ...read, clientAddress: '10.0.0.5' },
  },
];

const callers: readonly TrafficExample[] = [
  {
    name: 'an IPv6 client',
    line: from('2001:db8::7 - -'),
    exchange: { ...read, clientAddress: '2001:db8::7' },
  },
  {
    name: 'a host name as client',
    line: from('edge-3.shop.test - -'),
    exchange: { ...read, clientAddress: 'edge-3.shop.test' },
  },
  {
    name: 'a client of a Unix socket has no address',
    line: from('unix: - -'),
    exchange: { ...read, clientAddress: '' },
  },
  { name: 'a user', line: from('198.51.100.4 - mara'), exchange: { ...read, consumer: 'mara' } },
  {
    name: 'a user with spaces',
    line: from('198.51.100.4 - Mara van Dam'),
    exchange: { ...read, consumer: 'Mara van Dam' },
  },
  {
    name: 'a user with a bracket',
    line: from('198.51.100.4 - ma[ra'),
    exchange: { ...read, consumer: 'ma[ra' },
  },
  {
    name: 'an ident and a user',
    line: from('198.51.100.4 unix-id mara'),
    exchange: { ...read, consumer: 'mara' },
  },
  {
    name: 'a list of addresses in the place of the client names no host and no user',
    line: from('192.0.2.77, 198.51.100.4 - -'),
    exchange: read,
  },
];

const requests: readonly TrafficExample[] = [
  {
    name: 'no body: Apache writes - for 0 bytes',
    line: `198.51.100.4 - - ${AT} "GET /users/7 HTTP/1.1" 304 - ${AGENT}`,
    exchange: { ...read, status: 304, responseBytes: 0 },
  },
  {
    name: 'escaped quotes and a backslash at the end of the user agent (Apache)',
    line: followedBy(' "-" "say \\"hi\\" C:\\\\"'),
    exchange: read,
  },
  {
    name: 'an escaped quote in the target (Apache)',
    line: requesting('GET /a\\"b HTTP/1.1'),
    exchange: { ...read, target: '/a"b' },
  },
  {
    name: 'an escaped backslash is not an escape',
    line: requesting('GET /a\\\\x41 HTTP/1.1'),
    exchange: { ...read, target: '/a\\x41' },
  },
  {
    name: 'bytes that the server wrote as \\xHH mean what %HH means',
    line: requesting('GET /caf\\xC3\\xA9?q=\\x22 HTTP/1.1'),
    exchange: { ...read, target: '/caf%C3%A9?q=%22' },
  },
  {
    name: 'a space in the target',
    line: requesting('GET /a b HTTP/1.1'),
    exchange: { ...read, target: '/a b' },
  },
  { name: 'HTTP/0.9 has no protocol', line: requesting('GET /users/7'), exchange: read },
  {
    name: 'HTTP/0.9 with a space in the target',
    line: requesting('GET /a b'),
    exchange: { ...read, target: '/a b' },
  },
  {
    name: 'an absolute target',
    line: requesting('GET http://api.shop.test/users/7 HTTP/1.1'),
    exchange: { ...read, target: 'http://api.shop.test/users/7' },
  },
  {
    name: 'a zone with half an hour',
    line: '198.51.100.4 - - [05/Jan/2026:11:30:00 +0130] "GET /users/7 HTTP/1.1" 200 512',
    exchange: read,
  },
];

const rejected: readonly TrafficExample[] = [
  { name: 'a call for the whole server', line: requesting('OPTIONS * HTTP/1.1'), rejected: 'no_path' },
  { name: 'a tunnel', line: requesting('CONNECT api.shop.test:443 HTTP/1.1'), rejected: 'no_path' },
  {
    name: 'a TLS hello to a plain port',
    line: `198.51.100.4 - - ${AT} "\\x16\\x03\\x01\\x02\\x00\\x01\\x00" 400 157 "-" "-"`,
    rejected: 'malformed_request',
  },
  { name: 'a method without target', line: requesting('GET HTTP/1.1'), rejected: 'malformed_request' },
  {
    name: 'a dash for the request',
    line: `198.51.100.4 - - ${AT} "-" 408 - "-" "-"`,
    rejected: 'empty_request',
  },
  {
    name: 'nothing for the request',
    line: `198.51.100.4 - - ${AT} "" 400 0 "-" "-"`,
    rejected: 'empty_request',
  },
  {
    name: 'a month that does not exist',
    line: '198.51.100.4 - - [05/Foo/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 512',
    rejected: 'bad_time',
  },
  {
    name: 'a day that does not exist',
    line: '198.51.100.4 - - [30/Feb/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 512',
    rejected: 'bad_time',
  },
  {
    name: 'a year long gone',
    line: '198.51.100.4 - - [05/Jan/1999:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 512',
    rejected: 'outside_retention',
  },
  { name: 'a line cut in the user agent', line: followedBy(' "-" "curl/8'), rejected: 'unbalanced_quotes' },
  {
    name: 'a line cut in the request',
    line: `198.51.100.4 - - ${AT} "GET /us`,
    rejected: 'unbalanced_quotes',
  },
  {
    name: 'a line cut in the status',
    line: `198.51.100.4 - - ${AT} "GET /users/7 HTTP/1.1" 2`,
    rejected: 'bad_status',
  },
  { name: 'a line cut in the time', line: '198.51.100.4 - - [05/Jan/2026:10:0', rejected: 'no_request' },
  { name: 'no status', line: `198.51.100.4 - - ${AT} "GET /users/7 HTTP/1.1" - -`, rejected: 'no_status' },
  {
    name: 'a status out of range',
    line: `198.51.100.4 - - ${AT} "GET /users/7 HTTP/1.1" 70000 1`,
    rejected: 'bad_status',
  },
  {
    name: 'the error log of nginx',
    line: '2026/01/05 10:00:00 [error] 31#31: *7 open() "/srv/www/x" failed (2: No such file or directory), client: 198.51.100.4, server: _, request: "GET /x HTTP/1.1", host: "api.shop.test"',
    rejected: 'error_log',
  },
  {
    name: 'HAProxy writes its time with milliseconds',
    line: 'lb1 haproxy[214]: 198.51.100.4:51234 [05/Jan/2026:10:00:00.250] fe-http be-api/app1 0/0/1/12/13 200 512 - - ---- 1/1/0/0/0 0/0 "GET /users/7 HTTP/1.1"',
    rejected: 'unknown_format',
  },
];

export const examples: readonly TrafficExample[] = [...layouts, ...callers, ...requests, ...rejected];
