/** A record longer than this is given up; the framer counts it as too long. */
const MAX_RECORD_BYTES = 1024 * 1024 + 1;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const isSpace = (byte: number) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
/** Between records, and around the elements of a top-level array. */
const separates = (byte: number) =>
  isSpace(byte) || byte === COMMA || byte === OPEN_ARRAY || byte === CLOSE_ARRAY;

/**
 * Turns a stream of JSON documents into one line per record: the elements of top-level arrays, and top-level
 * objects, whatever their line breaks. Text between records becomes lines of its own, so nothing is lost and
 * a broken record is one bad line.
 */
export async function* jsonRecords(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const scanner = new RecordScanner();
  for await (const chunk of chunks) yield scanner.lines(chunk);
  yield scanner.end();
}

/** Whether a file that begins like this holds JSON documents rather than lines. */
export function holdsJsonDocuments(head: Buffer): boolean {
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^\[\s*(\{|$)/.test(text)) return true;
  if (!text.startsWith('{')) return false;
  const firstLine = /^[^\n]*\n/.exec(text)?.[0];
  return firstLine !== undefined && /^\{\s*("[^"]*"\s*:\s*[[{]?\s*)?$/.test(firstLine.trim());
}

/** A class because it is opened, fed and ended: it holds the open record between chunks. */
class RecordScanner {
  #depth = 0;
  #inString = false;
  #escaped = false;
  #record: Buffer[] = [];
  #recordBytes = 0;

  lines(chunk: Buffer): Buffer {
    const output: Buffer[] = [];
    let start = this.#recordBytes > 0 ? 0 : -1;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (start === -1) {
        if (separates(byte)) continue;
        start = index;
      }
      const length = this.#recordBytes + index + 1 - start;
      if (!this.#ends(byte) && length <= MAX_RECORD_BYTES) continue;
      const isLineEnd = byte === NEWLINE && this.#depth === 0;
      output.push(...this.#take(chunk.subarray(start, isLineEnd ? index : index + 1)));
      this.#reset();
      start = -1;
    }
    if (start !== -1) this.#keep(chunk.subarray(start));
    return Buffer.concat(output);
  }

  /** What was open when the stream ended, as one line. */
  end(): Buffer {
    return this.#recordBytes === 0 ? Buffer.alloc(0) : Buffer.concat(this.#take(Buffer.alloc(0)));
  }

  #ends(byte: number): boolean {
    if (this.#inString) {
      this.#readString(byte);
      return false;
    }
    if (this.#depth === 0 && byte !== OPEN_OBJECT) return byte === NEWLINE;
    if (byte === QUOTE) this.#inString = true;
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#depth += 1;
    if (byte !== CLOSE_OBJECT && byte !== CLOSE_ARRAY) return false;
    this.#depth -= 1;
    return this.#depth === 0;
  }

  #readString(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
  }

  #keep(bytes: Buffer): void {
    this.#record.push(Buffer.from(bytes));
    this.#recordBytes += bytes.length;
  }

  #take(tail: Buffer): Buffer[] {
    const record = Buffer.concat([...this.#record, tail]);
    for (let at = record.indexOf(NEWLINE); at !== -1; at = record.indexOf(NEWLINE, at)) record[at] = 0x20;
    return [record, Buffer.from('\n')];
  }

  #reset(): void {
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
    this.#record = [];
    this.#recordBytes = 0;
  }
}
