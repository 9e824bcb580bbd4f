import type { TrafficExample } from '../../../model/traffic-format.ts';

/** A REST API: `headers` has the last value of each name, `multiValueHeaders` all of them. */
const rest = {
  resource: '/users/{id}',
  path: '/users/7',
  httpMethod: 'GET',
  headers: { Host: 'api.shop.test', Accept: '*/*', Authorization: 'Bearer x' },
  multiValueHeaders: { Host: ['api.shop.test'], Accept: ['text/html', '*/*'], Authorization: ['Bearer x'] },
  queryStringParameters: { full: '1' },
  multiValueQueryStringParameters: { full: ['1'] },
  pathParameters: { id: '7' },
  stageVariables: null,
  requestContext: {
    accountId: '123456789012',
    apiId: 'a1b2c3d4e5',
    authorizer: { principalId: 'mara', integrationLatency: 12 },
    domainName: 'api.shop.test',
    httpMethod: 'GET',
    identity: { sourceIp: '198.51.100.4', caller: null, user: null, userArn: null, userAgent: 'curl/8.5.0' },
    path: '/prod/users/7',
    requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    requestTime: '05/Jan/2026:10:00:00 +0000',
    requestTimeEpoch: 1767607200250,
    stage: 'prod',
  },
  body: null,
  isBase64Encoded: false,
};
const response = {
  statusCode: 200,
  headers: { 'Content-Type': 'application/json' },
  body: '{"mail":"a@example.com"}',
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/prod/users/7?full=1',
  status: 200,
  host: 'api.shop.test',
  scheme: 'https',
  service: 'a1b2c3d4e5',
  consumer: 'mara',
  clientAddress: '198.51.100.4',
  requestHeaders: { Host: 'api.shop.test', Accept: 'text/html, */*', Authorization: 'Bearer x' },
  responseHeaders: { 'Content-Type': 'application/json' },
  requestHeaderVisibility: 'full',
  responseHeaderVisibility: 'full',
  answeredBy: 'upstream',
  bodies: '{"mail":"a@example.com"}',
};

/** An HTTP API or a function URL: names in lower case, the path with the stage. */
const http = {
  version: '2.0',
  routeKey: 'GET /users/{id}',
  rawPath: '/users/7',
  rawQueryString: 'full=1&full=2',
  cookies: ['session=x', 'theme=y'],
  headers: { host: 'api.shop.test', accept: '*/*' },
  requestContext: {
    apiId: 'a1b2c3d4e5',
    authorizer: { jwt: { claims: { sub: 'u-17' }, scopes: null } },
    domainName: 'api.shop.test',
    http: { method: 'GET', path: '/users/7', protocol: 'HTTP/1.1', sourceIp: '198.51.100.4' },
    time: '05/Jan/2026:10:00:00 +0000',
    timeEpoch: 1767607200250,
  },
  isBase64Encoded: false,
};
const readHttp = {
  ...read,
  target: '/users/7?full=1&full=2',
  consumer: 'u-17',
  requestHeaders: { host: 'api.shop.test', accept: '*/*', cookie: 'session=x; theme=y' },
  responseHeaderVisibility: 'some',
};

/** A load balancer tells the time only in the id that it traces by. */
const balancer = {
  requestContext: {
    elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/f/0a1b' },
  },
  httpMethod: 'GET',
  path: '/users/7',
  queryStringParameters: { full: '1%202' },
  headers: {
    host: 'api.shop.test',
    'x-amzn-trace-id': 'Root=1-695b8ba0-bd862e3fe1be46a994272793',
    'x-forwarded-for': '192.0.2.77, 198.51.100.4',
    'x-forwarded-proto': 'http',
  },
  body: '',
  isBase64Encoded: false,
};

function pair(event: object, answer: unknown = response): string {
  return JSON.stringify({ event, response: answer });
}

function inContext(changes: object): object {
  return { ...rest, requestContext: { ...rest.requestContext, ...changes } };
}

const accepted: readonly TrafficExample[] = [
  { name: 'an event of a REST API with its response', line: pair(rest), exchange: read },
  {
    name: 'other names for the two',
    line: JSON.stringify({ level: 'info', request: rest, result: response }),
    exchange: read,
  },
  { name: 'an event of an HTTP API', line: pair(http), exchange: readHttp },
  {
    name: 'an event of a load balancer',
    line: pair(balancer, { ...response, statusCode: '200' }),
    exchange: {
      ...read,
      startedAt: '2026-01-05T10:00:00.000Z',
      target: '/users/7?full=1%202',
      scheme: 'http',
      service: '',
      consumer: '',
      requestHeaders: balancer.headers,
      responseHeaderVisibility: 'some',
    },
  },
  {
    name: 'a caller that brought a trace of its own to a load balancer',
    line: pair({
      ...balancer,
      headers: {
        host: 'api.shop.test',
        'x-amzn-trace-id': 'Self=1-695b8ba0-bd862e3f;Root=1-00000001-bd862e3f',
      },
    }),
    exchange: {
      ...read,
      startedAt: '2026-01-05T10:00:00.000Z',
      target: '/users/7?full=1%202',
      scheme: '',
      service: '',
      consumer: '',
      clientAddress: '',
      requestHeaders: {
        host: 'api.shop.test',
        'x-amzn-trace-id': 'Self=1-695b8ba0-bd862e3f;Root=1-00000001-bd862e3f',
      },
      responseHeaderVisibility: 'some',
    },
  },
  {
    name: 'headers that are null, as the console sends them to test',
    line: pair({ ...rest, headers: null, multiValueHeaders: null }),
    exchange: { ...read, requestHeaders: {}, requestHeaderVisibility: 'none' },
  },
  {
    name: 'only single values, and a parameter that was decoded',
    line: pair({
      ...rest,
      multiValueHeaders: null,
      queryStringParameters: { q: 'a b&c' },
      multiValueQueryStringParameters: null,
    }),
    exchange: { ...read, target: '/prod/users/7?q=a%20b%26c', requestHeaders: rest.headers },
  },
  {
    name: 'repeated parameters',
    line: pair({ ...rest, multiValueQueryStringParameters: { full: ['1', '2'], q: ['x'] } }),
    exchange: { ...read, target: '/prod/users/7?full=1&full=2&q=x' },
  },
  {
    name: 'no query, no path in the context',
    line: pair({
      ...inContext({ path: undefined }),
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
    }),
    exchange: { ...read, target: '/users/7' },
  },
  {
    name: 'bodies in base64, several headers of one name',
    line: pair(
      { ...rest, body: 'aGVsbG8=', isBase64Encoded: true },
      {
        ...response,
        multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
        body: 'e30=',
        isBase64Encoded: true,
      },
    ),
    exchange: { ...read, responseHeaders: { 'Set-Cookie': 'a=1, b=2' }, bodies: 'hello {}' },
  },
  {
    name: 'the subject of a token of Cognito',
    line: pair(inContext({ authorizer: { claims: { sub: 'u-17' } } })),
    exchange: { ...read, consumer: 'u-17' },
  },
  {
    name: 'a caller of IAM, an API key and a certificate',
    line: pair(
      inContext({
        authorizer: undefined,
        identity: {
          sourceIp: '2001:db8::7',
          userArn: 'arn:aws:iam::123456789012:user/mara',
          apiKey: 'k-123',
          clientCert: { subjectDN: 'CN=partner' },
        },
      }),
    ),
    exchange: {
      ...read,
      consumer: 'arn:aws:iam::123456789012:user/mara',
      clientAddress: '2001:db8::7',
      credentialSeen: true,
    },
  },
  {
    name: 'a caller of IAM at an HTTP API',
    line: pair({
      ...http,
      cookies: undefined,
      requestContext: { ...http.requestContext, authorizer: { iam: { userId: 'AIDAEXAMPLEID' } } },
    }),
    exchange: { ...readHttp, consumer: 'AIDAEXAMPLEID', requestHeaders: http.headers },
  },
  {
    name: 'the context of an authorizer function',
    line: pair({
      ...http,
      requestContext: { ...http.requestContext, authorizer: { lambda: { sub: 'u-18' } } },
    }),
    exchange: { ...readHttp, consumer: 'u-18' },
  },
  {
    name: 'nobody named, and an answer without headers',
    line: pair(inContext({ authorizer: { claims: null } }), { statusCode: 204 }),
    exchange: {
      ...read,
      status: 204,
      consumer: '',
      responseHeaders: {},
      responseHeaderVisibility: 'none',
      bodies: '',
    },
  },
];

const { requestTime, requestTimeEpoch, ...timeless } = rest.requestContext;
const rejected: readonly TrafficExample[] = [
  { name: 'an event alone, of a REST API', line: JSON.stringify(rest), rejected: 'request_without_response' },
  {
    name: 'an event alone, of an HTTP API',
    line: JSON.stringify(http),
    rejected: 'request_without_response',
  },
  {
    name: 'an event in the message of a logger',
    line: JSON.stringify({ level: 'INFO', message: rest, timestamp: '2026-01-05T10:00:00Z' }),
    rejected: 'request_without_response',
  },
  {
    name: 'a WebSocket',
    line: pair(inContext({ connectionId: 'XkAbCcdeIAMCIdg=', eventType: 'MESSAGE' })),
    rejected: 'websocket_event',
  },
  { name: 'no time', line: pair({ ...rest, requestContext: timeless }), rejected: 'no_time' },
  {
    name: 'a time that is none',
    line: pair({ ...rest, requestContext: { ...timeless, requestTime: 'now' } }),
    rejected: 'bad_time',
  },
  { name: 'no method', line: pair({ ...rest, httpMethod: null }), rejected: 'no_request' },
  {
    name: 'a method that is none',
    line: pair({ ...rest, httpMethod: 'G T' }),
    rejected: 'malformed_request',
  },
  { name: 'a function that gave back text', line: pair(rest, 'hello'), rejected: 'no_status' },
  { name: 'a status out of range', line: pair(rest, { statusCode: 99 }), rejected: 'bad_status' },
  { name: 'a cut line', line: pair(rest).slice(0, -40), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: pair(rest).replace('/prod/users/7', '/caf\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
