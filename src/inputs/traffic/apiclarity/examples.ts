import type { TrafficExample } from '../../../model/traffic-format.ts';

const requestHeaders = [
  { key: 'host', value: 'orders:8000' },
  { key: 'accept', value: 'application/json' },
  { key: 'authorization', value: 'Bearer abc' },
];
const responseHeaders = [
  { key: 'content-type', value: 'application/json' },
  { key: 'date', value: 'Mon, 05 Jan 2026 10:00:00 GMT' },
];
/** A trace of a gateway's plugin; most cases below differ from it in one thing. */
const request = {
  method: 'POST',
  path: '/orders?dry=1',
  host: 'api.shop.test',
  common: {
    version: '1.1',
    headers: requestHeaders,
    body: Buffer.from('{"sku":"A-1"}').toString('base64'),
    TruncatedBody: false,
    time: 1767607200250,
  },
};
const response = {
  statusCode: '201',
  common: {
    version: '1.1',
    headers: responseHeaders,
    body: Buffer.from('{"id":42}').toString('base64'),
    TruncatedBody: false,
    time: 1767607200295,
  },
};
const record = {
  requestID: '0a1b2c3d-0000-4000-8000-000000000001',
  scheme: 'http',
  destinationAddress: '10.116.207.196:8000',
  destinationNamespace: 'shop',
  sourceAddress: '203.0.113.9:40210',
  request,
  response,
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'POST',
  target: '/orders?dry=1',
  status: 201,
  host: 'api.shop.test',
  scheme: 'http',
  latencyMs: 45,
  requestBytes: 13,
  responseBytes: 9,
  clientAddress: '203.0.113.9:40210',
  requestHeaders: { host: 'orders:8000', accept: 'application/json', authorization: 'Bearer abc' },
  responseHeaders: { 'content-type': 'application/json', date: 'Mon, 05 Jan 2026 10:00:00 GMT' },
  requestHeaderVisibility: 'full',
  responseHeaderVisibility: 'full',
  bodies: '{"sku":"A-1"} {"id":42}',
};

/** The trace with other top-level keys; `undefined` takes a key out. */
function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

function withRequest(changes: object, common: object = {}): string {
  return line({ request: { ...request, ...changes, common: { ...request.common, ...common } } });
}

function withResponse(changes: object, common: object = {}): string {
  return line({ response: { ...response, ...changes, common: { ...response.common, ...common } } });
}

const accepted: readonly TrafficExample[] = [
  { name: 'a trace with all fields', line: line({}), exchange: read },
  {
    name: 'a trace of a sidecar, without times and bodies: the response has a date',
    line: line({
      scheme: '',
      destinationNamespace: null,
      sourceAddress: '10.116.207.197:8000',
      request: {
        method: 'GET',
        path: '/orders/42',
        host: '',
        common: {
          version: null,
          headers: [
            { key: 'host', value: 'orders:8000' },
            { key: 'x-forwarded-proto', value: 'https' },
            { key: 'x-forwarded-for', value: '192.0.2.1,203.0.113.9' },
          ],
          body: '',
          time: 0,
        },
      },
      response: { statusCode: '200', common: { version: '', headers: responseHeaders, body: '' } },
    }),
    exchange: {
      ...read,
      startedAt: '2026-01-05T10:00:00.000Z',
      method: 'GET',
      target: '/orders/42',
      status: 200,
      host: 'orders:8000',
      scheme: 'https',
      latencyMs: null,
      requestBytes: null,
      responseBytes: null,
      clientAddress: '203.0.113.9',
      requestHeaders: {
        host: 'orders:8000',
        'x-forwarded-proto': 'https',
        'x-forwarded-for': '192.0.2.1,203.0.113.9',
      },
      bodies: '',
    },
  },
  {
    name: 'a body that was cut has no known size',
    line: withResponse({}, { TruncatedBody: true }),
    exchange: { ...read, responseBytes: null },
  },
  {
    name: 'a body that is no base64 is text',
    line: withRequest({}, { body: 'a=1&b=2' }),
    exchange: { ...read, requestBytes: 7, bodies: 'a=1&b=2 {"id":42}' },
  },
  {
    name: 'no headers were taken down',
    line: withRequest({}, { headers: null }),
    exchange: { ...read, requestHeaders: {}, requestHeaderVisibility: 'none' },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'neither times nor a date',
    line: line({
      request: { ...request, common: { headers: requestHeaders } },
      response: { statusCode: '200', common: { headers: [] } },
    }),
    rejected: 'no_time',
  },
  { name: 'a time that is none', line: withRequest({}, { time: 'soon' }), rejected: 'bad_time' },
  { name: 'a time before 1970', line: withRequest({}, { time: -5 }), rejected: 'bad_time' },
  { name: 'no path', line: withRequest({ path: '' }), rejected: 'no_request' },
  { name: 'no answer came', line: withResponse({ statusCode: '0' }), rejected: 'no_response' },
  { name: 'no status', line: withResponse({ statusCode: '' }), rejected: 'no_status' },
  { name: 'a status that is a word', line: withResponse({ statusCode: 'OK' }), rejected: 'bad_status' },
  { name: 'a trace that was cut', line: line({}).slice(0, -30), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: withRequest({ path: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
