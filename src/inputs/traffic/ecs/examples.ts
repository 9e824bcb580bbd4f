import type { TrafficExample } from '../../../model/traffic-format.ts';

type Changes = Readonly<Record<string, unknown>>;

/** A document of the nginx integration, nested; most cases below differ from it in one thing. */
const document = {
  '@timestamp': '2026-01-05T10:00:00.250Z',
  ecs: { version: '8.11.0' },
  event: { category: ['web'], dataset: 'nginx.access', kind: 'event', outcome: 'success' },
  http: {
    request: { method: 'GET', referrer: 'https://shop.test/' },
    response: { status_code: 200, body: { bytes: 512 } },
    version: '1.1',
  },
  url: {
    path: '/users/7',
    query: 'full=1',
    original: '/users/7?full=1',
    domain: 'api.shop.test',
    scheme: 'https',
  },
  source: { address: '198.51.100.4', ip: '198.51.100.4' },
  user_agent: { original: 'curl/8.5.0' },
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7?full=1',
  status: 200,
  host: 'api.shop.test',
  scheme: 'https',
  responseBytes: 512,
  clientAddress: '198.51.100.4',
  vantage: 'nginx.access',
};

/** The document with other top-level fields; `undefined` takes one out. */
function line(changes: Changes): string {
  return JSON.stringify({ ...document, ...changes });
}

function withEvent(changes: Changes, others: Changes = {}): string {
  return line({ event: { ...document.event, ...changes }, ...others });
}

function withUrl(url: Changes): string {
  return line({ url });
}

function withHttp(request: Changes, response: Changes): string {
  return line({
    http: {
      request: { ...document.http.request, ...request },
      response: { ...document.http.response, ...response },
    },
  });
}

const DOTTED = {
  '@timestamp': '2026-01-05T10:00:00.250Z',
  'event.dataset': 'nginx.access',
  'http.request.method': 'GET',
  'http.response.status_code': 200,
  'http.response.body.bytes': 512,
  'url.path': '/users/7',
  'url.query': 'full=1',
  'url.domain': 'api.shop.test',
  'url.scheme': 'https',
  'source.ip': '198.51.100.4',
};

const spellings: readonly TrafficExample[] = [
  { name: 'nested objects', line: line({}), exchange: read },
  { name: 'dotted names', line: JSON.stringify(DOTTED), exchange: read },
  {
    name: 'dotted names with lists of values, as searches give fields',
    line: JSON.stringify(Object.fromEntries(Object.entries(DOTTED).map(([name, value]) => [name, [value]]))),
    exchange: read,
  },
  {
    name: 'both in one document, and dotted names inside objects',
    line: line({
      'log.level': 'info',
      http: { 'request.method': 'GET' },
      'http.response': { status_code: '200', 'body.bytes': '512' },
      url: { original: '/users/7?full=1' },
      'url.domain': 'api.shop.test',
      'url.scheme': 'HTTPS',
    }),
    exchange: read,
  },
  {
    name: 'text that looks like an object or a list stays text',
    line: withHttp(
      { id: '{"method":"PUT"}', body: { content: '{"a":[1]}' } },
      { body: { bytes: 512, content: '{"id":7}' } },
    ),
    exchange: { ...read, bodies: '{"a":[1]} {"id":7}' },
  },
  {
    name: 'milliseconds since 1970',
    line: line({ '@timestamp': 1767607200250 }),
    exchange: read,
  },
];

const meanings: readonly TrafficExample[] = [
  {
    name: 'a start and a duration in nanoseconds',
    line: withEvent(
      { start: '2026-01-05T10:00:00.250123Z', duration: 12_500_000 },
      { '@timestamp': '2026-01-05T10:00:01Z' },
    ),
    exchange: { ...read, latencyMs: 12.5 },
  },
  {
    name: 'an end and a duration',
    line: withEvent({ end: '2026-01-05T10:00:00.262Z', duration: '12000000' }),
    exchange: { ...read, latencyMs: 12 },
  },
  {
    name: 'a duration alone does not move the time',
    line: withEvent({ duration: 12_000_000 }),
    exchange: { ...read, latencyMs: 12 },
  },
  {
    name: 'an APM transaction',
    line: line({
      processor: { event: 'transaction' },
      transaction: { duration: { us: 12_500 }, type: 'request' },
      service: { name: 'orders' },
    }),
    exchange: { ...read, latencyMs: 12.5, service: 'orders' },
  },
  {
    name: 'whole sizes before those of bodies',
    line: withHttp({ bytes: 300, body: { bytes: 20 } }, { bytes: 900 }),
    exchange: { ...read, requestBytes: 300, responseBytes: 900 },
  },
  {
    name: 'bodies',
    line: withHttp({ body: { bytes: 20, content: 'a=1' } }, { body: { bytes: 512, content: '{"id":7}' } }),
    exchange: { ...read, requestBytes: 20, bodies: 'a=1 {"id":7}' },
  },
  {
    name: 'a full URL and a port',
    line: withUrl({ full: 'https://api.shop.test:8443/users/7?full=1', domain: 'api.shop.test', port: 8443 }),
    exchange: { ...read, target: 'https://api.shop.test:8443/users/7?full=1', host: 'api.shop.test:8443' },
  },
  {
    name: 'the host as the destination',
    line: line({ url: { path: '/users/7', scheme: 'https' }, destination: { domain: 'edge-3.shop.test' } }),
    exchange: { ...read, target: '/users/7', host: 'edge-3.shop.test' },
  },
  {
    name: 'an original URL with the host, and its path',
    line: withUrl({ original: 'http://api.shop.test/users/7', path: '/users/7' }),
    exchange: { ...read, target: '/users/7', host: '', scheme: 'http' },
  },
  {
    name: 'a TLS version and the subject of a client certificate',
    line: line({
      tls: { version: '1.3', client: { subject: 'CN=partner-9' } },
      url: { path: '/users/7', query: 'full=1' },
    }),
    exchange: { ...read, host: '', credentialSeen: true },
  },
  {
    name: 'a user',
    line: line({ user: { name: 'mara', id: '7' } }),
    exchange: { ...read, consumer: 'mara' },
  },
  {
    name: 'a user who has an id only',
    line: line({ user: { name: '-', id: '7' } }),
    exchange: { ...read, consumer: '7' },
  },
  {
    name: 'the client behind a proxy',
    line: line({ client: { ip: '2001:db8::7' } }),
    exchange: { ...read, clientAddress: '2001:db8::7' },
  },
  {
    name: 'an address in brackets is no list',
    line: line({ source: { address: '[2001:db8::7]:51234' } }),
    exchange: { ...read, clientAddress: '[2001:db8::7]:51234' },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'a log of an application',
    line: '{"@timestamp":"2026-01-05T10:00:00.250Z","log.level":"info","message":"order 7 is paid","ecs.version":"1.6.0","log":{"logger":"app"},"process":{"pid":31}}',
    rejected: 'not_http',
  },
  {
    name: 'an error that APM kept with its request',
    line: line({ processor: { event: 'error' } }),
    rejected: 'not_http',
  },
  {
    name: 'a call that the service made',
    line: line({ processor: { event: 'span' } }),
    rejected: 'client_span',
  },
  { name: 'no time', line: line({ '@timestamp': undefined }), rejected: 'no_time' },
  { name: 'a time without zone', line: line({ '@timestamp': '2026-01-05 10:00:00' }), rejected: 'bad_time' },
  {
    name: 'no method, as in some integrations',
    line: withHttp({ method: undefined }, {}),
    rejected: 'no_request',
  },
  { name: 'no URL', line: line({ url: undefined }), rejected: 'no_request' },
  { name: 'no status', line: withHttp({}, { status_code: undefined }), rejected: 'no_status' },
  { name: 'status 0', line: withHttp({}, { status_code: 0 }), rejected: 'no_response' },
  { name: 'a status out of range', line: withHttp({}, { status_code: 70000 }), rejected: 'bad_status' },
  { name: 'the whole server', line: withUrl({ original: '*' }), rejected: 'no_path' },
  { name: 'a document cut off', line: line({}).slice(0, -40), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: withUrl({ original: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
  {
    name: 'a document with a time and none of the schema',
    line: '{"@timestamp":"2026-01-05T10:00:00.250Z","message":"ready","level":"info"}',
    rejected: 'unknown_format',
  },
];

export const examples: readonly TrafficExample[] = [...spellings, ...meanings, ...rejected];
