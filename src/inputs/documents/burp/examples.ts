import type { DocumentExample } from '../../../model/document-kind.ts';

const DOCTYPE = `<!DOCTYPE items [
<!ELEMENT items (item*)>
<!ATTLIST items burpVersion CDATA "">
<!ELEMENT item (time, url, host, port, protocol, method, path, extension, request, status, responselength, mimetype, response, comment)>
<!ELEMENT request (#PCDATA)>
<!ATTLIST request base64 (true|false) "false">
]>`;
const REQUEST =
  'POST /orders?dry=1 HTTP/1.1\r\nHost: api.shop.test\r\nAccept: a/b\r\nAccept: c/d\r\n\r\n{"a":1}';
const RESPONSE =
  'HTTP/1.1 201 Created\r\nDate: Mon, 05 Jan 2026 10:00:01 GMT\r\nContent-Type: text/plain\r\n\r\nmade';
const REFUSED = '\u0001refused_xml';

interface Item {
  readonly time?: string;
  readonly method?: string;
  readonly path?: string;
  readonly request?: string;
  readonly status?: string;
  readonly response?: string;
}

function inBase64(message: string): string {
  return message === '' ? '' : `<![CDATA[${Buffer.from(message).toString('base64')}]]>`;
}

function item({
  time = 'Mon Jan 05 15:00:00 PKT 2026',
  method = 'POST',
  path = '/orders?dry=1',
  request = `<request base64="true">${inBase64(REQUEST)}</request>`,
  status = '201',
  response = `<response base64="true">${inBase64(RESPONSE)}</response>`,
}: Item = {}): string {
  return `  <item>
    <time>${time}</time>
    <url><![CDATA[https://api.shop.test${path}]]></url>
    <host ip="203.0.113.80">api.shop.test</host>
    <port>443</port>
    <protocol>https</protocol>
    <method><![CDATA[${method}]]></method>
    <path><![CDATA[${path}]]></path>
    <extension>null</extension>
    ${request}
    <status>${status}</status>
    <responselength>98</responselength>
    <mimetype>text</mimetype>
    ${response}
    <comment></comment>
  </item>
`;
}

function file(...items: readonly string[]): string {
  return `<?xml version="1.0"?>\n${DOCTYPE}\n<items burpVersion="2026.1" exportTime="Mon Jan 05 16:00:00 PKT 2026">\n${items.join('')}</items>\n`;
}

const fields = {
  time: 'Mon Jan 05 15:00:00 PKT 2026',
  startedAt: '2026-01-05T10:00:00.000Z',
  protocol: 'https',
  host: 'api.shop.test',
  port: '443',
  method: 'POST',
  target: '/orders?dry=1',
  status: '201',
  responseLength: '98',
};
const request = {
  bytes: REQUEST.length,
  headers: { host: 'api.shop.test', accept: 'a/b, c/d' },
  body: '{"a":1}',
};
const response = {
  bytes: RESPONSE.length,
  headers: { date: 'Mon, 05 Jan 2026 10:00:01 GMT', 'content-type': 'text/plain' },
  body: 'made',
};
const LINE = line();

function line(changes: object = {}, messages: object = { request, response }): string {
  return JSON.stringify({ burpItem: { ...fields, ...changes }, ...messages });
}

export const examples: readonly DocumentExample[] = [
  { name: 'messages in base64', content: file(item(), item()), lines: [LINE, LINE] },
  { name: 'line ends of Windows', content: file(item()).replaceAll('\n', '\r\n'), lines: [LINE] },
  {
    name: 'messages as text: tags in a body are text, and HTTP/2 has a request line too',
    content: file(
      item({
        request: '<request base64="false"><![CDATA[GET /a HTTP/2\r\nHost: x\r\n\r\n]]></request>',
        response: '<response base64="false"><![CDATA[HTTP/2 201 \r\n\r\n</item><item>]]></response>',
      }),
    ),
    lines: [
      line(
        { method: 'GET', target: '/a' },
        {
          request: { headers: { host: 'x' }, body: '' },
          response: { headers: {}, body: '</item><item>' },
        },
      ),
    ],
  },
  {
    name: 'no answer, and a message that was not saved',
    content: file(
      item({ status: '', request: '<request></request>', response: '<response base64="true"></response>' }),
    ),
    lines: [line({ status: '' }, {})],
  },
  {
    name: 'a zone by its offset, one nobody knows, and one of several settled by the answer or not',
    content: file(
      item({ time: 'Mon Jan 05 07:00:00 GMT-03:00 2026' }),
      item({ time: 'Mon Jan 05 07:00:00 XYZ 2026' }),
      item({ time: 'Mon Jan 05 18:00:00 CST 2026' }),
      item({ time: 'Mon Jan 05 18:00:00 CST 2026', response: '' }),
      item({ time: 'Mon Jan 05 10:00:00 UTC 2026' }),
    ),
    lines: [
      line({ time: 'Mon Jan 05 07:00:00 GMT-03:00 2026' }),
      line({ time: 'Mon Jan 05 07:00:00 XYZ 2026', startedAt: undefined }),
      line({ time: 'Mon Jan 05 18:00:00 CST 2026' }),
      line({ time: 'Mon Jan 05 18:00:00 CST 2026', startedAt: undefined }, { request }),
      line({ time: 'Mon Jan 05 10:00:00 UTC 2026' }),
    ],
  },
  {
    name: 'an entity nobody defined, an item cut off before the next one, one cut off by the end',
    content: file(item({ status: '&xxe;' }), item(), item().slice(0, 200), item(), item()).slice(0, -80),
    lines: [REFUSED, LINE, REFUSED, LINE, REFUSED],
  },
  ...['<!ENTITY a "aaaaaaaa">', '<!ENTITY x SYSTEM "file:///etc/hosts">', '%parameter;'].map(
    (declaration) => ({
      name: `a document type with ${declaration} is refused`,
      content: file(item()).replace('<!ELEMENT items (item*)>', declaration),
      lines: [REFUSED],
    }),
  ),
  {
    name: 'a document type from elsewhere is refused',
    content: `<!DOCTYPE items SYSTEM "https://example.com/items.dtd">\n<items burpVersion="2026.1">${item()}</items>`,
    lines: [REFUSED],
  },
];
