import type { DocumentKind } from '../../../model/document-kind.ts';
import { markerLine } from '../../../model/marker-line.ts';
import { childTexts, xmlRecords } from '../xml-elements.ts';
import { examples } from './examples.ts';

/** The layout of the console: the identifier as an attribute, every other variable as an element. */
const BEGINS = /^\s*<request\s+id="[^"<>]*">\s*<[A-Za-z]\w*>/;
/** API Gateway writes at most 3 KiB of a record; a stage may add long variables. */
const MAX_RECORD_BYTES = 256 * 1024;

/** Access logs of REST APIs whose stage writes them as XML: one element for each request. */
export const document: DocumentKind = {
  id: 'aws-apigateway-xml',
  title: 'Amazon API Gateway access log (XML)',
  reference: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html',
  recognises: (head) => BEGINS.test(head.toString('utf8', 0, 4096)),
  records: requestLines,
  examples,
};

async function* requestLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const layout = { record: 'request', around: [], hasCdata: false, maxRecordBytes: MAX_RECORD_BYTES };
  for await (const request of xmlRecords(chunks, layout)) {
    if (request === 'refused') yield Buffer.from(`${markerLine('refused_xml')}\n`);
    else if (request === 'too_long') yield Buffer.from(`${markerLine('line_too_long')}\n`);
    else {
      const fields = [['requestId', request.attributes.id ?? ''], ...childTexts(request)];
      yield Buffer.from(`${JSON.stringify(Object.fromEntries(fields))}\n`);
    }
  }
}
