import type { TrafficExample } from '../../../model/traffic-format.ts';

const fields = {
  time: '2026-01-05T10:00:00.250958Z',
  elb: 'shop-classic',
  client: '198.51.100.4:2817',
  backend: '10.0.4.7:80',
  requestTime: '0.000500',
  backendTime: '0.010000',
  responseTime: '0.000250',
  status: '200',
  backendStatus: '200',
  received: '34',
  sent: '366',
  request: '"GET https://api.shop.test:443/users/7?page=2 HTTP/1.1"',
  agent: '"curl/8.5.0"',
  cipher: 'ECDHE-RSA-AES128-GCM-SHA256',
  protocol: 'TLSv1.2',
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7?page=2',
  status: 200,
  host: 'api.shop.test:443',
  scheme: 'https',
  latencyMs: 10.75,
  requestBytes: 34,
  responseBytes: 366,
  clientAddress: '198.51.100.4',
  answeredBy: 'upstream',
};

function line(changes: Partial<typeof fields> = {}, count = 15): string {
  return Object.values({ ...fields, ...changes })
    .slice(0, count)
    .join(' ');
}

const plain = {
  request: '"GET http://api.shop.test:80/users/7?page=2 HTTP/1.1"',
  cipher: '-',
  protocol: '-',
};
const plainRead = { ...read, host: 'api.shop.test:80', scheme: 'http' };
/** The load balancer answers itself: no instance was asked. */
const refused = {
  backend: '-',
  requestTime: '-1',
  backendTime: '-1',
  responseTime: '-1',
  backendStatus: '-',
};
const refusal = { ...read, latencyMs: null, answeredBy: 'gateway' };
const tcp = { status: '-', backendStatus: '-', request: '"- - - "', agent: '"-"' };

export const examples: readonly TrafficExample[] = [
  { name: 'an HTTPS listener', line: line(), exchange: read },
  { name: 'an HTTP listener', line: line(plain), exchange: plainRead },
  { name: 'the 12 fields of older files', line: line(plain, 12), exchange: plainRead },
  { name: 'a line that ends with a carriage return', line: `${line()}\r`, exchange: read },
  {
    name: 'an IPv6 client',
    line: line({ client: '2001:db8::7:51234' }),
    exchange: { ...read, clientAddress: '2001:db8::7' },
  },
  {
    name: 'no instance is healthy',
    line: line({ ...refused, status: '503' }),
    exchange: { ...refusal, status: 503 },
  },
  {
    name: 'broken HTTP is refused by no rule',
    line: line({ ...refused, status: '400' }),
    exchange: { ...refusal, status: 400, answeredBy: '' },
  },
  {
    name: 'the client leaves: nobody answered',
    line: line({ ...refused, status: '460' }),
    exchange: { ...refusal, status: 460, answeredBy: '' },
  },
  {
    name: 'the load balancer changes the answer of the instance',
    line: line({ status: '502' }),
    exchange: { ...read, status: 502, answeredBy: '' },
  },
  {
    name: 'quotes in the URL and in the user agent',
    line: line({ request: '"GET https://api.shop.test:443/a\\"b HTTP/1.1"', agent: '"say \\"hi\\" C:\\\\"' }),
    exchange: { ...read, target: '/a"b' },
  },
  {
    name: 'a URL without a path',
    line: line({ request: '"GET https://api.shop.test:443 HTTP/1.1"' }),
    exchange: { ...read, target: 'https://api.shop.test:443', host: '' },
  },
  { name: 'a TCP listener', line: line({ ...plain, ...tcp }), rejected: 'tcp_connection' },
  { name: 'an SSL listener', line: line(tcp), rejected: 'tcp_connection' },
  {
    name: 'a request that is not HTTP',
    line: line({
      ...plain,
      ...refused,
      status: '400',
      request: '"- http://api.shop.test:80- "',
      agent: '"-"',
    }),
    rejected: 'malformed_request',
  },
  { name: 'no answer was sent', line: line({ ...refused, status: '-' }), rejected: 'no_response' },
  { name: 'a status out of range', line: line({ status: '70000' }), rejected: 'bad_status' },
  {
    name: 'a day that does not exist',
    line: line({ time: '2026-02-31T10:00:00.000000Z' }),
    rejected: 'bad_time',
  },
  { name: 'a line cut in the request', line: line({}, 12).slice(0, -9), rejected: 'cut_off' },
  { name: 'a line cut before the request', line: line({}, 9), rejected: 'no_request' },
  { name: 'a line that lost a field', line: line().replace(' 34 366 ', ' '), rejected: 'damaged_fields' },
  {
    name: 'a tunnel',
    line: line({ request: '"CONNECT api.shop.test:443 HTTP/1.1"' }),
    rejected: 'no_path',
  },
];
