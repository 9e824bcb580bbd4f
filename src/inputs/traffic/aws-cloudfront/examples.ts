import type { TrafficExample } from '../../../model/traffic-format.ts';

/** The 33 fields of the standard log, in order. */
const fields: Readonly<Record<string, string>> = {
  date: '2026-01-05',
  time: '10:00:01',
  'x-edge-location': 'FRA56-P4',
  'sc-bytes': '703',
  'c-ip': '198.51.100.4',
  'cs-method': 'GET',
  'cs(Host)': 'd111111abcdef8.cloudfront.net',
  'cs-uri-stem': '/users/7',
  'sc-status': '200',
  'cs(Referer)': '-',
  'cs(User-Agent)': 'curl/8.5.0%20(x86_64)',
  'cs-uri-query': 'page=2',
  'cs(Cookie)': '-',
  'x-edge-result-type': 'Miss',
  'x-edge-request-id': '375WZmnR4hhhnlZKNn0D_LvkWhAqvWvBsUqySq8f_GOoAPP3k8R8fw==',
  'x-host-header': 'api.shop.test',
  'cs-protocol': 'https',
  'cs-bytes': '62',
  'time-taken': '0.250',
  'x-forwarded-for': '-',
  'ssl-protocol': 'TLSv1.3',
  'ssl-cipher': 'TLS_AES_128_GCM_SHA256',
  'x-edge-response-result-type': 'Miss',
  'cs-protocol-version': 'HTTP/2.0',
  'fle-status': '-',
  'fle-encrypted-fields': '-',
  'c-port': '51754',
  'time-to-first-byte': '0.250',
  'x-edge-detailed-result-type': 'Miss',
  'sc-content-type': 'application/json',
  'sc-content-len': '20',
  'sc-range-start': '-',
  'sc-range-end': '-',
};
const read = {
  startedAt: '2026-01-05T10:00:00.750Z',
  method: 'GET',
  target: '/users/7?page=2',
  status: 200,
  host: 'api.shop.test',
  scheme: 'https',
  latencyMs: 250,
  requestBytes: 62,
  responseBytes: 703,
  clientAddress: '198.51.100.4',
  answeredBy: 'upstream',
};

/** The data of a line of a file without directives. */
function bare(changes: Readonly<Record<string, string>> = {}, count = 33): string {
  return Object.values({ ...fields, ...changes })
    .slice(0, count)
    .join('\t');
}

/** A line as it arrives out of a file with directives. */
function line(changes: Readonly<Record<string, string>> = {}): string {
  return `#Fields: ${Object.keys(fields).join(' ')}\u001f${bare(changes)}`;
}

function result(type: string, detail = type): Record<string, string> {
  return {
    'x-edge-result-type': type,
    'x-edge-response-result-type': type,
    'x-edge-detailed-result-type': detail,
  };
}

/** The fields of a real-time log up to the one before the country. */
function realTime(changes: Readonly<Record<string, string>> = {}): string {
  const record = {
    timestamp: '1767607201.000',
    ip: '198.51.100.4',
    firstByte: '0.250',
    status: '200',
    sent: '703',
    method: 'GET',
    protocol: 'https',
    host: 'api.shop.test',
    stem: '/users/7?page=2',
    received: '62',
    location: 'FRA56-P4',
    id: fields['x-edge-request-id'],
    distribution: 'd111111abcdef8.cloudfront.net',
    taken: '0.250',
    version: 'HTTP/2.0',
    ipVersion: 'IPv4',
    agent: 'curl/8.5.0%20(x86_64)',
    referer: '-',
    cookie: '-',
    query: 'page=2',
    early: 'Miss',
    forwarded: '-',
    tls: 'TLSv1.3',
    cipher: 'TLS_AES_128_GCM_SHA256',
    late: 'Miss',
    fle: '-\t-',
    content: 'application/json\t20\t-\t-',
    port: '51754',
    detail: 'Miss',
    ...changes,
  };
  return Object.values(record).join('\t');
}

const layouts: readonly TrafficExample[] = [
  { name: 'a file with directives', line: line(), exchange: read },
  { name: 'a file without directives', line: bare(), exchange: read },
  { name: 'the 26 fields before 2019', line: bare({}, 26), exchange: read },
  { name: 'a row that ends before its last fields', line: bare({}, 31), exchange: read },
  { name: 'a line that ends with a carriage return', line: `${bare()}\r`, exchange: read },
  {
    name: 'a chosen set of fields in another order',
    line: '#Fields: timestamp(ms) cs-uri-stem cs-method sc-status x-host-header c-ip x-edge-result-type\u001f1767607201000\t/users/7\tGET\t200\tapi.shop.test\t198.51.100.4\tMiss',
    exchange: {
      startedAt: '2026-01-05T10:00:01.000Z',
      method: 'GET',
      target: '/users/7',
      status: 200,
      host: 'api.shop.test',
      clientAddress: '198.51.100.4',
      answeredBy: 'upstream',
    },
  },
  { name: 'JSON (v2)', line: JSON.stringify(fields), exchange: read },
  {
    name: 'JSON (v2) with a chosen set of fields',
    line: '{"timestamp(ms)":"1767607201000","c-ip":"198.51.100.4","cs-method":"GET","cs-uri-stem":"/users/7","cs-uri-query":"-","sc-status":"200","x-edge-location":"FRA56-P4","cs(Host)":"d111111abcdef8.cloudfront.net"}',
    exchange: {
      startedAt: '2026-01-05T10:00:01.000Z',
      method: 'GET',
      target: '/users/7',
      status: 200,
      host: 'd111111abcdef8.cloudfront.net',
      clientAddress: '198.51.100.4',
    },
  },
  { name: 'a real-time log', line: realTime(), exchange: read },
  {
    name: 'a real-time log with the headers of the request, an API key among them',
    line: `${realTime()}\tDE\tgzip\t*/*\t*\thost:api.shop.test%0Ax-api-key:k-1%0A\thost%0AX-Api-Key%0A\t2`,
    exchange: { ...read, credentialSeen: true },
  },
  {
    name: 'a real-time log with a cookie and a time in whole seconds',
    line: realTime({ timestamp: '1767607201', cookie: 'session=1' }),
    exchange: { ...read, requestHeaders: { cookie: 'session=1' }, requestHeaderVisibility: 'some' },
  },
];

const values: readonly TrafficExample[] = [
  {
    name: 'a cookie, where cookies are logged',
    line: line({ 'cs(Cookie)': 'session=1;%20theme=dark' }),
    exchange: {
      ...read,
      requestHeaders: { cookie: 'session=1;%20theme=dark' },
      requestHeaderVisibility: 'some',
    },
  },
  {
    name: 'escapes of the request are escaped once more',
    line: line({ 'cs-uri-stem': '/a%2520b/%22c', 'cs-uri-query': 'q=%25C3%25A9' }),
    exchange: { ...read, target: '/a%20b/%22c?q=%C3%A9' },
  },
  {
    name: 'no query',
    line: line({ 'cs-uri-query': '-' }),
    exchange: { ...read, target: '/users/7' },
  },
  {
    name: 'no Host header: the name of the distribution',
    line: line({ 'x-host-header': '-' }),
    exchange: { ...read, host: 'd111111abcdef8.cloudfront.net' },
  },
  {
    name: 'plain HTTP, and a proxy before it that says for whom',
    line: line({
      'cs-protocol': 'http',
      'ssl-protocol': '-',
      'c-ip': '10.0.0.5',
      'x-forwarded-for': '192.0.2.77,%20203.0.113.9',
    }),
    exchange: { ...read, scheme: 'http', clientAddress: '203.0.113.9' },
  },
  {
    name: 'a secure WebSocket',
    line: line({ 'cs-protocol': 'wss', 'sc-status': '101' }),
    exchange: { ...read, status: 101 },
  },
  {
    name: 'an IPv6 viewer, no duration and no sizes',
    line: line({ 'c-ip': '2001:db8::7', 'time-taken': '-', 'cs-bytes': '-', 'sc-bytes': '-' }),
    exchange: {
      ...read,
      startedAt: '2026-01-05T10:00:01.000Z',
      clientAddress: '2001:db8::7',
      latencyMs: null,
      requestBytes: null,
      responseBytes: null,
    },
  },
];

const answers: readonly TrafficExample[] = [
  { name: 'out of the cache', line: line(result('Hit')), exchange: { ...read, answeredBy: '' } },
  { name: 'out of the cache, asked anew', line: line(result('RefreshHit')), exchange: read },
  {
    name: 'an error, whoever made it',
    line: line({ ...result('Error'), 'sc-status': '404' }),
    exchange: { ...read, status: 404, answeredBy: '' },
  },
  {
    name: 'the viewer left before all was sent',
    line: line({ ...result('Error', 'ClientCommError'), 'x-edge-response-result-type': 'Miss' }),
    exchange: read,
  },
  {
    name: 'a limit is exceeded',
    line: line({ ...result('LimitExceeded'), 'sc-status': '503' }),
    exchange: { ...read, status: 503, answeredBy: 'gateway' },
  },
  {
    name: 'a redirect to TLS',
    line: line({ ...result('Redirect'), 'sc-status': '301', 'cs-protocol': 'http', 'ssl-protocol': '-' }),
    exchange: { ...read, status: 301, scheme: 'http', answeredBy: 'gateway' },
  },
  {
    name: 'refused for the country',
    line: line({ ...result('Error', 'ClientGeoBlocked'), 'sc-status': '403' }),
    exchange: { ...read, status: 403, answeredBy: 'gateway' },
  },
];

const rejected: readonly TrafficExample[] = [
  { name: 'the viewer left before the answer', line: line({ 'sc-status': '000' }), rejected: 'no_response' },
  {
    name: 'JSON: the viewer left before the answer',
    line: JSON.stringify({ ...fields, 'sc-status': '000' }),
    rejected: 'no_response',
  },
  { name: 'no status', line: line({ 'sc-status': '-' }), rejected: 'no_status' },
  { name: 'a status out of range', line: line({ 'sc-status': '70000' }), rejected: 'bad_status' },
  { name: 'a method that is none', line: line({ 'cs-method': '%16%03' }), rejected: 'malformed_request' },
  {
    name: 'no path was chosen',
    line: '{"x-edge-location":"FRA56-P4","date":"2026-01-05","time":"10:00:01","cs-method":"GET","sc-status":"200"}',
    rejected: 'no_request',
  },
  {
    name: 'no time was chosen',
    line: '{"x-edge-location":"FRA56-P4","cs-method":"GET","sc-status":"200"}',
    rejected: 'no_time',
  },
  { name: 'a day that does not exist', line: line({ date: '2026-02-30' }), rejected: 'bad_time' },
  { name: 'a row cut in the middle', line: bare({}, 12), rejected: 'too_few_fields' },
  {
    name: 'a real-time log with a chosen set of fields',
    line: '1767607201.000\t198.51.100.4\t0.250\t200\tGET\t/users/7\tFRA56-P4',
    rejected: 'unknown_layout',
  },
  {
    name: 'a stream (RTMP)',
    line: '#Fields: date time x-edge-location c-ip x-event sc-bytes x-cf-status x-cf-client-id cs-uri-stem cs-uri-query c-referrer x-page-url c-user-agent\u001f2026-01-05\t10:00:01\tFRA56\t198.51.100.4\tplay\t3914\tOK\tbfd8a98bee0840d9b871b7f6ade9908f\trtmp://d111111abcdef8.cloudfront.net/cfx/st\tkey=value\t-\t-\t-',
    rejected: 'streaming_event',
  },
  {
    name: 'a call for the whole server',
    line: line({ 'cs-method': 'OPTIONS', 'cs-uri-stem': '*', 'cs-uri-query': '-' }),
    rejected: 'no_path',
  },
];

export const examples: readonly TrafficExample[] = [...layouts, ...values, ...answers, ...rejected];
