import type { TrafficExample } from '../../../model/traffic-format.ts';

/** As `escape=json` writes it: every value in quotes. */
const record = {
  time_iso8601: '2026-01-05T10:00:00+00:00',
  remote_addr: '198.51.100.4',
  request_method: 'GET',
  request_uri: '/users/7?full=1',
  status: '200',
  body_bytes_sent: '512',
};
const read = {
  startedAt: '2026-01-05T10:00:00.000Z',
  method: 'GET',
  target: '/users/7?full=1',
  status: 200,
  responseBytes: 512,
  clientAddress: '198.51.100.4',
};

/** The record with other fields; `undefined` takes one out. */
function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

const without = { request_method: undefined, request_uri: undefined };

const layouts: readonly TrafficExample[] = [
  {
    name: 'everything that says something',
    line: line({
      time_iso8601: undefined,
      msec: '1767607200.250',
      remote_user: 'mara',
      bytes_sent: '734',
      request_length: '321',
      request_time: '0.045',
      upstream_response_time: '0.010, 0.030',
      upstream_status: '502, 200',
      upstream_addr: '10.0.4.7:8080, 10.0.4.8:8080',
      http_host: 'api.shop.test',
      http_user_agent: 'curl/8.5.0',
      http_referer: '-',
      http_x_forwarded_for: '-',
      http_authorization: 'Bearer x',
      http_x_api_key: '',
      sent_http_content_type: 'application/json',
      sent_http_strict_transport_security: 'max-age=31536000',
      sent_http_sunset: '-',
      scheme: 'https',
      ssl_protocol: 'TLSv1.3',
      ssl_cipher: 'TLS_AES_256_GCM_SHA384',
      ssl_client_verify: 'SUCCESS',
      proxy_upstream_name: 'shop-users-8080',
      request_id: '5f1c9ad2b34e7f60a1d2c3e4f5061728',
    }),
    exchange: {
      ...read,
      startedAt: '2026-01-05T10:00:00.205Z',
      host: 'api.shop.test',
      scheme: 'https',
      latencyMs: 45,
      requestBytes: 321,
      responseBytes: 734,
      service: 'shop-users-8080',
      consumer: 'mara',
      credentialSeen: true,
      requestHeaders: { authorization: 'Bearer x' },
      requestHeaderVisibility: 'some',
      responseHeaders: {
        'content-type': 'application/json',
        'strict-transport-security': 'max-age=31536000',
      },
      responseHeaderVisibility: 'some',
      answeredBy: 'upstream',
    },
  },
  { name: 'the few fields of many logs', line: line({}), exchange: read },
  {
    name: 'numbers without quotes',
    line: line({ status: 200, body_bytes_sent: 512, request_time: 0.25, msec: 1767607200.25 }),
    exchange: { ...read, latencyMs: 250 },
  },
  {
    name: 'the whole request line',
    line: line({ ...without, request: 'POST /users/7?full=1 HTTP/1.1' }),
    exchange: { ...read, method: 'POST' },
  },
  {
    name: 'the local time, and the path without its query',
    line: line({
      time_iso8601: undefined,
      time_local: '05/Jan/2026:11:00:00 +0100',
      request_uri: undefined,
      uri: '/users/7',
      args: 'full=1',
    }),
    exchange: read,
  },
  {
    name: 'a path that nginx decoded is written so that it decodes to itself',
    line: line({ request_uri: undefined, uri: '/a b?c/100%', args: '' }),
    exchange: { ...read, target: '/a b%3Fc/100%25' },
  },
  {
    name: 'the whole target under the name of the decoded path',
    line: line({ request_uri: undefined, uri: '/users/7?full=1', args: 'full=1' }),
    exchange: read,
  },
  {
    name: 'an encoded path under the name of the decoded one',
    line: line({ request_uri: undefined, uri: '/a%20b' }),
    exchange: { ...read, target: '/a%20b' },
  },
  {
    name: 'a duration that was renamed with its unit is not multiplied',
    line: line({ duration_ms: 0.25, upstream_response_time: '0.1' }),
    exchange: { ...read, latencyMs: 0.25 },
  },
  {
    name: 'the names of ingress-nginx',
    line: '{"time":"2026-01-05T10:00:00+00:00","remote_addr":"10.0.0.5","x_forwarded_for":"203.0.113.9, 10.0.0.8","request_id":"5f1c","remote_user":"","bytes_sent":734,"request_time":0.5,"status":200,"vhost":"api.shop.test","request_proto":"HTTP/2.0","path":"/users/7","request_query":"full=1","request_length":321,"duration":0.5,"method":"GET","http_referrer":"","http_user_agent":"curl/8.5.0"}',
    exchange: {
      ...read,
      startedAt: '2026-01-05T09:59:59.500Z',
      host: 'api.shop.test',
      latencyMs: 500,
      requestBytes: 321,
      responseBytes: 734,
      clientAddress: '203.0.113.9',
    },
  },
  {
    name: 'a template of the Elastic stack, with a method added',
    line: '{"@timestamp":"2026-01-05T10:00:00+00:00","host":"10.0.0.9","clientip":"198.51.100.4","size":512,"responsetime":0.001,"upstreamtime":"0.001","upstreamhost":"10.0.4.7:8080","http_host":"api.shop.test","method":"GET","url":"/users/7?full=1","xff":"-","referer":"-","agent":"curl/8.5.0","status":"200"}',
    exchange: { ...read, startedAt: '2026-01-05T09:59:59.999Z', host: 'api.shop.test', latencyMs: 1 },
  },
  {
    name: 'a shipper put the name of its machine into an object',
    line: line({
      host: { name: 'edge-3' },
      '@timestamp': '2026-01-05T10:00:03.000Z',
      server_name: 'api.shop.test',
    }),
    exchange: { ...read, host: 'api.shop.test' },
  },
];

const values: readonly TrafficExample[] = [
  {
    name: 'no request time but that of two tries upstream',
    line: line({ upstream_response_time: '0.100, 0.150' }),
    exchange: { ...read, startedAt: '2026-01-05T09:59:59.750Z', latencyMs: 250 },
  },
  {
    name: 'no upstream was asked',
    line: line({ status: '403', upstream_status: '-' }),
    exchange: { ...read, status: 403, answeredBy: 'gateway' },
  },
  {
    name: 'a 400 of nginx is about the form of HTTP',
    line: line({ status: '400', upstream_status: '' }),
    exchange: { ...read, status: 400 },
  },
  {
    name: 'the address of an upstream, which did not answer in time',
    line: line({ status: '504', upstream_addr: '10.0.4.7:8080', upstream_response_time: '-' }),
    exchange: { ...read, status: 504 },
  },
  {
    name: 'an upstream that answered, by its address',
    line: line({ upstream_addr: '10.0.4.7:8080' }),
    exchange: { ...read, answeredBy: 'upstream' },
  },
  {
    name: 'the address of no upstream',
    line: line({ status: '401', upstream_addr: '-' }),
    exchange: { ...read, status: 401, answeredBy: 'gateway' },
  },
  { name: 'no TLS', line: line({ ssl_protocol: '' }), exchange: { ...read, scheme: 'http' } },
  {
    name: 'TLS ended before nginx',
    line: line({ scheme: 'http', http_x_forwarded_proto: 'https' }),
    exchange: {
      ...read,
      scheme: 'https',
      requestHeaders: { 'x-forwarded-proto': 'https' },
      requestHeaderVisibility: 'some',
    },
  },
  {
    name: 'a header that was not sent is not there',
    line: line({ http_authorization: '-' }),
    exchange: { ...read, requestHeaderVisibility: 'some' },
  },
  {
    name: 'X-Forwarded-For of a client that called directly is not believed',
    line: line({ http_x_forwarded_for: '192.0.2.77' }),
    exchange: read,
  },
  {
    name: 'an IPv6 client',
    line: line({ remote_addr: '2001:db8::7' }),
    exchange: { ...read, clientAddress: '2001:db8::7' },
  },
  {
    name: 'a client of a Unix socket has no address',
    line: line({ remote_addr: 'unix:' }),
    exchange: { ...read, clientAddress: '' },
  },
  {
    name: 'quotes and letters of other scripts in the target',
    line: line({ request_uri: '/a"b/caf\u00e9?q=\\' }),
    exchange: { ...read, target: '/a"b/caf\u00e9?q=\\' },
  },
  {
    name: 'names in upper case, and fields nobody knows',
    line: line({ STATUS: '500', Request_Time: '0.1', deployment: { track: 'blue' }, tags: ['a'] }),
    exchange: { ...read, startedAt: '2026-01-05T09:59:59.900Z', latencyMs: 100 },
  },
];

const rejected: readonly TrafficExample[] = [
  { name: 'no time', line: line({ time_iso8601: '' }), rejected: 'no_time' },
  { name: 'a time that is none', line: line({ time_iso8601: 'today' }), rejected: 'bad_time' },
  {
    name: 'nothing was asked',
    line: line({ request_method: '', request_uri: '' }),
    rejected: 'empty_request',
  },
  {
    name: 'a template without the method',
    line: '{"@timestamp":"2026-01-05T10:00:00+00:00","clientip":"198.51.100.4","responsetime":0.001,"upstreamtime":"0.001","upstreamhost":"10.0.4.7:8080","url":"/users/7","status":"200"}',
    rejected: 'no_method',
  },
  {
    name: 'a TLS hello to a plain port',
    line: line({ ...without, request: '\u0016\u0003\u0001', status: '400' }),
    rejected: 'malformed_request',
  },
  { name: 'a method without target', line: line({ request_uri: '' }), rejected: 'malformed_request' },
  {
    name: 'a tunnel',
    line: line({ request_method: 'CONNECT', request_uri: 'api.shop.test:443' }),
    rejected: 'no_path',
  },
  { name: 'no status', line: line({ status: undefined }), rejected: 'no_status' },
  { name: 'nothing was sent', line: line({ status: '000' }), rejected: 'no_response' },
  { name: 'a status out of range', line: line({ status: '99' }), rejected: 'bad_status' },
  { name: 'a status that is a word', line: line({ status: 'ok' }), rejected: 'bad_status' },
  {
    name: 'without escape=json nginx writes what is no JSON',
    line: line({ http_user_agent: 'say hi' }).replace('say hi', 'say \\x22hi\\x22'),
    rejected: 'bad_json',
  },
  { name: 'a cut line', line: line({}).slice(0, -20), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: line({ request_uri: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...layouts, ...values, ...rejected];
