import type { TrafficExample } from '../../../model/traffic-format.ts';

const read = {
  startedAt: '2026-01-05T10:00:00.000Z',
  method: 'GET',
  target: '/users/7?full=1',
  status: 200,
  host: 'api.shop.test',
  scheme: 'https',
  responseBytes: 734,
  clientAddress: '198.51.100.4',
};
const byUpstream = { ...read, answeredBy: 'upstream' };

/** A line of a proxy host; what is not given is as in a call that its upstream answered. */
function line(changes: Readonly<Record<string, string>> = {}): string {
  const { at, answer, asked, target, details, agent } = {
    at: '[05/Jan/2026:10:00:00 +0000]',
    answer: '- 200 200',
    asked: 'GET https api.shop.test',
    target: '/users/7?full=1',
    details: '[Client 198.51.100.4] [Length 734] [Gzip 3.10] [Sent-to 10.0.0.21]',
    agent: 'curl/8.5.0',
    ...changes,
  };
  return `${at} ${answer} - ${asked} "${target}" ${details} "${agent}" "-"`;
}

const UNSENT = '[Client 198.51.100.4] [Length 734] [Gzip -]';

const accepted: readonly TrafficExample[] = [
  { name: 'a proxy host', line: line(), exchange: byUpstream },
  { name: 'a line that ends with a carriage return', line: `${line()}\r`, exchange: byUpstream },
  {
    name: 'a redirection host has no upstream',
    line: line({ answer: '301', details: UNSENT, asked: 'GET http api.shop.test' }),
    exchange: { ...read, status: 301, scheme: 'http' },
  },
  { name: 'the cache missed', line: line({ answer: 'MISS 200 200' }), exchange: byUpstream },
  { name: 'the cache hit', line: line({ answer: 'HIT - 200' }), exchange: read },
  {
    name: 'a second try',
    line: line({ answer: '- 502, 200 200' }),
    exchange: byUpstream,
  },
  {
    name: 'an upstream that failed',
    line: line({ answer: '- 502 504' }),
    exchange: { ...read, status: 504 },
  },
  {
    name: 'refused by an access list',
    line: line({ answer: '- - 403' }),
    exchange: { ...read, status: 403, answeredBy: 'gateway' },
  },
  {
    name: 'a client that left shows no rule',
    line: line({ answer: '- - 499' }),
    exchange: { ...read, status: 499 },
  },
  {
    name: 'an IPv6 client and fields that an extension adds',
    line: line({
      details:
        '[Client 2001:db8::7] [Country NL] [Rx 321] [Tx 901] [Length 734] [Gzip -] [Sent-to 10.0.0.21]',
    }),
    exchange: { ...byUpstream, clientAddress: '2001:db8::7' },
  },
  {
    name: 'quotes that nginx escapes in the target and the user agent',
    line: line({ target: '/a\\x22 [Client 10.9.9.9]', agent: '\\x22 [Length 1]' }),
    exchange: { ...byUpstream, target: '/a%22 [Client 10.9.9.9]' },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'a stream',
    line: '[05/Jan/2026:10:00:00 +0000] [Client 198.51.100.4:51234] TCP 200 634 133 0.044 [Sent-to 10.0.0.21:5432]',
    rejected: 'stream_record',
  },
  { name: 'a line cut in the user agent', line: line().slice(0, -8), rejected: 'unbalanced_quotes' },
  { name: 'a line cut in the target', line: line().slice(0, 70), rejected: 'unbalanced_quotes' },
  {
    name: 'a format of the operator that begins in the same way',
    line: line({ details: '0.044' }),
    rejected: 'not_in_layout',
  },
  {
    name: 'a day that does not exist',
    line: line({ at: '[30/Feb/2026:10:00:00 +0000]' }),
    rejected: 'bad_time',
  },
  { name: 'a connection without answer', line: line({ answer: '- - 000' }), rejected: 'no_response' },
  {
    name: 'bytes that were no request',
    line: line({ answer: '- - 400', asked: '- http -', target: '' }),
    rejected: 'empty_request',
  },
  {
    name: 'a method that is none',
    line: line({ asked: 'g=t https api.shop.test' }),
    rejected: 'malformed_request',
  },
  { name: 'a status that is none', line: line({ answer: '- - -' }), rejected: 'bad_status' },
  { name: 'a call for the whole server', line: line({ target: '*' }), rejected: 'no_path' },
  {
    name: 'the error log',
    line: '2026/01/05 10:00:00 [error] 334#334: *338 user "mara": password mismatch, client: 198.51.100.4, server: api.shop.test, request: "GET / HTTP/1.1", host: "api.shop.test"',
    rejected: 'error_log',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
