import type { TrafficExample } from '../../../model/traffic-format.ts';

const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7?full=1',
  status: 200,
  scheme: 'http',
  latencyMs: 40,
  responseBytes: 734,
  service: 'be-users',
  clientAddress: '198.51.100.4',
  answeredBy: 'upstream',
};

/** A line of httplog; what is not given is as in a call that a server answered. */
function line(changes: Readonly<Record<string, string>> = {}): string {
  const { client, at, frontend, server, timers, status, bytes, cookies, ending, captures, request, rest } = {
    client: '198.51.100.4:51234',
    at: '[05/Jan/2026:10:00:00.250]',
    frontend: 'fe-http',
    server: 'be-users/app1',
    timers: '0/0/1/38/40',
    status: '200',
    bytes: '734',
    cookies: '- -',
    ending: '----',
    captures: '',
    request: 'GET /users/7?full=1 HTTP/1.1',
    rest: '',
    ...changes,
  };
  return `${client} ${at} ${frontend} ${server} ${timers} ${status} ${bytes} ${cookies} ${ending} 3/2/1/1/0 0/0 ${captures}"${request}"${rest}`;
}

/** An answer of HAProxy itself, made in the frontend. */
const own = (status: string, ending = 'PR--') =>
  line({ status, ending, server: 'fe-http/<NOSRV>', timers: '0/-1/-1/-1/0', bytes: '192' });
const ownRead = { ...read, latencyMs: 0, responseBytes: 192, service: '', answeredBy: 'gateway' };

const accepted: readonly TrafficExample[] = [
  { name: 'option httplog', line: line(), exchange: read },
  {
    name: 'a tilde after the frontend: TLS',
    line: line({ frontend: 'fe-https~' }),
    exchange: { ...read, scheme: 'https' },
  },
  {
    name: 'captured headers both ways',
    line: line({ captures: '{api.shop.test|Mozilla/5.0 (X11; Linux)} {application/json} ' }),
    exchange: read,
  },
  {
    name: 'captured cookies, and the state of persistence',
    line: line({ cookies: 'session=a1b2 -', ending: '--VN' }),
    exchange: read,
  },
  {
    name: 'a captured cookie with blanks hides who answered',
    line: line({ cookies: 'theme=dark mode -' }),
    exchange: { ...read, answeredBy: '' },
  },
  {
    name: 'option httpslog',
    line: line({
      frontend: 'fe-https~',
      rest: ' 0/0000000000000000/0/0/0 api.shop.test/TLSv1.3/TLS_AES_256_GCM_SHA384',
    }),
    exchange: { ...read, scheme: 'https' },
  },
  {
    name: 'option httpslog without TLS',
    line: line({ rest: ' 0/0000000000000000/0/0/0 -/-/-' }),
    exchange: read,
  },
  {
    name: 'HTTP/2 asks with an absolute target',
    line: line({ request: 'GET https://api.shop.test/users/7?full=1 HTTP/2.0', frontend: 'fe-https~' }),
    exchange: { ...read, target: 'https://api.shop.test/users/7?full=1', scheme: 'https' },
  },
  {
    name: 'bytes that are not printable',
    line: line({ request: 'GET /caf#C3#A9?q=#22x#22 HTTP/1.1' }),
    exchange: { ...read, target: '/caf%C3%A9?q=%22x%22' },
  },
  {
    name: 'logasap: the answer was not over',
    line: line({ timers: '0/0/1/38/+39', bytes: '+210' }),
    exchange: { ...read, latencyMs: null, responseBytes: null },
  },
  {
    name: 'a retried connection',
    line: line().replace('3/2/1/1/0', '3/2/1/1/+1'),
    exchange: read,
  },
  {
    name: 'a line that ends with a carriage return',
    line: `${line()}\r`,
    exchange: read,
  },
  {
    name: 'an IPv6 client',
    line: line({ client: '2001:db8::7:51234' }),
    exchange: { ...read, clientAddress: '2001:db8::7' },
  },
  {
    name: 'a client of a Unix socket has no address',
    line: line({ client: 'unix:2' }),
    exchange: { ...read, clientAddress: '' },
  },
  { name: 'refused by a rule', line: own('403'), exchange: { ...ownRead, status: 403 } },
  { name: 'limited by a rule', line: own('429'), exchange: { ...ownRead, status: 429 } },
  {
    name: 'a redirect of HAProxy',
    line: own('301', 'LR--'),
    exchange: { ...ownRead, status: 301 },
  },
  {
    name: 'the page of statistics',
    line: line({ server: 'stats/<STATS>', ending: 'LR--' }),
    exchange: { ...read, service: 'stats', answeredBy: 'gateway' },
  },
  {
    name: 'no server of the backend is up',
    line: line({ server: 'be-users/<NOSRV>', status: '503', ending: 'SC--', timers: '0/-1/-1/-1/0' }),
    exchange: { ...read, status: 503, latencyMs: 0, answeredBy: 'gateway' },
  },
  {
    name: 'an answer of the server that a rule blocks',
    line: line({ status: '502', ending: 'PH--' }),
    exchange: { ...read, status: 502, answeredBy: 'gateway' },
  },
  {
    name: 'a server that is too slow shows no rule',
    line: line({ status: '504', ending: 'sH--', timers: '0/0/1/-1/30001' }),
    exchange: { ...read, status: 504, latencyMs: 30001, answeredBy: '' },
  },
  {
    name: 'a client that left while the answer went out',
    line: line({ ending: 'CD--' }),
    exchange: { ...read, answeredBy: '' },
  },
  {
    name: 'an answer from the cache was once made by a server',
    line: line({ server: 'be-users/<CACHE>', ending: 'LR--' }),
    exchange: { ...read, answeredBy: '' },
  },
  {
    name: 'a request that never came to its end shows no rule',
    line: own('408', 'cR--'),
    exchange: { ...ownRead, status: 408, answeredBy: '' },
  },
  {
    name: 'no duration',
    line: line({ timers: '-1/-1/-1/-1/-1' }),
    exchange: { ...read, latencyMs: null },
  },
];

const START = '198.51.100.4:51234 [05/Jan/2026:10:00:00.250]';

const rejected: readonly TrafficExample[] = [
  {
    name: 'a TLS handshake that failed',
    line: `${START} fe-https/1: SSL handshake failure (error:0A0000C1:SSL routines::no shared cipher)`,
    rejected: 'connection_error',
  },
  {
    name: 'a TLS handshake that failed, in the format of httpslog',
    line: `${START} fe-https~ 1/1 30/0A000416/0/0/0 api.shop.test/TLSv1.3/(NONE)`,
    rejected: 'connection_error',
  },
  {
    name: 'option tcplog',
    line: `${START} fe-db be-db/db1 1/0/5007 212 -- 1/1/1/1/0 0/0`,
    rejected: 'tcp_connection',
  },
  {
    name: 'a format of the operator without request',
    line: `${START} fe-http be-users 200`,
    rejected: 'no_request',
  },
  { name: 'a line cut in the request', line: line().slice(0, -20), rejected: 'unbalanced_quotes' },
  {
    name: 'a format of the operator with other fields',
    line: `${START} 200 734 api.shop.test - "GET /users/7 HTTP/1.1"`,
    rejected: 'not_in_layout',
  },
  {
    name: 'a client that left before the answer',
    line: line({ status: '-1', ending: 'CH--', timers: '0/0/1/-1/40' }),
    rejected: 'no_response',
  },
  {
    name: 'a day that does not exist',
    line: line({ at: '[30/Feb/2026:10:00:00.250]' }),
    rejected: 'bad_time',
  },
  { name: 'nothing for the request', line: line({ request: '' }), rejected: 'empty_request' },
  {
    name: 'bytes that were no request',
    line: line({ request: '<BADREQ>', status: '400', server: 'fe-http/<NOSRV>', ending: 'PR--' }),
    rejected: 'malformed_request',
  },
  { name: 'a tunnel', line: line({ request: 'CONNECT api.shop.test:443 HTTP/1.1' }), rejected: 'no_path' },
  { name: 'a status that is none', line: line({ status: '99' }), rejected: 'bad_status' },
  { name: 'the start of a proxy', line: 'Proxy fe-http started.', rejected: 'unknown_format' },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
