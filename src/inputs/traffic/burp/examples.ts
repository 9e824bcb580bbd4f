import type { TrafficExample } from '../../../model/traffic-format.ts';

const burpItem = {
  time: 'Mon Jan 05 15:00:00 PKT 2026',
  startedAt: '2026-01-05T10:00:00.000Z',
  protocol: 'https',
  host: 'api.shop.test',
  port: '443',
  method: 'POST',
  target: '/orders?dry=1',
  status: '201',
  responseLength: '210',
};
const request = {
  bytes: 180,
  headers: { host: 'api.shop.test', authorization: 'Bearer x' },
  body: '{"a":1}',
};
const response = { bytes: 210, headers: { 'content-type': 'application/json' }, body: '{"id":7}' };
const read = {
  startedAt: '2026-01-05T10:00:00.000Z',
  method: 'POST',
  target: '/orders?dry=1',
  status: 201,
  host: 'api.shop.test',
  scheme: 'https',
  requestBytes: 180,
  responseBytes: 210,
  requestHeaders: request.headers,
  responseHeaders: response.headers,
  requestHeaderVisibility: 'full',
  responseHeaderVisibility: 'full',
  bodies: '{"a":1} {"id":7}',
};

/** An item with other fields; `undefined` takes one out. */
function line(changes: Readonly<Record<string, unknown>> = {}, others: object = {}): string {
  return JSON.stringify({ burpItem: { ...burpItem, ...changes }, request, response, ...others });
}

const accepted: readonly TrafficExample[] = [
  { name: 'an item with both messages', line: line(), exchange: read },
  {
    name: 'plain text on a port of its own, without bodies',
    line: line(
      { protocol: 'http', port: '8080' },
      { request: { ...request, body: '' }, response: { ...response, body: '' } },
    ),
    exchange: { ...read, scheme: 'http', host: 'api.shop.test:8080', bodies: '' },
  },
  {
    name: 'an item whose messages were not saved',
    line: line({}, { request: undefined, response: undefined }),
    exchange: {
      ...read,
      requestBytes: null,
      requestHeaders: {},
      responseHeaders: {},
      requestHeaderVisibility: 'none',
      responseHeaderVisibility: 'none',
      bodies: '',
    },
  },
  {
    name: 'neither host nor protocol',
    line: line({ host: undefined, protocol: undefined }),
    exchange: { ...read, host: '', scheme: '' },
  },
];

const rejected: readonly TrafficExample[] = [
  { name: 'no time', line: line({ time: '', startedAt: undefined }), rejected: 'no_time' },
  {
    name: 'a zone nobody knows',
    line: line({ time: 'Mon Jan 05 15:00:00 XYZ 2026', startedAt: undefined }),
    rejected: 'bad_time',
  },
  { name: 'no request', line: line({ method: undefined }), rejected: 'no_request' },
  { name: 'no answer', line: line({ status: '' }), rejected: 'no_response' },
  { name: 'a status of zero', line: line({ status: '0' }), rejected: 'no_response' },
  { name: 'a status out of range', line: line({ status: '700' }), rejected: 'bad_status' },
  { name: 'a target that is no path', line: line({ target: 'orders' }), rejected: 'no_path' },
  { name: 'a truncated line', line: line().slice(0, -20), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: line({ target: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
