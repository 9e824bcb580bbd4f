/** Of a longer record this much is given out: enough for the framer to count it as too long. */
const MAX_RECORD_BYTES = 1024 * 1024 + 1;
/** Deeper nesting is no log record: what follows is text until the line ends. */
const MAX_DEPTH = 512;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const NEWLINE_BYTES = Buffer.from('\n');
const isSpace = (byte: number) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
/** Between records, and around the elements of a top-level array. */
const separates = (byte: number) =>
  isSpace(byte) || byte === COMMA || byte === OPEN_ARRAY || byte === CLOSE_ARRAY;

/**
 * Turns a stream of JSON documents into one line per record: the elements of top-level arrays, and top-level
 * objects, whatever their line breaks. Text between records becomes lines of its own, so nothing is lost, and
 * a broken record is one bad line that ends where the next record can be told to begin. A record that the end of
 * the stream cuts off has no newline after it.
 */
export async function* jsonRecords(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const scanner = new RecordScanner();
  for await (const chunk of chunks) yield scanner.lines(chunk);
  yield scanner.end();
}

/**
 * Whether a file that begins like this holds JSON documents rather than lines: an array, an object over several
 * lines, or among other lines an array of objects, as batching gateways send them.
 */
export function holdsJsonDocuments(head: Buffer): boolean {
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^\[\s*(\{|$)/.test(text) || /\n\[\s?\{"/.test(text)) return true;
  if (!text.startsWith('{')) return false;
  const firstLine = /^[^\n]*\n/.exec(text)?.[0];
  return firstLine !== undefined && /^\{\s*("[^"]*"\s*:\s*[[{]?\s*)?$/.test(firstLine.trim());
}

/** A class because it is opened, fed and ended: it holds the open record between chunks. */
class RecordScanner {
  /** The opening brackets the record stands in; empty for a line of text. */
  readonly #brackets: number[] = [];
  #isOpen = false;
  #inString = false;
  #escaped = false;
  /** The last byte outside strings that is no space. */
  #previous = 0;
  #record: Buffer[] = [];
  #recordBytes = 0;

  lines(chunk: Buffer): Buffer {
    const output: Buffer[] = [];
    let start = this.#isOpen ? 0 : -1;
    const give = (end: number) => {
      output.push(this.#take(chunk.subarray(start, end)), NEWLINE_BYTES);
      start = -1;
    };
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (this.#breaksBefore(byte)) give(index);
      if (!this.#isOpen && !separates(byte)) {
        start = index;
        this.#isOpen = true;
      }
      if (this.#isOpen && this.#endsAt(byte)) give(byte === NEWLINE ? index : index + 1);
    }
    if (start !== -1) this.#keep(chunk.subarray(start));
    return Buffer.concat(output);
  }

  /** What was open when the stream ended. */
  end(): Buffer {
    return this.#take(Buffer.alloc(0));
  }

  /** A bracket where none can stand: what was open is broken, and the next record begins here. */
  #breaksBefore(byte: number): boolean {
    if (!this.#isOpen || this.#inString || (byte !== OPEN_OBJECT && byte !== OPEN_ARRAY)) return false;
    const bracket = this.#brackets.at(-1);
    if (bracket === undefined) return byte === OPEN_OBJECT && this.#previous === COMMA;
    if (this.#previous === COMMA) return bracket === OPEN_OBJECT;
    return this.#previous !== COLON && this.#previous !== OPEN_ARRAY;
  }

  #endsAt(byte: number): boolean {
    if (this.#inString) return this.#readString(byte);
    const isFirst = this.#previous === 0;
    if (!isSpace(byte)) this.#previous = byte;
    if (this.#brackets.length === 0 && !(isFirst && byte === OPEN_OBJECT)) return byte === NEWLINE;
    this.#inString = byte === QUOTE;
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#brackets.push(byte);
    if (this.#brackets.length > MAX_DEPTH) this.#brackets.length = 0;
    if (byte !== CLOSE_OBJECT && byte !== CLOSE_ARRAY) return false;
    this.#brackets.pop();
    return this.#brackets.length === 0;
  }

  /** A string has no line breaks: one that has was cut off, and the record with it. */
  #readString(byte: number): boolean {
    if (byte === NEWLINE) return true;
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
    return false;
  }

  #keep(bytes: Buffer): void {
    const kept = bytes.subarray(0, MAX_RECORD_BYTES - this.#recordBytes);
    this.#record.push(Buffer.from(kept));
    this.#recordBytes += kept.length;
  }

  /** The record with its last bytes, on one line, and the state for the next one. */
  #take(last: Buffer): Buffer {
    this.#keep(last);
    const record = Buffer.concat(this.#record);
    for (let at = record.indexOf(NEWLINE); at !== -1; at = record.indexOf(NEWLINE, at)) record[at] = 0x20;
    this.#brackets.length = 0;
    this.#isOpen = false;
    this.#inString = false;
    this.#escaped = false;
    this.#previous = 0;
    this.#record = [];
    this.#recordBytes = 0;
    return record;
  }
}
