import type { DocumentKind } from '../../../model/document-kind.ts';
import { markerLine } from '../../../model/marker-line.ts';
import { childTexts, type XmlElement, xmlRecords } from '../xml-elements.ts';
import { burpTime } from './burp-time.ts';
import { examples } from './examples.ts';
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
  examples,
};

async function* itemLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const layout = { record: 'item', around: ['items'], hasCdata: true, maxRecordBytes: MAX_ITEM_BYTES };
  for await (const item of xmlRecords(chunks, layout)) {
    if (item === 'refused') yield Buffer.from(`${markerLine('refused_xml')}\n`);
    else if (item === 'too_long') yield Buffer.from(`${markerLine('line_too_long')}\n`);
    else yield Buffer.from(`${JSON.stringify(recordOf(item))}\n`);
  }
}

/** The fields of an item under Burp's names, and what its messages say. */
function recordOf(item: XmlElement): object {
  const texts = childTexts(item);
  const request = messageOf(item, 'request');
  const response = messageOf(item, 'response');
  const [, method, target] = REQUEST_LINE.exec(request?.startLine ?? '') ?? [];
  const time = texts.get('time') ?? '';
  return {
    burpItem: {
      time,
      startedAt: burpTime(time, response?.headers.get('date')),
      protocol: texts.get('protocol'),
      host: texts.get('host'),
      port: texts.get('port'),
      method: method ?? texts.get('method'),
      target: target ?? texts.get('path'),
      status: texts.get('status'),
      responseLength: texts.get('responselength'),
    },
    request: request && partsOf(request),
    response: response && partsOf(response),
  };
}

function partsOf({ bytes, headers, body }: RawMessage & { readonly bytes: number | undefined }): object {
  return { bytes, headers: Object.fromEntries(headers), body: body.toString('utf8', 0, MAX_BODY_BYTES) };
}

/** A message in base64 is as long as it was; one in text has lost its line ends to XML, and what is no text. */
function messageOf(
  item: XmlElement,
  name: string,
): (RawMessage & { readonly bytes: number | undefined }) | undefined {
  const element = item.children.find((child) => child.name === name);
  if (element === undefined || element.text === '') return undefined;
  const isWhole = element.attributes.base64 === 'true';
  const bytes = Buffer.from(element.text, isWhole ? 'base64' : 'utf8');
  return { ...rawMessage(bytes), bytes: isWhole ? bytes.length : undefined };
}
