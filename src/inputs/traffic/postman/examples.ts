import type { TrafficExample } from '../../../model/traffic-format.ts';

const example = {
  method: 'GET',
  target: '/users/7',
  scheme: 'https',
  host: 'api.shop.test',
  isAuthorized: false,
  wasSent: false,
  isAnswered: true,
  startedAt: '2026-01-05T10:00:00.000Z',
  status: 200,
  latencyMs: 112,
};
const messages = {
  requestHeaders: { accept: '*/*' },
  responseHeaders: { date: 'Mon, 05 Jan 2026 10:00:00 GMT' },
  responseBody: '{"id":7}',
};
const read = {
  startedAt: '2026-01-05T10:00:00.000Z',
  method: 'GET',
  target: '/users/7',
  status: 200,
  host: 'api.shop.test',
  scheme: 'https',
  latencyMs: 112,
  requestHeaders: messages.requestHeaders,
  responseHeaders: messages.responseHeaders,
  requestHeaderVisibility: 'some',
  responseHeaderVisibility: 'full',
  bodies: ' {"id":7}',
};

/** An example with other fields; `undefined` takes one out. */
function line(changes: Readonly<Record<string, unknown>> = {}, others: object = {}): string {
  return JSON.stringify({ postmanExample: { ...example, ...changes }, ...messages, ...others });
}

const accepted: readonly TrafficExample[] = [
  { name: 'a saved response', line: line(), exchange: read },
  {
    name: 'a request with an authorization of its folder',
    line: line({ isAuthorized: true }),
    exchange: { ...read, credentialSeen: true },
  },
  {
    name: 'a request that Newman sent',
    line: line({ wasSent: true, bodyBytes: 8 }),
    exchange: { ...read, requestHeaderVisibility: 'full', responseBytes: 8 },
  },
  {
    name: 'an answer without Date, saved at a known time, was written by hand',
    line: line({}, { responseHeaders: { 'content-type': 'application/json' } }),
    exchange: {
      ...read,
      responseHeaders: { 'content-type': 'application/json' },
      responseHeaderVisibility: 'some',
    },
  },
  {
    name: 'neither host nor duration, no headers, no bodies',
    line: line(
      { host: '', scheme: '', latencyMs: null },
      { requestHeaders: {}, responseHeaders: {}, responseBody: undefined },
    ),
    exchange: {
      ...read,
      host: '',
      scheme: '',
      latencyMs: null,
      requestHeaders: {},
      responseHeaders: {},
      requestHeaderVisibility: 'none',
      responseHeaderVisibility: 'none',
      bodies: '',
    },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'a request without saved response',
    line: line({ isAnswered: false, status: undefined, startedAt: undefined }),
    rejected: 'no_response',
  },
  { name: 'no target', line: line({ target: '' }), rejected: 'no_request' },
  { name: 'nothing says when', line: line({ startedAt: undefined }), rejected: 'no_time' },
  { name: 'a time that is none', line: line({ startedAt: 'once' }), rejected: 'bad_time' },
  { name: 'no status', line: line({ status: undefined }), rejected: 'no_status' },
  { name: 'a status out of range', line: line({ status: 0 }), rejected: 'bad_status' },
  { name: 'a target that is no path', line: line({ target: 'users' }), rejected: 'no_path' },
  { name: 'a truncated line', line: line().slice(0, -20), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: line({ target: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
