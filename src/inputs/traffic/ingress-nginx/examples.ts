import type { TrafficExample } from '../../../model/traffic-format.ts';

const read = {
  startedAt: '2026-01-05T09:59:59.960Z',
  method: 'GET',
  target: '/users/7?full=1',
  status: 200,
  latencyMs: 40,
  requestBytes: 321,
  responseBytes: 734,
  service: 'shop-users-80',
  clientAddress: '198.51.100.4',
  answeredBy: 'upstream',
};

/** A line of the controller; what is not given is as in a call that a pod answered. */
function line(changes: Readonly<Record<string, string>> = {}): string {
  const { who, at, request, status, agent, took, name, tries, id } = {
    who: '198.51.100.4 - -',
    at: '[05/Jan/2026:10:00:00 +0000]',
    request: 'GET /users/7?full=1 HTTP/2.0',
    status: '200 734',
    agent: 'curl/8.5.0',
    took: '321 0.040',
    name: '[shop-users-80] []',
    tries: '10.8.0.21:8080 734 0.039 200',
    id: ' 9f2c4e6a8b0d1f3a5c7e9b1d3f5a7c9e',
    ...changes,
  };
  return `${who} ${at} "${request}" ${status} "-" "${agent}" ${took} ${name} ${tries}${id}`;
}

const NOBODY = '- - - -';

const accepted: readonly TrafficExample[] = [
  { name: 'upstreaminfo', line: line(), exchange: read },
  { name: 'a line that ends with a carriage return', line: `${line()}\r`, exchange: read },
  {
    name: 'before 0.23: no alternative upstream',
    line: line({ name: '[shop-users-80]' }),
    exchange: read,
  },
  {
    name: 'before 0.21: the address twice, and no id',
    line: line({ who: '198.51.100.4 - [198.51.100.4] - -', name: '[shop-users-80]', id: '' }),
    exchange: read,
  },
  {
    name: 'before 0.21 with a user',
    line: line({ who: '10.0.0.5 - [198.51.100.4] - Mara van Dam', name: '[shop-users-80]' }),
    exchange: { ...read, consumer: 'Mara van Dam' },
  },
  { name: 'a user', line: line({ who: '198.51.100.4 - mara' }), exchange: { ...read, consumer: 'mara' } },
  {
    name: 'an IPv6 client, and a pod with one',
    line: line({ who: '2001:db8::7 - -', tries: '[fd00::21]:8080 734 0.039 200' }),
    exchange: { ...read, clientAddress: '2001:db8::7' },
  },
  {
    name: 'a canary',
    line: line({ name: '[shop-users-80] [shop-users-canary-80]' }),
    exchange: read,
  },
  {
    name: 'a second try, and one after an internal redirect',
    line: line({
      tries: '10.8.0.21:8080, 10.8.0.22:8080 : 10.8.0.9:80 0, 0 : 734 0.001, 0.002 : 0.036 502, 502 : 200',
    }),
    exchange: read,
  },
  {
    name: 'the id is what the caller sent',
    line: line({ id: ' order 7, [twice] 500' }),
    exchange: read,
  },
  {
    name: 'a quote in the user agent',
    line: line({ agent: '\\x22 321 0.1 [evil] [] 10.9.9.9:1 1 0.1 500 x' }),
    exchange: read,
  },
  {
    name: 'a quote, with escape=json',
    line: line({ agent: 'say \\"hi\\"', request: 'GET /a\\"b HTTP/1.1' }),
    exchange: { ...read, target: '/a"b' },
  },
  {
    name: 'bytes that are not ASCII',
    line: line({ request: 'GET /caf\\xC3\\xA9 HTTP/1.1' }),
    exchange: { ...read, target: '/caf%C3%A9' },
  },
  {
    name: 'the controller redirects to https',
    line: line({ status: '308 164', tries: NOBODY }),
    exchange: { ...read, status: 308, responseBytes: 164, answeredBy: 'gateway' },
  },
  {
    name: 'limited by rate',
    line: line({ status: '429 190', tries: NOBODY }),
    exchange: { ...read, status: 429, responseBytes: 190, answeredBy: 'gateway' },
  },
  {
    name: 'a client that left shows no rule',
    line: line({ status: '499 0', tries: NOBODY }),
    exchange: { ...read, status: 499, responseBytes: 0, answeredBy: '' },
  },
  {
    name: 'a pod that gave no answer',
    line: line({ status: '502 150', tries: '10.8.0.21:8080 0 0.001 -' }),
    exchange: { ...read, status: 502, responseBytes: 150, answeredBy: '' },
  },
  {
    name: 'no rule of an Ingress fits',
    line: line({
      status: '404 146',
      name: '[upstream-default-backend] []',
      tries: '127.0.0.1:8181 146 0.001 404',
    }),
    exchange: { ...read, status: 404, responseBytes: 146, service: '', answeredBy: '' },
  },
  {
    name: 'a request that matched no server has no upstream',
    line: line({ status: '404 146', name: '[] []', tries: NOBODY }),
    exchange: { ...read, status: 404, responseBytes: 146, service: '', answeredBy: 'gateway' },
  },
  {
    name: 'no duration: the time is that of the end',
    line: line({ took: '321 -' }),
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.000Z', latencyMs: null },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'a TCP service of the controller',
    line: '[198.51.100.4] [05/Jan/2026:10:00:00 +0000] TCP 200 634 133 0.044',
    rejected: 'stream_record',
  },
  {
    name: 'a format of the operator with the same end',
    line: '198.51.100.4 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 321 0.040 [shop-users-80] [] 10.8.0.21:8080 734 0.039 200 9f2c',
    rejected: 'not_in_layout',
  },
  {
    name: 'a day that does not exist',
    line: line({ at: '[30/Feb/2026:10:00:00 +0000]' }),
    rejected: 'bad_time',
  },
  {
    name: 'nothing for the request',
    line: line({ request: '', status: '400 0' }),
    rejected: 'empty_request',
  },
  {
    name: 'a TLS hello to a plain port',
    line: line({ request: '\\x16\\x03\\x01', status: '400 150' }),
    rejected: 'malformed_request',
  },
  { name: 'a connection closed without answer', line: line({ status: '000 0' }), rejected: 'no_response' },
  { name: 'a status that is none', line: line({ status: '- 0' }), rejected: 'bad_status' },
  { name: 'a call for the whole server', line: line({ request: 'OPTIONS * HTTP/1.1' }), rejected: 'no_path' },
  {
    name: 'what the controller says of itself',
    line: "I0105 10:00:00.250000       7 event.go:285] Event(v1.ObjectReference{Kind:\"Ingress\"}): type: 'Normal' reason: 'Sync'",
    rejected: 'unknown_format',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
