import type { TrafficExample } from '../../../model/traffic-format.ts';

/** A record of a stream that keeps hyphens; most cases below differ from it in one thing. */
const record = {
  version: '2',
  streamId: '12345',
  cp: '123456',
  reqId: '1239f220',
  reqTimeSec: '1767607200.250',
  bytes: '700',
  cliIP: '203.0.113.9',
  statusCode: '200',
  proto: 'HTTPS',
  reqHost: 'api.shop.test',
  reqMethod: 'GET',
  reqPath: 'orders/42',
  reqPort: '443',
  rspContentLen: '700',
  rspContentType: 'application/json',
  UA: 'shop-app%2f3.1',
  tlsOverheadTimeMSec: '0',
  tlsVersion: 'TLSv1.3',
  overheadBytes: '34',
  totalBytes: '734',
  queryStr: 'dry=1',
  accLang: '-',
  cookie: '-',
  range: '-',
  referer: '-',
  xForwardedFor: '-',
  maxAgeSec: '-',
  reqEndTimeMSec: '3',
  errorCode: '-',
  turnAroundTimeMSec: '40',
  transferTimeMSec: '2',
  dnsLookupTimeMSec: '-',
  cacheStatus: '0',
  country: 'FR',
  securityRules: '-',
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/orders/42?dry=1',
  status: 200,
  host: 'api.shop.test',
  scheme: 'https',
  latencyMs: 45,
  responseBytes: 734,
  clientAddress: '203.0.113.9',
};

/** The record with other keys; `undefined` takes a key out. */
function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

const accepted: readonly TrafficExample[] = [
  { name: 'a record of a delivery stream', line: line({}), exchange: read },
  {
    name: 'a stream with few fields leaves out what is not there',
    line: '{"reqTimeSec":1767607200.25,"cliIP":"2001:db8::7","statusCode":200,"reqHost":"api.shop.test","reqMethod":"GET","reqPath":"/orders/42","bytes":700}',
    exchange: {
      startedAt: read.startedAt,
      method: 'GET',
      target: '/orders/42',
      status: 200,
      host: 'api.shop.test',
      responseBytes: 700,
      clientAddress: '2001:db8::7',
    },
  },
  {
    name: 'the root, and characters that are hex-encoded',
    line: line({ reqPath: '-', queryStr: 'q=a%20b%c3%a9' }),
    exchange: { ...read, target: '/?q=a%20b%c3%a9' },
  },
  {
    name: 'plain HTTP, the version in place of the scheme',
    line: line({ proto: 'HTTP/1.1', tlsVersion: '-', reqPort: '80' }),
    exchange: { ...read, scheme: 'http' },
  },
  {
    name: 'a version in place of the scheme and no word on TLS',
    line: line({ proto: 'HTTP/1.1', tlsVersion: undefined }),
    exchange: { ...read, scheme: '' },
  },
  { name: 'a cookie', line: line({ cookie: 'session%3dabc' }), exchange: { ...read, credentialSeen: true } },
  {
    name: 'a firewall rule denies',
    line: line({
      statusCode: '403',
      errorCode: 'ERR_ACCESS_DENIED|waf_deny',
      securityRules: 'shop_1234|3900000:3900001|3990001',
    }),
    exchange: { ...read, status: 403, answeredBy: 'gateway' },
  },
  {
    name: 'a deny rule without an error code',
    line: line({ statusCode: '429', securityRules: 'shop_1234||RATE_1' }),
    exchange: { ...read, status: 429, answeredBy: 'gateway' },
  },
  {
    name: 'a rule that only alerts stops nothing',
    line: line({ securityRules: 'shop_1234|3900000|-' }),
    exchange: read,
  },
  {
    name: 'the origin does not answer',
    line: line({ statusCode: '504', errorCode: 'ERR_READ_TIMEOUT', transferTimeMSec: '-' }),
    exchange: { ...read, status: 504, latencyMs: null, answeredBy: 'gateway' },
  },
];

const rejected: readonly TrafficExample[] = [
  { name: 'what one edge asked of another', line: line({ isMidgress: '1' }), rejected: 'midgress' },
  { name: 'no time', line: line({ reqTimeSec: undefined }), rejected: 'no_time' },
  { name: 'a time that is none', line: line({ reqTimeSec: '-' }), rejected: 'bad_time' },
  { name: 'no method', line: line({ reqMethod: '-' }), rejected: 'no_request' },
  { name: 'no path', line: line({ reqPath: undefined }), rejected: 'no_request' },
  { name: 'the client left', line: line({ statusCode: '0' }), rejected: 'no_response' },
  { name: 'no status', line: line({ statusCode: undefined }), rejected: 'no_status' },
  { name: 'a status that is none', line: line({ statusCode: '-' }), rejected: 'bad_status' },
  { name: 'a record that was cut', line: line({}).slice(0, -30), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: line({ reqPath: 'caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
