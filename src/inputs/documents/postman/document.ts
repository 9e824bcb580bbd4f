import type { DocumentKind } from '../../../model/document-kind.ts';
import { markerLine } from '../../../model/marker-line.ts';
import { JsonBytes } from '../json-bytes.ts';
import { collectionLines, firstVersionLines } from './collection.ts';
import { fieldsOf } from './example-line.ts';
import { newmanLines } from './newman.ts';
import { isPostman } from './recognise.ts';

/** A larger collection is counted and left out: what one part of it means stands in another. */
const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;
/** Enough of a damaged document to see that it is no JSON. */
const DAMAGED_CHARACTERS = 1000;
const GIVEN_OUT_BYTES = 256 * 1024;

/** Collections with saved responses, and reports of Newman: how somebody used an API, written down. */
export const document: DocumentKind = {
  id: 'postman',
  title: 'Postman collections, Newman reports (JSON)',
  reference: 'https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html',
  recognises: isPostman,
  records: exampleLines,
};

async function* exampleLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MAX_DOCUMENT_BYTES) pieces.length = 0;
    else pieces.push(Buffer.from(chunk));
  }
  if (bytes === 0) return;
  if (bytes > MAX_DOCUMENT_BYTES) yield Buffer.from(`${markerLine('line_too_long')}\n`);
  else yield* together(linesOf(Buffer.concat(pieces.splice(0)).toString('utf8')));
}

/** Many lines at once: to wait for each costs as much as to make it. */
function* together(each: Iterable<string>): Generator<Buffer> {
  const lines = new JsonBytes();
  for (const line of each) {
    lines.text(line);
    if (lines.length >= GIVEN_OUT_BYTES) yield lines.take();
  }
  if (lines.length > 0) yield lines.take();
}

function* linesOf(text: string): Generator<string> {
  const content = parsed(text);
  if (content === undefined) {
    yield `${text.slice(0, DAMAGED_CHARACTERS).replaceAll(/[\r\n]/g, ' ')}\n`;
    return;
  }
  const outer = fieldsOf(content);
  const collection = fieldsOf(outer.collection ?? outer);
  if (outer.run !== undefined) yield* newmanLines(fieldsOf(outer.run));
  else if (collection.requests !== undefined) yield* firstVersionLines(collection);
  else yield* collectionLines(collection);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not thrown on: the line is counted by the reason that the rules for lines give it.
    return undefined;
  }
}
