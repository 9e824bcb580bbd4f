import type { DocumentExample } from '../../../model/document-kind.ts';

const SHORT = '#Fields: date time cs-method';
const LONG = '#Fields: date time cs-method cs-uri-stem sc-status';

export const examples: readonly DocumentExample[] = [
  {
    name: 'directives become empty lines, and each line stands after its fields',
    content: `#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n#Date: 2026-01-05 10:00:00\n${LONG}\n2026-01-05 10:00:00 GET /users 200\n2026-01-05 10:00:01 GET /orders 404\n`,
    lines: [
      '',
      '',
      '',
      '',
      `${LONG}\u001f2026-01-05 10:00:00 GET /users 200`,
      `${LONG}\u001f2026-01-05 10:00:01 GET /orders 404`,
    ],
  },
  {
    name: 'lines that end with a carriage return',
    content: `#Version: 1.0\r\n${SHORT}\r\n2026-01-05 10:00:00 GET\r\n\r\n2026-01-05 10:00:01 PUT\r\n`,
    lines: ['', '', `${SHORT}\u001f2026-01-05 10:00:00 GET`, '', `${SHORT}\u001f2026-01-05 10:00:01 PUT`],
  },
  {
    name: 'a carriage return inside a line stays',
    content: `${SHORT}\n2026-01-05\r 10:00:00\r\r GET\n`,
    lines: ['', `${SHORT}\u001f2026-01-05\r 10:00:00\r\r GET`],
  },
  {
    name: 'the fields change within the file',
    content: `${SHORT}\n2026-01-05 10:00:00 GET\n#Remark: restarted\n${LONG}\n2026-01-05 10:00:01 GET /orders 404\n`,
    lines: [
      '',
      `${SHORT}\u001f2026-01-05 10:00:00 GET`,
      '',
      '',
      `${LONG}\u001f2026-01-05 10:00:01 GET /orders 404`,
    ],
  },
  {
    name: 'names between tabs, and without a blank before them',
    content: '#Fields:date\ttime\tcs-method\n2026-01-05\t10:00:00\tGET\n',
    lines: ['', '#Fields: date\ttime\tcs-method\u001f2026-01-05\t10:00:00\tGET'],
  },
  {
    name: 'bytes that are not UTF-8 pass as they are',
    content: Buffer.from(`${SHORT}\n2026-01-05 10:00:00 caf\u00e9\n`, 'latin1'),
    lines: ['', `${SHORT}\u001f2026-01-05 10:00:00 caf\ufffd`],
  },
  {
    name: 'a last line without its end',
    content: `${SHORT}\n2026-01-05 10:00:00 GET`,
    lines: ['', `${SHORT}\u001f2026-01-05 10:00:00 GET`],
  },
  { name: 'a file that had no traffic', content: `#Version: 1.0\n${SHORT}\n`, lines: ['', ''] },
];
