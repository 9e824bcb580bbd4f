import type { DocumentExample } from '../../../model/document-kind.ts';

const HEADER = 'apiproxy,request_verb,request_uri,response_status_code';
const ROW = 'users-v1,GET,/users/7,200';
const READ =
  '{"apiproxy":"users-v1","request_verb":"GET","request_uri":"/users/7","response_status_code":"200"}';

/** A file of these lines, each with its end. */
function file(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

const layouts: readonly DocumentExample[] = [
  { name: 'a row under the names of Apigee', content: file(HEADER, ROW), lines: [READ] },
  { name: 'no line end after the last row', content: file(HEADER, ROW).trimEnd(), lines: [READ] },
  ...['|', ';', '\t'].map(
    (delimiter): DocumentExample => ({
      name: `columns with ${JSON.stringify(delimiter)} between them`,
      content: file(HEADER, ROW).replaceAll(',', delimiter),
      lines: [READ],
    }),
  ),
  {
    name: 'a byte order mark, carriage returns and quoted names',
    content: `\ufeff"_time","_raw"\r\n"2026-01-05T10:00:00.000+0000","GET /users/7"\r\n`,
    lines: ['{"_time":"2026-01-05T10:00:00.000+0000","_raw":"GET /users/7"}'],
  },
  {
    name: 'the raw event of Splunk with quotes and a line break in it',
    content: '"_raw","host"\n"198.51.100.4 - ""GET /users/7""\nnext line","edge-3"\n"x","y"\n',
    lines: [
      '{"_raw":"198.51.100.4 - \\"GET /users/7\\"\\nnext line","host":"edge-3"}',
      '{"_raw":"x","host":"y"}',
    ],
  },
  {
    name: 'dotted names, and letters of other scripts',
    content: '@timestamp,http.request.method,url.path\n2026-01-05T10:00:00Z,GET,/caf\u00e9\n',
    lines: ['{"@timestamp":"2026-01-05T10:00:00Z","http.request.method":"GET","url.path":"/caf\u00e9"}'],
  },
  {
    name: 'messages of CloudWatch Logs Insights hold JSON',
    content: '@timestamp,@message\n2026-01-05 10:00:00.000,"{""httpMethod"":""GET""}"\n',
    lines: ['{"@timestamp":"2026-01-05 10:00:00.000","@message":"{\\"httpMethod\\":\\"GET\\"}"}'],
  },
  {
    name: 'empty lines, and exports one behind the other',
    content: file(HEADER, ROW, '', HEADER, ROW),
    lines: [READ, READ],
  },
  {
    name: 'empty lines between carriage returns',
    content: file(HEADER, ROW, '', ROW).replaceAll('\n', '\r\n'),
    lines: [READ, READ],
  },
  {
    name: 'empty values',
    content: file(HEADER, ',,"",'),
    lines: ['{"apiproxy":"","request_verb":"","request_uri":"","response_status_code":""}'],
  },
];

const damaged: readonly DocumentExample[] = [
  {
    name: 'too few columns',
    content: file(HEADER, 'users-v1,GET', ROW),
    lines: ['{"apiproxy":"users-v1","request_verb":"GET"}', READ],
  },
  {
    name: 'too many columns',
    content: file(HEADER, `${ROW},x`, ROW),
    lines: [`${READ.slice(0, -1)},"column_5":"x"}`, READ],
  },
  {
    name: 'an unclosed quote before rows without quotes',
    content: file(HEADER, 'users-v1,"GET,/users/7,200', ROW, ROW),
    lines: ['{"apiproxy":"users-v1","request_verb":"GET,/users/7,200"}', READ, READ],
  },
  {
    name: 'an unclosed quote before a row with quotes',
    content: file(HEADER, 'users-v1,"GET,/users/7,200', 'users-v1,GET,"/users/7",200', ROW),
    lines: ['{"apiproxy":"users-v1","request_verb":"GET,/users/7,200"}', READ, READ],
  },
  {
    name: 'an unclosed quote before a row that a caller filled with commas',
    content: file(HEADER, 'users-v1,GET,"/users/7,200', 'a,GET,",x,",200', ROW),
    lines: [
      '{"apiproxy":"users-v1","request_verb":"GET","request_uri":"/users/7,200"}',
      '{"apiproxy":"a","request_verb":"GET","request_uri":",x,","response_status_code":"200"}',
      READ,
    ],
  },
  {
    name: 'quotes within a value without quotes',
    content: file(HEADER, 'users-v1,GET,/a"b",200', ROW),
    lines: [
      '{"apiproxy":"users-v1","request_verb":"GET","request_uri":"/a\\"b\\"","response_status_code":"200"}',
      READ,
    ],
  },
  {
    name: 'text behind a closing quote',
    content: file(HEADER, 'users-v1,"GET"x,/users/7,200', ROW),
    lines: [
      '{"apiproxy":"users-v1","request_verb":"\\"GET\\"x","request_uri":"/users/7","response_status_code":"200"}',
      READ,
    ],
  },
  {
    name: 'a row of more than 1 MiB',
    content: file(HEADER, `users-v1,GET,/${'x'.repeat(1024 * 1024)},200`, ROW),
    lines: ['\u0001line_too_long', READ],
  },
  {
    name: 'an unclosed quote is not looked after for more than 1 MiB',
    content: file(
      HEADER,
      'users-v1,"GET',
      ROW,
      ...Array.from({ length: 12 }, () => `users-v1,GET,/${'x'.repeat(100_000)},200`),
    ),
    lines: [
      '{"apiproxy":"users-v1","request_verb":"GET"}',
      READ,
      ...Array.from({ length: 12 }, () => READ.replace('/users/7', `/${'x'.repeat(100_000)}`)),
    ],
  },
];

export const examples: readonly DocumentExample[] = [...layouts, ...damaged];
