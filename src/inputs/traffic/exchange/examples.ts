import type { TrafficExample } from '../../../model/traffic-format.ts';

const record = { startedAt: '2026-01-05T10:00:00.250Z', method: 'GET', target: '/users/7', status: 200 };
const read = record;

function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

const everything = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'POST',
  target: '/orders/42?dry=1',
  status: 201,
  host: 'api.shop.test',
  scheme: 'https',
  latencyMs: 45.5,
  requestBytes: 512,
  responseBytes: 734,
  service: 'order-service',
  consumer: 'web-shop',
  clientAddress: '203.0.113.9:51234',
  requestHeaders: { Host: 'api.shop.test', 'X-API-Key': 'k-123' },
  requestHeaderVisibility: 'full',
  responseHeaders: { 'Content-Type': 'application/json' },
  responseHeaderVisibility: 'full',
  answeredBy: 'upstream',
  schemaValidated: true,
  vantage: 'edge-frankfurt',
};

const accepted: readonly TrafficExample[] = [
  {
    name: 'all keys',
    line: JSON.stringify({
      ...everything,
      clientCertificate: true,
      requestBody: 'mail=a@b.test',
      responseBody: 'ok',
    }),
    exchange: { ...everything, credentialSeen: true, bodies: 'mail=a@b.test ok' },
  },
  { name: 'the four required keys', line: line({}), exchange: read },
  { name: 'milliseconds since 1970', line: line({ startedAt: 1767607200250 }), exchange: read },
  { name: 'milliseconds with a fraction', line: line({ startedAt: 1767607200250.75 }), exchange: read },
  { name: 'a time with offset', line: line({ startedAt: '2026-01-05T11:30:00.250+01:30' }), exchange: read },
  {
    name: 'a time without fraction',
    line: line({ startedAt: '2026-01-05T10:00:00Z' }),
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.000Z' },
  },
  {
    name: 'nanoseconds are cut',
    line: line({ startedAt: '2026-01-05T10:00:00.250999999Z' }),
    exchange: read,
  },
  { name: 'a time in small letters', line: line({ startedAt: '2026-01-05t10:00:00.250z' }), exchange: read },
  {
    name: 'an absolute target',
    line: line({ target: 'https://api.shop.test/users/7' }),
    exchange: { ...read, target: 'https://api.shop.test/users/7' },
  },
  {
    name: 'a header with several values',
    line: line({ requestHeaders: { 'x-tenant': ['a', 'b'] } }),
    exchange: { ...read, requestHeaders: { 'x-tenant': '["a","b"]' }, requestHeaderVisibility: 'full' },
  },
  {
    name: 'some headers, and none',
    line: line({
      requestHeaders: { cookie: 's' },
      requestHeaderVisibility: 'some',
      responseHeaderVisibility: 'none',
    }),
    exchange: { ...read, requestHeaders: { cookie: 's' }, requestHeaderVisibility: 'some' },
  },
  {
    name: 'all headers are known, and there were none',
    line: line({ responseHeaders: {}, responseHeaderVisibility: 'full' }),
    exchange: { ...read, responseHeaderVisibility: 'full' },
  },
  {
    name: 'a word for the visibility that is not ours promises nothing',
    line: line({ requestHeaders: { cookie: 's' }, requestHeaderVisibility: 'all' }),
    exchange: { ...read, requestHeaders: { cookie: 's' }, requestHeaderVisibility: 'some' },
  },
  { name: 'a scheme in capitals', line: line({ scheme: 'HTTPS' }), exchange: { ...read, scheme: 'https' } },
  { name: 'a scheme that is neither', line: line({ scheme: 'ftp' }), exchange: read },
  { name: 'an answer by somebody else', line: line({ answeredBy: 'cache' }), exchange: read },
  { name: 'a latency below zero is unknown', line: line({ latencyMs: -1 }), exchange: read },
  {
    name: 'keys that are null',
    line: line({ host: null, requestHeaders: null, latencyMs: null, vantage: null }),
    exchange: read,
  },
  { name: 'keys of the producer', line: line({ requestId: 'r-1', tags: ['a'] }), exchange: read },
  {
    name: 'callers cannot make it another format by the names of their headers',
    line: line({ requestHeaders: { started_at: '1', client_ip: '2', latencies: '3' } }),
    exchange: {
      ...read,
      requestHeaders: { started_at: '1', client_ip: '2', latencies: '3' },
      requestHeaderVisibility: 'full',
    },
  },
];

const rejected: readonly TrafficExample[] = [
  { name: 'a time without offset', line: line({ startedAt: '2026-01-05T10:00:00' }), rejected: 'bad_time' },
  {
    name: 'a month that does not exist',
    line: line({ startedAt: '2026-13-05T10:00:00Z' }),
    rejected: 'bad_time',
  },
  {
    name: 'a day that does not exist',
    line: line({ startedAt: '2026-02-30T10:00:00Z' }),
    rejected: 'bad_time',
  },
  {
    name: 'an hour that does not exist',
    line: line({ startedAt: '2026-01-05T25:00:00Z' }),
    rejected: 'bad_time',
  },
  { name: 'a start that is a word', line: line({ startedAt: 'yesterday' }), rejected: 'bad_time' },
  { name: 'a start that is null', line: line({ startedAt: null }), rejected: 'no_time' },
  { name: 'no start', line: line({ startedAt: undefined }), rejected: 'no_time' },
  { name: 'no target', line: line({ target: undefined }), rejected: 'no_request' },
  { name: 'an empty method', line: line({ method: '' }), rejected: 'no_request' },
  { name: 'a target that is no path', line: line({ target: 'users/7' }), rejected: 'no_path' },
  { name: 'no status', line: line({ status: undefined }), rejected: 'no_status' },
  { name: 'a status out of range', line: line({ status: 600 }), rejected: 'bad_status' },
  { name: 'a status that is a word', line: line({ status: 'ok' }), rejected: 'bad_status' },
  { name: 'the year 1', line: line({ startedAt: '0001-01-01T00:00:00Z' }), rejected: 'outside_retention' },
  { name: 'the year 9999', line: line({ startedAt: '9999-12-31T23:59:59Z' }), rejected: 'in_future' },
  {
    name: 'milliseconds beyond every calendar',
    line: line({ startedAt: 99999999999999 }),
    rejected: 'in_future',
  },
  {
    name: 'another record with some of the same keys',
    line: '{"startedAt":"2026-01-05T10:00:00Z","status":"done","job":"backup"}',
    rejected: 'unknown_format',
  },
  { name: 'truncated', line: line({}).slice(0, -1), rejected: 'bad_json' },
  {
    name: 'a number that no JSON reader takes',
    line: line({}).replace('200', '1e999'),
    rejected: 'bad_json',
  },
  {
    name: 'bytes that are not UTF-8',
    line: line({ host: '\udcff' }).replace('\\udcff', '\udcff'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
