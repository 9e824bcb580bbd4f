import type { LogFormatCase } from './log-format-case.ts';

const format = '%a %t "%r" %>s';
const lineWith = (request: string, status: string) =>
  `198.51.100.4 [05/Jan/2026:10:00:00 +0000] "${request}" ${status}`;

/** Lines that are no exchange, and why. */
export const rejectedCases: readonly LogFormatCase[] = [
  {
    name: 'other text',
    format,
    line: 'AH00558: could not determine the name of the server',
    rejected: 'not_in_log_format',
  },
  {
    name: 'a line with more than the format has',
    format,
    line: `${lineWith('GET /users/7 HTTP/1.1', '200')} 512`,
    rejected: 'not_in_log_format',
  },
  {
    name: 'a cut line',
    format,
    line: '198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /us',
    rejected: 'not_in_log_format',
  },
  {
    name: 'a month that does not exist',
    format,
    line: '198.51.100.4 [05/Foo/2026:10:00:00 +0000] "GET / HTTP/1.1" 200',
    rejected: 'bad_time',
  },
  {
    name: 'an hour that does not exist',
    format: '%{msec}t %a "%r" %>s',
    line: '- 198.51.100.4 "GET / HTTP/1.1" 200',
    rejected: 'bad_time',
  },
  { name: 'no request', format, line: lineWith('-', '408'), rejected: 'empty_request' },
  { name: 'nothing for the request', format, line: lineWith('', '400'), rejected: 'empty_request' },
  {
    name: 'a TLS hello to a plain port',
    format,
    line: lineWith('\\x16\\x03\\x01', '400'),
    rejected: 'malformed_request',
  },
  {
    name: 'a method without target',
    format: '%a %t "%m %U" %>s',
    line: lineWith('GET -', '400'),
    rejected: 'malformed_request',
  },
  { name: 'no status', format, line: lineWith('GET / HTTP/1.1', '-'), rejected: 'no_status' },
  { name: 'a status that is none', format, line: lineWith('GET / HTTP/1.1', '000'), rejected: 'bad_status' },
  {
    name: 'a status beyond every number',
    format,
    line: lineWith('GET / HTTP/1.1', '99999999999999999999'),
    rejected: 'bad_status',
  },
];
