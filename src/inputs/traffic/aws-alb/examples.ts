import type { TrafficExample } from '../../../model/traffic-format.ts';

const ARN = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012';
const CERTIFICATE = 'arn:aws:acm:eu-central-1:123456789012:certificate/0e1f2a3b-0000-4000-8000-000000000001';

/** The 29 fields in order; those that AWS writes in quotes have them here. */
const fields = {
  type: 'https',
  time: '2026-01-05T10:00:00.400000Z',
  elb: 'app/shop/50dc6c495c0c9188',
  client: '198.51.100.4:2817',
  target: '10.0.4.7:8080',
  requestTime: '0.001',
  targetTime: '0.120',
  responseTime: '0.004',
  status: '200',
  targetStatus: '200',
  received: '340',
  sent: '366',
  request: '"GET https://api.shop.test:443/users/7?page=2 HTTP/1.1"',
  agent: '"curl/8.5.0"',
  cipher: 'ECDHE-RSA-AES128-GCM-SHA256',
  protocol: 'TLSv1.2',
  targetGroup: `${ARN}:targetgroup/users/73e2d6bc24d8a067`,
  trace: '"Root=1-58337262-36d228ad5d99923122bbe354"',
  domain: '"api.shop.test"',
  certificate: `"${CERTIFICATE}"`,
  priority: '1',
  created: '2026-01-05T10:00:00.250000Z',
  actions: '"forward"',
  redirect: '"-"',
  error: '"-"',
  targets: '"10.0.4.7:8080"',
  targetStatuses: '"200"',
  classification: '"-"',
  classificationReason: '"-"',
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7?page=2',
  status: 200,
  host: 'api.shop.test:443',
  scheme: 'https',
  latencyMs: 125,
  requestBytes: 340,
  responseBytes: 366,
  clientAddress: '198.51.100.4',
  answeredBy: 'upstream',
};

function line(changes: Partial<typeof fields> = {}, count = 29): string {
  return Object.values({ ...fields, ...changes })
    .slice(0, count)
    .join(' ');
}

const plain = {
  type: 'http',
  request: '"GET http://api.shop.test:80/users/7?page=2 HTTP/1.1"',
  cipher: '-',
  protocol: '-',
  domain: '"-"',
  certificate: '"-"',
};
/** The load balancer answers itself: no target was asked. */
const refused = {
  target: '-',
  requestTime: '-1',
  targetTime: '-1',
  responseTime: '-1',
  targetStatus: '-',
  targets: '"-"',
  targetStatuses: '"-"',
};
const refusal = { ...read, latencyMs: null, answeredBy: 'gateway' };

const layouts: readonly TrafficExample[] = [
  { name: 'the 29 fields', line: line(), exchange: read },
  {
    name: '33 fields: trace of the connection and rewritten host and path',
    line: `${line()} TID_dc57cebed65b444ebc8177bb698fe166 "orders.internal" "/v2/users/7" "TransformSuccess"`,
    exchange: read,
  },
  {
    name: 'fields that are not known yet',
    line: `${line()} TID_dc57cebed65b444ebc8177bb698fe166 "-" "-" "-" 10.0.0.9 "later" 7`,
    exchange: read,
  },
  { name: 'the 25 fields of 2018', line: line({}, 25), exchange: read },
  {
    name: 'the fields before 2018 name only the end, from which the durations are taken',
    line: line({}, 20),
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.275Z' },
  },
  { name: 'a line that ends with a carriage return', line: `${line()}\r`, exchange: read },
  {
    name: 'plain HTTP',
    line: line(plain),
    exchange: { ...read, host: 'api.shop.test:80', scheme: 'http' },
  },
  { name: 'HTTP/2 and gRPC over TLS', line: line({ type: 'grpcs' }), exchange: read },
  { name: 'HTTP/2', line: line({ type: 'h2' }), exchange: read },
  {
    name: 'a WebSocket',
    line: line({ ...plain, type: 'ws', status: '101', targetStatus: '101', agent: '"-"' }),
    exchange: { ...read, host: 'api.shop.test:80', scheme: 'http', status: 101 },
  },
  { name: 'a WebSocket over TLS', line: line({ type: 'wss' }), exchange: read },
  { name: 'a type that is not known yet: a cipher proves TLS', line: line({ type: 'h3' }), exchange: read },
  {
    name: 'a type that is not known yet, without a cipher',
    line: line({ ...plain, type: 'h9' }),
    exchange: { ...read, host: 'api.shop.test:80', scheme: '' },
  },
  {
    name: 'a Lambda function as target has a status and no address',
    line: line({ target: '-', targets: '"-"' }),
    exchange: read,
  },
  {
    name: 'an IPv6 client',
    line: line({ client: '2001:db8::7:51234' }),
    exchange: { ...read, clientAddress: '2001:db8::7' },
  },
];

const answers: readonly TrafficExample[] = [
  {
    name: 'a fixed response',
    line: line({ ...refused, status: '404', targetGroup: '-', actions: '"fixed-response"' }),
    exchange: { ...refusal, status: 404 },
  },
  {
    name: 'a redirect to TLS',
    line: line({
      ...plain,
      ...refused,
      requestTime: '0.000',
      targetTime: '0.000',
      responseTime: '0.000',
      status: '301',
      actions: '"redirect"',
      redirect: '"https://api.shop.test:443/users/7?page=2"',
    }),
    exchange: { ...refusal, status: 301, host: 'api.shop.test:80', scheme: 'http', latencyMs: 0 },
  },
  {
    name: 'the web application firewall refuses',
    line: line({ ...refused, status: '403', actions: '"waf"' }),
    exchange: { ...refusal, status: 403 },
  },
  {
    name: 'a cookie of a session that is not valid',
    line: line({ ...refused, status: '401', actions: '"authenticate"', error: '"AuthInvalidCookie"' }),
    exchange: { ...refusal, status: 401 },
  },
  {
    name: 'an authenticated user: a session was validated',
    line: line({ actions: '"waf,authenticate,forward"' }),
    exchange: { ...read, credentialSeen: true },
  },
  {
    name: 'the target does not answer in time',
    line: line({ ...refused, status: '504', target: '10.0.4.7:8080' }),
    exchange: { ...refusal, status: 504 },
  },
  {
    name: 'a Lambda function fails',
    line: line({ target: '-', status: '502', targetStatus: '-', error: '"LambdaInvalidResponse"' }),
    exchange: { ...read, status: 502, answeredBy: 'gateway' },
  },
  {
    name: 'the load balancer changes the answer of the target',
    line: line({ status: '502' }),
    exchange: { ...read, status: 502, answeredBy: '' },
  },
  {
    name: 'the client leaves: nobody answered',
    line: line({ ...refused, status: '460' }),
    exchange: { ...refusal, status: 460, answeredBy: '' },
  },
  {
    name: 'broken HTTP is refused by no rule',
    line: line({
      ...refused,
      status: '400',
      actions: '"-"',
      classification: '"Severe"',
      classificationReason: '"BadContentLength"',
    }),
    exchange: { ...refusal, status: 400, answeredBy: '' },
  },
  {
    name: 'an ambiguous request that is let through',
    line: line({ classification: '"Ambiguous"', classificationReason: '"UndefinedContentLengthSemantics"' }),
    exchange: read,
  },
];

const requests: readonly TrafficExample[] = [
  {
    name: 'a quote in the URL and in the user agent',
    line: line({
      request: '"GET https://api.shop.test:443/a\\x22b HTTP/1.1"',
      agent: '"say \\"hi\\" C:\\\\"',
    }),
    exchange: { ...read, target: '/a%22b' },
  },
  {
    name: 'a blank in the URL (SpaceInUri)',
    line: line({ request: '"GET https://api.shop.test:443/a b HTTP/1.1"' }),
    exchange: { ...read, target: '/a b' },
  },
  {
    name: 'a URL without a host: the name of the TLS session',
    line: line({ request: '"GET https:///users/7 HTTP/1.1"' }),
    exchange: { ...read, target: '/users/7', host: 'api.shop.test' },
  },
  {
    name: 'a scanner that asks for an address',
    line: line({ request: '"GET https://203.0.113.9:443/.env HTTP/1.1"', domain: '"-"' }),
    exchange: { ...read, target: '/.env', host: '203.0.113.9:443' },
  },
];

const MALFORMED = {
  ...plain,
  ...refused,
  status: '400',
  agent: '"-"',
  targetGroup: '-',
  trace: '"-"',
  priority: '-',
  actions: '"-"',
};

const rejected: readonly TrafficExample[] = [
  {
    name: 'a request that is not HTTP',
    line: line({ ...MALFORMED, request: '"- http://shop-1234567890.eu-central-1.elb.amazonaws.com:80- "' }),
    rejected: 'malformed_request',
  },
  {
    name: 'a request that is not HTTP, with a version',
    line: line({ ...MALFORMED, request: '"- http://shop-1234567890.eu-central-1.elb.amazonaws.com:80- -"' }),
    rejected: 'malformed_request',
  },
  { name: 'no answer was sent', line: line({ ...refused, status: '-' }), rejected: 'no_response' },
  { name: 'a status out of range', line: line({ status: '70000' }), rejected: 'bad_status' },
  {
    name: 'a day that does not exist',
    line: line({ time: '2026-02-31T10:00:00.000000Z', created: '-' }),
    rejected: 'bad_time',
  },
  { name: 'a line cut in the user agent', line: line({}, 14).slice(0, -3), rejected: 'cut_off' },
  { name: 'a line cut after the user agent', line: line({}, 16), rejected: 'cut_off' },
  { name: 'a line cut before the request', line: line({}, 9), rejected: 'no_request' },
  {
    name: 'a line that lost fields',
    line: line().replace(' 340 366 ', ' '),
    rejected: 'damaged_fields',
  },
  {
    name: 'a tunnel',
    line: line({ request: '"CONNECT api.shop.test:443 HTTP/1.1"' }),
    rejected: 'no_path',
  },
];

export const examples: readonly TrafficExample[] = [...layouts, ...answers, ...requests, ...rejected];
