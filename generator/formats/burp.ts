import { allHeaders } from '../carried.ts';
import type { Exchange, Headers } from '../exchange.ts';
import { isoTime } from '../time-text.ts';

export const id = 'burp';
export const json = false;

const FIELDS = [
  'time',
  'url',
  'host',
  'port',
  'protocol',
  'method',
  'path',
  'extension',
  'request',
  'status',
  'responselength',
  'mimetype',
  'response',
  'comment',
];
const DECLARATIONS = [
  '<!ELEMENT items (item*)>',
  '<!ATTLIST items burpVersion CDATA "">',
  '<!ATTLIST items exportTime CDATA "">',
  `<!ELEMENT item (${FIELDS.join(', ')})>`,
  ...FIELDS.map((field) => `<!ELEMENT ${field} (#PCDATA)>`),
  '<!ATTLIST host ip CDATA "">',
  '<!ATTLIST request base64 (true|false) "false">',
  '<!ATTLIST response base64 (true|false) "false">',
];

export const document = {
  head: `<?xml version="1.0"?>\n<!DOCTYPE items [\n${DECLARATIONS.join('\n')}\n]>\n<items burpVersion="2026.1" exportTime="Mon Jul 06 12:00:00 UTC 2026">\n`,
  separator: '\n',
  tail: '\n</items>\n',
};

/** One item, its messages in base64 and without bodies. */
export function write(exchange: Exchange): string {
  const { method, scheme, host, status } = exchange;
  const target = Buffer.from(exchange.target).toString('latin1');
  const [name, port = scheme === 'https' ? '443' : '80'] = host.split(':');
  const response = responseOf(exchange);
  return `  <item>
    <time>${javaTime(exchange.startedAt)}</time>
    <url><![CDATA[${scheme}://${host}${target}]]></url>
    <host ip="203.0.113.80">${name}</host>
    <port>${port}</port>
    <protocol>${scheme}</protocol>
    <method><![CDATA[${method}]]></method>
    <path><![CDATA[${target}]]></path>
    <extension>null</extension>
    <request base64="true"><![CDATA[${requestOf(exchange).toString('base64')}]]></request>
    <status>${status}</status>
    <responselength>${response.length}</responselength>
    <mimetype>JSON</mimetype>
    <response base64="true"><![CDATA[${response.toString('base64')}]]></response>
    <comment></comment>
  </item>`;
}

function requestOf({ method, target, httpVersion, requestHeaders }: Exchange): Buffer {
  return message(`${method} ${target} ${versionOf(httpVersion)}`, requestHeaders);
}

function responseOf({ status, httpVersion, responseHeaders }: Exchange): Buffer {
  return message(`${versionOf(httpVersion)} ${status} `, responseHeaders);
}

function message(startLine: string, headers: Headers): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${startLine}\r\n${lines.join('')}\r\n`);
}

function versionOf(httpVersion: Exchange['httpVersion']): string {
  return httpVersion === '2.0' ? 'HTTP/2' : 'HTTP/1.1';
}

/** `Sat Nov 11 19:52:43 UTC 2023`. */
function javaTime(time: number): string {
  const [weekday = '', day, month, year, clock] = new Date(time).toUTCString().split(' ');
  return `${weekday.slice(0, 3)} ${month} ${day} ${clock} UTC ${year}`;
}

/** Whole seconds; no durations, and no word on who called or who answered. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const { startedAt, method, target, status, host, scheme } = exchange;
  return {
    startedAt: isoTime(startedAt - (startedAt % 1000)),
    method,
    target,
    status,
    host,
    scheme,
    requestBytes: requestOf(exchange).length,
    responseBytes: responseOf(exchange).length,
    ...allHeaders(exchange),
  };
}
