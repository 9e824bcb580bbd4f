import { IS_SPACE, KINDS, NEWLINE, OPEN_ARRAY, OPEN_OBJECT } from './json-bytes.ts';
import { LIST_NAMES } from './record-list-keys.ts';
import { type JsonRecordOptions, RecordScanner } from './record-scanner.ts';

/** A first line that goes on beyond this is a document on one line. */
const MAX_SINGLE_LINE = 60_000;
/** What a text is told by: all that was read of a file, and the beginning of what was unpacked. */
const LOOK_BYTES = 64 * 1024;
/** Of a text that is whole, so much is scanned at once. */
const SCANNED_BYTES = 64 * 1024;

const HASH = 0x23;

/**
 * Turns a stream of JSON documents into one line per record: the elements of top-level arrays and of lists of
 * records, and top-level objects, whatever their line breaks. What stands around a list of records is left out. Text
 * between records becomes lines of its own, so nothing is lost, and a broken record is one bad line that ends where
 * the next record can be told to begin. A record that the end of the stream cuts off has no newline after it.
 */
export async function* jsonRecords(
  chunks: AsyncIterable<Buffer>,
  options: JsonRecordOptions = {},
): AsyncGenerator<Buffer> {
  const scanner = new RecordScanner(options);
  for await (const chunk of chunks) yield scanner.lines(chunk);
  yield scanner.end();
}

/**
 * The records of a text that is whole: of JSON documents each one, of other text each line. One by one, since a text
 * that was unpacked can hold millions.
 */
export function* recordLines(text: Buffer): Generator<Buffer> {
  const first = text.find((byte) => KINDS[byte] !== IS_SPACE);
  if ((first === OPEN_OBJECT || first === OPEN_ARRAY || first === HASH) && holdsJsonDocuments(text)) {
    // What bounds the text bounds its records.
    const scanner = new RecordScanner({ maxRecordBytes: text.length });
    for (let at = 0; at < text.length; at += SCANNED_BYTES)
      yield* linesIn(scanner.lines(text.subarray(at, at + SCANNED_BYTES)));
    yield* linesIn(scanner.end());
  } else if (text.indexOf(NEWLINE) === -1) yield text;
  else yield* linesIn(text);
}

/** The last one with or without its line end; blank ones left out. */
function* linesIn(text: Buffer): Generator<Buffer> {
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf(NEWLINE, from);
    const end = newline === -1 ? text.length : newline;
    if (end > from) yield text.subarray(from, end);
    from = end + 1;
  }
}

/** A licence or a note above the first document. */
const LEADING_COMMENTS = /^(\s*#[^\n]*\n)+/;
const LIST_BEGINS = new RegExp(`"(${LIST_NAMES.join('|')})"\\s*:\\s*\\[\\s*[{\\]]`);

/**
 * Whether a file that begins like this holds JSON documents rather than lines: an array, an object over several
 * lines, objects behind each other on one line, a list of records, or among other lines an array of objects, as
 * batching gateways send them.
 */
export function holdsJsonDocuments(head: Buffer): boolean {
  const text = head.toString('utf8', 0, LOOK_BYTES).replace(LEADING_COMMENTS, '').trimStart();
  if (/^\[\s*(\{|$)/.test(text) || /\n\[\s?\{"/.test(text)) return true;
  if (!text.startsWith('{')) return false;
  if (LIST_BEGINS.test(text)) return true;
  const [firstLine = '', rest] = text.split('\n', 2);
  if (rest === undefined) return text.length > MAX_SINGLE_LINE || holdsSeveral(firstLine);
  return /^\{\s*("[^"]*"\s*:\s*([[{]\s*)?)?$/.test(firstLine.trim()) || holdsSeveral(firstLine);
}

/** `{…}{…}`, as Splunk and Firehose write. */
function holdsSeveral(line: string): boolean {
  if (!/\}\s*\{/.test(line)) return false;
  try {
    JSON.parse(line);
    return false;
  } catch {
    // Two searches and not one pattern, which would take quadratic time for a broken line.
    const firstKey = line.search(/"\s*:/);
    return firstKey !== -1 && /\}\s*\{\s*"/.test(line.slice(firstKey));
  }
}
