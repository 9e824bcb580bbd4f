import type { DocumentKind } from '../../../model/document-kind.ts';
import { quoted } from '../../records/json-text.ts';
import type { XmlElement } from '../xml-element.ts';
import { xmlLines } from '../xml-elements.ts';
import { burpTime } from './burp-time.ts';
import { type RawMessage, rawMessage } from './raw-message.ts';

const BEGINS = /^\s*(<\?xml[^>]*>\s*)?(<!DOCTYPE\s+items\s|<items\s[^>]*\bburpVersion=)/;
const MAX_ITEM_BYTES = 16 * 1024 * 1024;
/** Of a body this much is looked at: escaped in JSON, both bodies fit into the length of a line. */
const MAX_BODY_BYTES = 64 * 1024;
const REQUEST_LINE = /^(\S+) (.+?)(?: HTTP\/[\d.]+)?$/;

/** What Burp Suite saves with "Save items": requests and responses as they went over the wire. */
export const document: DocumentKind = {
  id: 'burp',
  title: 'Burp Suite items (XML)',
  reference: 'https://portswigger.net/burp/documentation/desktop/tools/proxy/http-history',
  recognises: (head) => BEGINS.test(head.toString('utf8', 0, 4096)),
  records: itemLines,
};

function itemLines(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const layout = { record: 'item', around: ['items'], hasCdata: true, maxRecordBytes: MAX_ITEM_BYTES };
  return xmlLines(chunks, layout, lineOf);
}

/** The fields of an item under Burp's names, and what its messages say. */
function lineOf(item: XmlElement): string {
  const child = (name: string): XmlElement | undefined => item.children.find((one) => one.name === name);
  const textOf = (name: string): string | undefined => child(name)?.text;
  const request = messageOf(child('request'));
  const response = messageOf(child('response'));
  const [, method, target] = REQUEST_LINE.exec(request?.startLine ?? '') ?? [];
  const time = textOf('time') ?? '';
  const fields = [
    member('startedAt', burpTime(time, response?.headers.get('date'))),
    member('protocol', textOf('protocol')),
    member('host', textOf('host')),
    member('port', textOf('port')),
    member('method', method ?? textOf('method')),
    member('target', target ?? textOf('path')),
    member('status', textOf('status')),
    member('responseLength', textOf('responselength')),
  ];
  const messages = partsOf('request', request) + partsOf('response', response);
  return `{"burpItem":{"time":${quoted(time)}${fields.join('')}}${messages}}`;
}

/** Written as text: an object for the headers of each message would be made only to be written. */
function partsOf(name: string, message: SavedMessage | undefined): string {
  if (message === undefined) return '';
  const { bytes, headers, body } = message;
  let members = '';
  for (const [header, value] of headers)
    members += `${members === '' ? '' : ','}${quoted(header)}:${quoted(value)}`;
  const length = bytes === undefined ? '' : `"bytes":${bytes},`;
  return `,"${name}":{${length}"headers":{${members}},"body":${quoted(body.toString('utf8', 0, MAX_BODY_BYTES))}}`;
}

function member(name: string, value: string | undefined): string {
  return value === undefined ? '' : `,"${name}":${quoted(value)}`;
}

interface SavedMessage extends RawMessage {
  readonly bytes: number | undefined;
}

/** A message in base64 is as long as it was; one in text has lost its line ends to XML, and what is no text. */
function messageOf(element: XmlElement | undefined): SavedMessage | undefined {
  if (element === undefined || element.text === '') return undefined;
  const isWhole = element.attributes.base64 === 'true';
  const bytes = Buffer.from(element.text, isWhole ? 'base64' : 'utf8');
  return { ...rawMessage(bytes), bytes: isWhole ? bytes.length : undefined };
}
