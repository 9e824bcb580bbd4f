import type { DocumentKind } from '../../../model/document-kind.ts';
import { childTexts } from '../xml-element.ts';
import { xmlLines } from '../xml-elements.ts';

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
};

function requestLines(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const layout = { record: 'request', around: [], hasCdata: false, maxRecordBytes: MAX_RECORD_BYTES };
  return xmlLines(chunks, layout, (request) =>
    JSON.stringify(Object.fromEntries([['requestId', request.attributes.id ?? ''], ...childTexts(request)])),
  );
}
