import type { TrafficExample } from '../../../model/traffic-format.ts';

/** A record with the fields most jobs choose; most cases below differ from it in one thing. */
const record = {
  CacheCacheStatus: 'dynamic',
  ClientASN: 64496,
  ClientCountry: 'fr',
  ClientIP: '203.0.113.9',
  ClientRequestBytes: 512,
  ClientRequestHost: 'api.shop.test',
  ClientRequestMethod: 'GET',
  ClientRequestPath: '/orders/42',
  ClientRequestProtocol: 'HTTP/2',
  ClientRequestReferer: '',
  ClientRequestScheme: 'https',
  ClientRequestSource: 'eyeball',
  ClientRequestURI: '/orders/42?dry=1',
  ClientRequestUserAgent: 'shop-app/3.1',
  ClientSSLProtocol: 'TLSv1.3',
  ClientMTLSAuthStatus: 'unknown',
  EdgeColoCode: 'CDG',
  EdgeEndTimestamp: 1767607200295000000,
  EdgeResponseBytes: 734,
  EdgeResponseStatus: 200,
  EdgeStartTimestamp: 1767607200250000000,
  EdgeTimeToFirstByteMs: 40,
  OriginResponseDurationMs: 31,
  OriginResponseStatus: 200,
  RayID: '0123456789abcdef',
  SecurityAction: '',
  SecurityActions: [],
  SecuritySources: [],
  WorkerSubrequest: false,
  ZoneName: 'shop.test',
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/orders/42?dry=1',
  status: 200,
  host: 'api.shop.test',
  scheme: 'https',
  latencyMs: 45,
  requestBytes: 512,
  responseBytes: 734,
  clientAddress: '203.0.113.9',
  answeredBy: 'upstream',
};

/** The record with other keys; `undefined` takes a key out. */
function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

const accepted: readonly TrafficExample[] = [
  { name: 'instants in nanoseconds', line: line({}), exchange: read },
  {
    name: 'instants as RFC 3339',
    line: line({ EdgeStartTimestamp: '2026-01-05T10:00:00Z', EdgeEndTimestamp: '2026-01-05T10:00:00Z' }),
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.000Z', latencyMs: 40 },
  },
  {
    name: 'instants as RFC 3339 with decimals',
    line: line({
      EdgeStartTimestamp: '2026-01-05T10:00:00.25Z',
      EdgeEndTimestamp: '2026-01-05T10:00:00.295Z',
    }),
    exchange: read,
  },
  {
    name: 'instants in seconds, and only the origin was timed',
    line: line({
      EdgeStartTimestamp: 1767607200,
      EdgeEndTimestamp: 1767607201,
      EdgeTimeToFirstByteMs: undefined,
    }),
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.000Z', latencyMs: 31 },
  },
  {
    name: 'instants in milliseconds, the end alone',
    line: line({ EdgeStartTimestamp: undefined, EdgeEndTimestamp: 1767607200295 }),
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.295Z', latencyMs: 40 },
  },
  {
    name: 'a job with few fields: the path has no query',
    line: '{"ClientIP":"2001:db8::7","ClientRequestHost":"api.shop.test","ClientRequestMethod":"GET","ClientRequestPath":"/orders/42","EdgeResponseStatus":"200","EdgeStartTimestamp":"1767607200250000000"}',
    exchange: {
      startedAt: read.startedAt,
      method: 'GET',
      target: '/orders/42',
      status: 200,
      host: 'api.shop.test',
      clientAddress: '2001:db8::7',
    },
  },
  {
    name: 'headers and cookies that are custom fields',
    line: line({
      RequestHeaders: { authorization: 'Bearer x' },
      ResponseHeaders: { 'x-ratelimit-limit': '60' },
      Cookies: { session: 'abc' },
    }),
    exchange: {
      ...read,
      credentialSeen: true,
      requestHeaders: { authorization: 'Bearer x' },
      responseHeaders: { 'x-ratelimit-limit': '60' },
      requestHeaderVisibility: 'some',
      responseHeaderVisibility: 'some',
    },
  },
  {
    name: 'a client certificate that was verified',
    line: line({ ClientMTLSAuthStatus: 'ok' }),
    exchange: { ...read, credentialSeen: true },
  },
  {
    name: 'plain HTTP, told by the TLS protocol',
    line: line({ ClientRequestScheme: undefined, ClientSSLProtocol: 'none' }),
    exchange: { ...read, scheme: 'http' },
  },
  {
    name: 'a hit in the cache',
    line: line({ CacheCacheStatus: 'hit', OriginResponseStatus: 0 }),
    exchange: { ...read, answeredBy: '' },
  },
  {
    name: 'a rule blocks',
    line: line({
      EdgeResponseStatus: 403,
      OriginResponseStatus: 0,
      SecurityAction: 'block',
      SecurityActions: ['log', 'block'],
      SecuritySources: ['firewallCustom', 'apiShieldSchemaValidation'],
    }),
    exchange: { ...read, status: 403, answeredBy: 'gateway', schemaValidated: true },
  },
  {
    name: 'a rate limit challenges',
    line: line({
      EdgeResponseStatus: 429,
      OriginResponseStatus: 0,
      SecurityActions: ['managedChallenge'],
      SecuritySources: ['rateLimit'],
    }),
    exchange: { ...read, status: 429, answeredBy: 'gateway' },
  },
  {
    name: 'the fields of old jobs: the firewall blocks',
    line: line({
      EdgeResponseStatus: 403,
      OriginResponseStatus: undefined,
      SecurityAction: undefined,
      SecurityActions: undefined,
      WAFAction: 'block',
      FirewallMatchesActions: ['block'],
    }),
    exchange: { ...read, status: 403, answeredBy: 'gateway' },
  },
  {
    name: 'a challenge that was solved stops nothing',
    line: line({ SecurityActions: ['managedChallengeNonInteractiveSolved'] }),
    exchange: read,
  },
  {
    name: 'the origin does not answer',
    line: line({ EdgeResponseStatus: 522, OriginResponseStatus: 0 }),
    exchange: { ...read, status: 522, answeredBy: 'gateway' },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'an event of the firewall: its request is a record of its own',
    line: '{"Action":"block","ClientIP":"203.0.113.9","ClientRequestHost":"api.shop.test","ClientRequestMethod":"GET","ClientRequestPath":"/","ClientRequestScheme":"https","Datetime":"2026-01-05T10:00:00Z","EdgeResponseStatus":403,"Kind":"firewall","RayID":"0123456789abcdef","RuleID":"1","Source":"waf"}',
    rejected: 'firewall_event',
  },
  { name: 'what a worker asked', line: line({ WorkerSubrequest: true }), rejected: 'worker_subrequest' },
  {
    name: 'no instant',
    line: line({ EdgeStartTimestamp: undefined, EdgeEndTimestamp: undefined }),
    rejected: 'no_time',
  },
  { name: 'an instant that is none', line: line({ EdgeStartTimestamp: 'now' }), rejected: 'bad_time' },
  { name: 'no method', line: line({ ClientRequestMethod: '' }), rejected: 'no_request' },
  { name: 'the connection was closed', line: line({ EdgeResponseStatus: 0 }), rejected: 'no_response' },
  { name: 'no status', line: line({ EdgeResponseStatus: null }), rejected: 'no_status' },
  { name: 'a status out of range', line: line({ EdgeResponseStatus: -1 }), rejected: 'bad_status' },
  { name: 'a record that was cut', line: line({}).slice(0, -30), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: line({ ClientRequestURI: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
