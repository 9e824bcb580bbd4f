import type { DocumentExample } from '../../../model/document-kind.ts';

function request(path: string, id = '6f8d1c9a-5c3e-4a67-9d0b-1f2e3d4c5b6a'): string {
  return `<request id="${id}"> <ip>198.51.100.4</ip> <caller>-</caller> <user>web-shop</user> <requestTime>05/Jan/2026:10:00:00 +0000</requestTime> <httpMethod>GET</httpMethod> <resourcePath>${path}</resourcePath> <status>200</status> <protocol>HTTP/1.1</protocol> <responseLength>512</responseLength> </request>`;
}

function line(path: string): string {
  return `{"requestId":"6f8d1c9a-5c3e-4a67-9d0b-1f2e3d4c5b6a","ip":"198.51.100.4","caller":"-","user":"web-shop","requestTime":"05/Jan/2026:10:00:00 +0000","httpMethod":"GET","resourcePath":"${path}","status":"200","protocol":"HTTP/1.1","responseLength":"512"}`;
}

const REFUSED = '\u0001refused_xml';

export const examples: readonly DocumentExample[] = [
  {
    name: 'a request on each line',
    content: `${request('/orders/{id}')}\n${request('/users')}\n`,
    lines: [line('/orders/{id}'), line('/users')],
  },
  {
    name: 'a request over many lines, as it stands in the manual',
    content: request('/orders').replaceAll('> <', '>\n<'),
    lines: [line('/orders')],
  },
  {
    name: 'lines cut at their end, damaged at their beginning, or of something else',
    content: [
      request('/a'),
      request('/b').slice(0, -12),
      request('/c'),
      request('/d').replace('<request', '<reqest'),
      request('/e'),
      'Extended Request Id: none',
      request('/f'),
    ].join('\n'),
    lines: [line('/a'), REFUSED, line('/c'), REFUSED, line('/e'), REFUSED, line('/f')],
  },
  {
    name: 'a value with a bare ampersand, and one with an escaped one',
    content: `${request('/a&b')}\n${request('/a&amp;b')}\n`,
    lines: [REFUSED, line('/a&b')],
  },
  {
    name: 'a section that hides tags is none of this log, and eats nothing',
    content: `${request('/a')}\n${request('<![CDATA[')}\n${request('/b')}\n`,
    lines: [line('/a'), REFUSED, line('/b')],
  },
  {
    name: 'a document type with an entity ends the log',
    content: `${request('/a')}\n<!DOCTYPE x [<!ENTITY a "aaaa">]>\n${request('&a;')}\n`,
    lines: [line('/a'), REFUSED],
  },
];
