import type { TrafficExample } from '../../../model/traffic-format.ts';

type Changes = Readonly<Record<string, unknown>>;

/** An entry of a recording proxy; most cases below differ from it in one thing. */
const request = {
  method: 'GET',
  url: 'https://api.shop.test:8443/users/7?full=1',
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headers: [
    { name: 'Host', value: 'api.shop.test:8443' },
    { name: 'Accept', value: '*/*' },
  ],
  queryString: [{ name: 'full', value: '1' }],
  headersSize: 120,
  bodySize: 0,
};
const response = {
  status: 200,
  statusText: 'OK',
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headers: [{ name: 'Content-Type', value: 'application/json' }],
  content: { size: 12, mimeType: 'application/json', text: '{"id":7}' },
  redirectURL: '',
  headersSize: 300,
  bodySize: 12,
};
const entry = {
  startedDateTime: '2026-01-05T10:00:00.250Z',
  time: 12.5,
  request,
  response,
  cache: {},
  timings: { send: 0.5, wait: 11, receive: 1 },
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7?full=1',
  status: 200,
  host: 'api.shop.test:8443',
  scheme: 'https',
  latencyMs: 12.5,
  requestBytes: 120,
  responseBytes: 312,
  requestHeaders: { Host: 'api.shop.test:8443', Accept: '*/*' },
  responseHeaders: { 'Content-Type': 'application/json' },
  requestHeaderVisibility: 'full',
  responseHeaderVisibility: 'full',
  bodies: '{"id":7}',
};

/** The entry with other fields; `undefined` takes one out. */
function line(changes: Changes): string {
  return JSON.stringify({ ...entry, ...changes });
}

function requesting(changes: Changes, around: Changes = {}): string {
  return line({ ...around, request: { ...request, ...changes } });
}

function answering(changes: Changes, around: Changes = {}): string {
  return line({ ...around, response: { ...response, ...changes } });
}

function content(text: unknown, encoding?: string): string {
  return answering({ content: { ...response.content, text, encoding } });
}

const requests: readonly TrafficExample[] = [
  { name: 'an entry of a recording proxy', line: line({}), exchange: read },
  {
    name: 'a start with an offset without colon, and sizes that are not known',
    line: line({
      startedDateTime: '2026-01-05T15:30:00.250+0530',
      time: -1,
      request: { ...request, headersSize: -1, bodySize: -1 },
      response: { ...response, headersSize: -1, bodySize: -1 },
    }),
    exchange: { ...read, latencyMs: null, requestBytes: null, responseBytes: null },
  },
  {
    name: 'an URL without host, and the query beside it',
    line: requesting({ url: '/users/7' }),
    exchange: { ...read, scheme: '' },
  },
  {
    name: 'an URL with a user and a fragment, and no path',
    line: requesting({ url: 'http://mara:x@API.shop.test?a=1#top' }),
    exchange: { ...read, target: '/?a=1', host: 'API.shop.test', scheme: 'http' },
  },
  {
    name: 'the handshake of a WebSocket',
    line: answering(
      { status: 101, content: {} },
      { request: { ...request, url: 'wss://api.shop.test/feed', queryString: [] }, _webSocketMessages: [] },
    ),
    exchange: { ...read, target: '/feed', host: 'api.shop.test', status: 101, bodies: '' },
  },
  {
    name: 'cookies without their header',
    line: requesting({ cookies: [{ name: 'session', value: 'x' }] }),
    exchange: { ...read, credentialSeen: true },
  },
  {
    name: 'a body of the request',
    line: requesting({ method: 'POST', postData: { mimeType: 'text/plain', text: 'hello' } }),
    exchange: { ...read, method: 'POST', bodies: 'hello {"id":7}' },
  },
  {
    name: 'a body of the request as parameters',
    line: requesting({
      method: 'POST',
      postData: {
        mimeType: 'application/x-www-form-urlencoded',
        params: [
          { name: 'a', value: '1' },
          { name: 'b', value: '2' },
        ],
      },
    }),
    exchange: { ...read, method: 'POST', bodies: 'a=1&b=2 {"id":7}' },
  },
];

const BROWSER = {
  pageref: 'page_1',
  _initiator: { type: 'script' },
  _priority: 'High',
  _resourceType: 'fetch',
};
const PSEUDO = [
  { name: ':authority', value: 'api.shop.test' },
  { name: ':method', value: 'GET' },
  { name: 'accept', value: '*/*' },
];

const browsers: readonly TrafficExample[] = [
  {
    name: 'Chrome over HTTP/2: pseudo headers, no size of the headers, credentials left out by default',
    line: line({
      ...BROWSER,
      request: { ...request, headers: PSEUDO, headersSize: -1 },
      response: { ...response, headersSize: -1, bodySize: -1, _transferSize: 290 },
    }),
    exchange: {
      ...read,
      requestBytes: 0,
      responseBytes: 290,
      requestHeaders: { accept: '*/*' },
      requestHeaderVisibility: 'some',
    },
  },
  {
    name: 'a browser that exports credentials shows all headers',
    line: requesting({ headers: [...request.headers, { name: 'Cookie', value: 'session=x' }] }, BROWSER),
    exchange: { ...read, requestHeaders: { ...read.requestHeaders, Cookie: 'session=x' } },
  },
  {
    name: 'Firefox',
    line: line({
      pageref: 'page_1',
      startedDateTime: '2026-01-05T11:00:00.250+01:00',
      _securityState: 'secure',
    }),
    exchange: { ...read, requestHeaderVisibility: 'some' },
  },
];

const answers: readonly TrafficExample[] = [
  {
    name: 'a body in base64',
    line: content(Buffer.from('{"mail":"a@shop.test"}').toString('base64'), 'base64'),
    exchange: { ...read, bodies: '{"mail":"a@shop.test"}' },
  },
  {
    name: 'an image in base64',
    line: content('/9j/4AAQSkZJRg==', 'base64'),
    exchange: { ...read, bodies: '' },
  },
  { name: 'base64 that is none', line: content('%%%', 'base64'), exchange: { ...read, bodies: '' } },
  { name: 'no body', line: content(undefined), exchange: { ...read, bodies: '' } },
  {
    name: 'no headers at all',
    line: line({ request: { ...request, headers: [] }, response: { ...response, headers: null } }),
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
  { name: 'no start', line: line({ startedDateTime: undefined }), rejected: 'no_time' },
  {
    name: 'a start without zone',
    line: line({ startedDateTime: '2026-01-05T10:00:00' }),
    rejected: 'bad_time',
  },
  { name: 'no method', line: requesting({ method: '' }), rejected: 'no_request' },
  { name: 'no URL', line: requesting({ url: undefined, queryString: [] }), rejected: 'no_request' },
  { name: 'data in the URL', line: requesting({ url: 'data:image/png;base64,AAAA' }), rejected: 'not_http' },
  {
    name: 'a file of an extension',
    line: requesting({ url: 'chrome-extension://abc/x.js' }),
    rejected: 'not_http',
  },
  {
    name: 'from the cache of the browser',
    line: line({ ...BROWSER, _fromCache: 'disk' }),
    rejected: 'from_cache',
  },
  { name: 'no status', line: line({ response: undefined }), rejected: 'no_status' },
  {
    name: 'blocked or aborted',
    line: answering({ status: 0, _error: 'net::ERR_ABORTED' }),
    rejected: 'no_response',
  },
  { name: 'a status out of range', line: answering({ status: 70000 }), rejected: 'bad_status' },
  { name: 'a host alone', line: requesting({ url: 'users', queryString: [] }), rejected: 'no_path' },
  { name: 'an entry cut off', line: line({}).slice(0, -40), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: requesting({ url: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...requests, ...browsers, ...answers, ...rejected];
