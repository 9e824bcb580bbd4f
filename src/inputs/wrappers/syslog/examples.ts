import type { WrapperExample } from '../../../model/wrapper.ts';

const ACCESS = '203.0.113.7 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 12';
const HAPROXY =
  '203.0.113.7:53332 [05/Jan/2026:10:00:00.250] web~ api/api-1 0/0/1/2/3 200 5 - - ---- 1/1/0/0/0 0/0';
const ISO = '2026-01-05T10:00:00.003Z';

const sent: readonly WrapperExample[] = [
  {
    name: 'RFC 3164 with priority, host and tag',
    line: `<134>Jan  5 10:00:00 lb-1 haproxy[7]: ${HAPROXY}`,
    peeled: [HAPROXY],
  },
  { name: 'RFC 3164 without host', line: `<190>Jan  5 10:00:00 nginx: ${ACCESS}`, peeled: [ACCESS] },
  { name: 'RFC 3164 without tag', line: `<190>Jan  5 10:00:00 lb-1 ${ACCESS}`, peeled: [ACCESS] },
  { name: 'RFC 3164 with neither', line: `<190>Jan  5 10:00:00 ${ACCESS}`, peeled: [ACCESS] },
  { name: 'RFC 3164 with an ISO time', line: `<14>${ISO} lb-1 kong[12]: {"a":1}`, peeled: ['{"a":1}'] },
  { name: 'a priority and a tag', line: '<30>envoy[1]: {"method":"GET"}', peeled: ['{"method":"GET"}'] },
  { name: 'a priority alone', line: '<30>{"method":"GET"}', peeled: ['{"method":"GET"}'] },
  {
    name: 'RFC 5424 with structured data and byte order mark',
    line: `<165>1 ${ISO} lb-1 api 812 ID47 [a@32473 path="c:\\\\x\\"]" n="1"][b] \uFEFF{"method":"GET"}`,
    peeled: ['{"method":"GET"}'],
  },
  { name: 'RFC 5424 without values', line: `<165>1 - - - - - - ${ACCESS}`, peeled: [ACCESS] },
  { name: 'RFC 5424 without message', line: `<165>1 ${ISO} lb-1 api - - -`, peeled: [''] },
  {
    name: 'RFC 5424 without structured data, as Heroku drains write it',
    line: `<158>1 ${ISO} host app web.1 - at=info`,
    peeled: ['at=info'],
  },
  {
    name: 'a counted message',
    line: '44 <165>1 - lb-1 api - - - \u00e9 {"method":"POST"}',
    peeled: ['\u00e9 {"method":"POST"}'],
  },
  {
    name: 'counted messages behind each other, the last one cut off',
    line: '33 <165>1 - lb-1 api - - - first one21 <30>nginx: second one99 <30>nginx: thi',
    peeled: ['first one', 'second one', 'thi'],
  },
];

const stored: readonly WrapperExample[] = [
  { name: 'a file of rsyslog', line: `Jan  5 10:00:00 lb-1 haproxy[7]: ${HAPROXY}`, peeled: [HAPROXY] },
  {
    name: 'a file with precise times',
    line: `2026-01-05T10:00:00.123456+01:00 lb-1 nginx: ${ACCESS}`,
    peeled: [ACCESS],
  },
  {
    name: 'the tag of the Docker driver, and a year',
    line: `Jan 15 2026 10:00:00 198.51.100.4 acme/web/5790672ab6a0[9103]: ${ACCESS}`,
    peeled: [ACCESS],
  },
  {
    name: 'a file of BusyBox',
    line: `Jan  5 10:00:00 router local0.info nginx: ${ACCESS}`,
    peeled: [ACCESS],
  },
  { name: 'a message without text', line: 'Jan  5 10:00:00 lb-1 haproxy[7]:', peeled: [''] },
];

/** Lines that begin with a time, a number or a bracket and are something else. */
const others: readonly string[] = [
  '2026/01/05 10:00:00 [error] 31#31: *1 open() failed, client: 203.0.113.7, request: "GET / HTTP/1.1"',
  HAPROXY,
  ACCESS,
  `https ${ISO} app/web/50dc 203.0.113.7:2817 198.51.100.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://a.test:443/ HTTP/1.1"`,
  `${ISO} web-lb 203.0.113.7:2817 198.51.100.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://a.test:80/ HTTP/1.1"`,
  `${ISO} INFO server: GET /users`,
  `${ISO} api.shop.test GET /users: 200`,
  'Jan  5 10:00:00 api.shop.test "GET /users HTTP/1.1" 200',
  '2026-01-05 10:00:00 198.51.100.1 GET /users - 443 - 203.0.113.7 curl/8 - 200 0 0 5',
  '<Event><System/></Event>',
  '<192>1 - - - - - - priority beyond the last',
  '200 <nil>',
];

export const examples: readonly WrapperExample[] = [
  ...sent,
  ...stored,
  ...others.map((line) => ({ name: `no syslog: ${line.slice(0, 60)}`, line })),
];
