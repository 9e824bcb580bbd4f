import type { TrafficExample } from '../../../model/traffic-format.ts';

/** IIS's own choice of fields, with host and sizes. */
const fields: Readonly<Record<string, string>> = {
  date: '2026-01-05',
  time: '10:00:01',
  's-ip': '10.0.4.7',
  'cs-method': 'GET',
  'cs-uri-stem': '/users/7',
  'cs-uri-query': 'page=2',
  's-port': '443',
  'cs-username': '-',
  'c-ip': '198.51.100.4',
  'cs(User-Agent)': 'curl/8.5.0+(x86_64)',
  'cs(Referer)': '-',
  'cs-host': 'api.shop.test',
  'sc-status': '200',
  'sc-substatus': '0',
  'sc-win32-status': '0',
  'sc-bytes': '703',
  'cs-bytes': '242',
  'time-taken': '250',
};
const read = {
  startedAt: '2026-01-05T10:00:00.750Z',
  method: 'GET',
  target: '/users/7?page=2',
  status: 200,
  host: 'api.shop.test',
  latencyMs: 250,
  requestBytes: 242,
  responseBytes: 703,
  clientAddress: '198.51.100.4',
};

/** A line as it arrives: the names of its fields, and its values; `separator` stands between these. */
function line(changes: Readonly<Record<string, string>> = {}, separator = ' '): string {
  const record = { ...fields, ...changes };
  return `#Fields: ${Object.keys(record).join(' ')}\u001f${Object.values(record).join(separator)}`;
}

/** A line without some of its fields. */
function without(...names: readonly string[]): string {
  const kept = Object.entries(fields).filter(([name]) => !names.includes(name));
  return `#Fields: ${kept.map(([name]) => name).join(' ')}\u001f${kept.map(([, value]) => value).join(' ')}`;
}

function event(changes: Readonly<Record<string, string>> = {}, eventId = '6200'): string {
  const { 'cs(User-Agent)': agent, 'cs(Referer)': referer, ...others } = fields;
  return JSON.stringify({
    windowsEvent: {
      provider: 'Microsoft-Windows-IIS-Logging',
      eventId,
      timeCreated: '2026-01-05T10:00:04.6206890Z',
      data: {
        EnabledFieldsFlags: '2478079',
        ...others,
        'csUser-Agent': agent,
        csReferer: referer,
        csCookie: '-',
        'cs-version': '-',
        CustomFields: '',
        ...changes,
      },
    },
  });
}

/** The values in quotes, with blanks in them, as Imperva's API gives them. */
function quoted(changes: Readonly<Record<string, string>> = {}): string {
  const record = {
    date: '2026-01-05',
    time: '10:00:01',
    'cs-vid': 'a1f36498-c34a-45b9-b3a5-ee0bd00f91b6',
    'c-ip': '198.51.100.4',
    'cs(User-Agent)': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
    'cs-uri': 'api.shop.test/users/7',
    'cs-postbody': '',
    'sc-action': 'REQ_PASSED',
    's-port': '443',
    'cs-method': 'GET',
    'cs-uri-query': 'page=2',
    'sc-status': '200',
    's-xff': '198.51.100.4',
    'cs-bytes': '242',
    'cs-start': '1767607200250',
    ...changes,
  };
  const values = Object.values(record).map((text) => `"${text}"`);
  return `#Fields: ${Object.keys(record).join(' ')}\u001f${values.join(' ')}`;
}
const quotedRead = {
  ...read,
  startedAt: '2026-01-05T10:00:00.250Z',
  latencyMs: null,
  responseBytes: null,
  answeredBy: 'upstream',
};

const layouts: readonly TrafficExample[] = [
  { name: 'the fields of IIS: port 443 alone proves no TLS', line: line(), exchange: read },
  {
    name: 'few fields in another order',
    line: '#Fields: sc-status cs-method cs-uri-stem date time\u001f404 HEAD / 2026-01-05 10:00:01',
    exchange: { startedAt: '2026-01-05T10:00:01.000Z', method: 'HEAD', target: '/', status: 404 },
  },
  {
    name: 'values between tabs',
    line: line({ 'cs(User-Agent)': 'curl/8.5.0 (x86_64)' }, '\t'),
    exchange: read,
  },
  {
    name: 'names between tabs and in other case',
    line: '#Fields: Date\tTime\tCS-Method\tCS-URI-Stem\tSC-Status\u001f2026-01-05\t10:00:01\tGET\t/\t200',
    exchange: { startedAt: '2026-01-05T10:00:01.000Z', method: 'GET', target: '/', status: 200 },
  },
  { name: 'a Windows event of IIS', line: event(), exchange: read },
  {
    name: 'a Windows event without values',
    line: event({ 'cs-uri-query': '-', 'cs-host': '-', csCookie: 'session=1', 'c-ip': '-' }),
    exchange: {
      ...read,
      target: '/users/7',
      host: '',
      clientAddress: '',
      requestHeaders: { cookie: 'session=1' },
      requestHeaderVisibility: 'some',
    },
  },
  {
    name: 'quoted values, the host before the path, and the start (Imperva)',
    line: quoted(),
    exchange: quotedRead,
  },
  {
    name: 'an empty query, and a request that Imperva blocked',
    line: quoted({ 'cs-uri-query': '', 'sc-action': 'REQ_BLOCKED_SECURITY', 'sc-status': '403' }),
    exchange: { ...quotedRead, target: '/users/7', status: 403, answeredBy: 'gateway' },
  },
  {
    name: 'a host without a path',
    line: quoted({ 'cs-uri': 'api.shop.test' }),
    exchange: { ...quotedRead, target: '/?page=2' },
  },
  {
    name: 'a whole URL',
    line: quoted({ 'cs-uri': 'https://api.shop.test/users/7' }),
    exchange: { ...quotedRead, target: 'https://api.shop.test/users/7?page=2', host: '' },
  },
];

const values: readonly TrafficExample[] = [
  {
    name: 'a user of a domain',
    line: line({ 'cs-username': 'SHOP\\mara+van+dam' }),
    exchange: { ...read, consumer: 'SHOP\\mara van dam' },
  },
  {
    name: 'a decoded question mark in the path',
    line: line({ 'cs-uri-stem': '/a?b#c+d' }),
    exchange: { ...read, target: '/a%3Fb%23c+d?page=2' },
  },
  {
    name: 'a path that keeps its query, where that is no field',
    line: '#Fields: date time cs-method cs-uri-stem sc-status\u001f2026-01-05 10:00:01 GET /a?b=1 200',
    exchange: { startedAt: '2026-01-05T10:00:01.000Z', method: 'GET', target: '/a?b=1', status: 200 },
  },
  {
    name: 'a proxy before it: X-Forwarded-For and X-Forwarded-Proto as custom fields',
    line: line({
      'c-ip': '10.0.0.5',
      'X-Forwarded-For': '192.0.2.77,+203.0.113.9',
      'X-Forwarded-Proto': 'https',
      HTTPS: 'off',
    }),
    exchange: { ...read, clientAddress: '203.0.113.9', scheme: 'https' },
  },
  { name: 'the server variable HTTPS', line: line({ HTTPS: 'off' }), exchange: { ...read, scheme: 'http' } },
  {
    name: 'the protocol of the TLS session',
    line: line({ 'crypt-protocol': '400' }),
    exchange: { ...read, scheme: 'https' },
  },
  {
    name: 'a cookie and an authorization header',
    line: line({ 'cs(Cookie)': 'session=1', 'cs(Authorization)': 'Bearer+x' }),
    exchange: {
      ...read,
      requestHeaders: { cookie: 'session=1', authorization: 'Bearer+x' },
      requestHeaderVisibility: 'some',
    },
  },
  { name: 'fields for headers that were not sent', line: line({ 'cs(Cookie)': '-' }), exchange: read },
  {
    name: 'an IPv6 client, seconds with a fraction and a duration of unknown unit',
    line: line({ 'c-ip': '2001:db8::7', time: '10:00:01.5', 'time-taken': '0.250', 'sc-bytes': '-' }),
    exchange: {
      ...read,
      startedAt: '2026-01-05T10:00:01.000Z',
      clientAddress: '2001:db8::7',
      latencyMs: null,
      responseBytes: null,
    },
  },
  {
    name: 'a log without substatus and durations',
    line: without('sc-substatus', 'time-taken', 'cs-host'),
    exchange: { ...read, startedAt: '2026-01-05T10:00:01.000Z', host: '', latencyMs: null },
  },
];

/** A status with its substatus, and who answered. */
function answer(status: number, substatus: number, answeredBy: string): TrafficExample {
  return {
    name: `the answer ${status}.${substatus}`,
    line: line({ 'sc-status': String(status), 'sc-substatus': String(substatus) }),
    exchange: { ...read, status, answeredBy },
  };
}

const answers: readonly TrafficExample[] = [
  answer(401, 2, 'gateway'),
  answer(401, 5, ''),
  answer(403, 7, 'gateway'),
  answer(403, 502, 'gateway'),
  answer(404, 0, ''),
  answer(404, 11, 'gateway'),
  answer(500, 0, ''),
  answer(503, 2, 'gateway'),
];

const rejected: readonly TrafficExample[] = [
  { name: 'another event of IIS', line: event({}, '6201'), rejected: 'other_event' },
  {
    name: 'a log that is not of HTTP',
    line: '#Fields: date time action protocol src-ip dst-ip src-port dst-port\u001f2026-01-05 10:00:01 ALLOW TCP 198.51.100.4 10.0.4.7 51234 443',
    rejected: 'not_http',
  },
  { name: 'a line cut in its last fields', line: line().slice(0, -16), rejected: 'wrong_field_count' },
  {
    name: 'a line with a blank too many',
    line: line({ 'cs(User-Agent)': 'curl 8' }),
    rejected: 'wrong_field_count',
  },
  { name: 'no date in the fields', line: without('date'), rejected: 'no_time' },
  { name: 'a day that does not exist', line: line({ date: '2026-02-30' }), rejected: 'bad_time' },
  { name: 'no method', line: line({ 'cs-method': '-' }), rejected: 'no_request' },
  { name: 'no path in the fields', line: without('cs-uri-stem'), rejected: 'no_request' },
  {
    name: 'a method that is none',
    line: line({ 'cs-method': '\u0016\u0003' }),
    rejected: 'malformed_request',
  },
  { name: 'no answer was sent', line: line({ 'sc-status': '0' }), rejected: 'no_response' },
  { name: 'no status', line: quoted({ 'sc-status': '' }), rejected: 'no_status' },
  { name: 'a status out of range', line: line({ 'sc-status': '70000' }), rejected: 'bad_status' },
  {
    name: 'a call for the whole server',
    line: line({ 'cs-method': 'OPTIONS', 'cs-uri-stem': '*', 'cs-uri-query': '-' }),
    rejected: 'no_path',
  },
];

export const examples: readonly TrafficExample[] = [...layouts, ...values, ...answers, ...rejected];
