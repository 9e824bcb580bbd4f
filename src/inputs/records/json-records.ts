import { LIST_NAMES, RecordListKeys } from './record-list-keys.ts';

/** Of a longer record this much is given out: enough for the framer to count it as too long. */
const MAX_RECORD_BYTES = 1024 * 1024 + 1;
/** A first line that goes on beyond this is a document on one line. */
const MAX_SINGLE_LINE = 60_000;
/** Deeper nesting is no log record: what follows is text until the line ends. */
const MAX_DEPTH = 512;
/** Of a text that is whole, so much is scanned at once. */
const SCANNED_BYTES = 64 * 1024;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const HASH = 0x23;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const NEWLINE_BYTES = Buffer.from('\n');
const NOTHING = Buffer.alloc(0);
const isSpace = (byte: number) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
/** Between records, and around the elements of a top-level array. */
const separates = (byte: number) =>
  isSpace(byte) || byte === COMMA || byte === OPEN_ARRAY || byte === CLOSE_ARRAY;

export interface JsonRecordOptions {
  /** A longer record is given out up to this length; 1 MiB and a byte when left out. */
  readonly maxRecordBytes?: number;
  /** Give out each object as it is, even one that holds a list of records. */
  readonly keepLists?: boolean;
}

/**
 * Turns a stream of JSON documents into one line per record: the elements of top-level arrays and of lists of
 * records, and top-level objects, whatever their line breaks. What stands around a list of records is left out. Text between records becomes lines of its own, so nothing is lost, and
 * a broken record is one bad line that ends where the next record can be told to begin. A record that the end of
 * the stream cuts off has no newline after it.
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
  const first = text.find((byte) => !isSpace(byte));
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
  const text = head.toString('utf8').replace(LEADING_COMMENTS, '').trimStart();
  if (/^\[\s*(\{|$)/.test(text) || /\n\[\s?\{"/.test(text)) return true;
  if (!text.startsWith('{')) return false;
  if (LIST_BEGINS.test(text)) return true;
  const [firstLine = '', rest] = text.split('\n', 2);
  if (rest === undefined) return text.length > MAX_SINGLE_LINE || holdsSeveral(firstLine);
  return /^\{\s*("[^"]*"\s*:\s*[[{]?\s*)?$/.test(firstLine.trim()) || holdsSeveral(firstLine);
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

/** A class because it is opened, fed and ended: it holds the open record between chunks. */
class RecordScanner {
  readonly #maxRecordBytes: number;
  readonly #keys: RecordListKeys | undefined;
  /** The brackets around the list of records that is being read; empty outside one. */
  #around: number[] = [];
  /** What is open stands around a list of records, and is not given out. */
  #isAround = false;
  /** The opening brackets the record stands in; empty for a line of text. */
  readonly #brackets: number[] = [];
  #isOpen = false;
  #inString = false;
  #escaped = false;
  /** The last byte outside strings that is no space. */
  #previous = 0;
  /** What is open holds a space outside strings, and something behind it. */
  #hasSpace = false;
  #hasWords = false;
  #record: Buffer[] = [];
  #recordBytes = 0;
  #chunk: Buffer = NOTHING;
  /** Where in the chunk the part of the open record begins that is not kept yet; -1 when nothing is open. */
  #start = -1;
  #output: Buffer[] = [];

  constructor({ maxRecordBytes = MAX_RECORD_BYTES, keepLists = false }: JsonRecordOptions) {
    this.#maxRecordBytes = maxRecordBytes;
    this.#keys = keepLists ? undefined : new RecordListKeys();
  }

  lines(chunk: Buffer): Buffer {
    this.#chunk = chunk;
    this.#start = this.#isOpen ? 0 : -1;
    this.#output = [];
    for (let index = 0; index < chunk.length; index += 1) {
      if (this.#inString) index = this.#skipText(index);
      this.#read(chunk[index] ?? 0, index);
    }
    if (this.#start !== -1) this.#keep(chunk.subarray(this.#start));
    return Buffer.concat(this.#output);
  }

  /** Where in a string, from here on, a byte comes that means something; the last byte if none does. */
  #skipText(from: number): number {
    if (this.#escaped || this.#keys?.isReading === true) return from;
    const chunk = this.#chunk;
    let index = from;
    for (; index < chunk.length - 1; index += 1) {
      const byte = chunk[index];
      if (byte === QUOTE || byte === BACKSLASH || byte === NEWLINE) break;
    }
    return index;
  }

  #read(byte: number, index: number): void {
    if (this.#breaksBefore(byte)) this.#give(index);
    if (!this.#isOpen) {
      if (!this.#opensAt(byte)) return;
      this.#start = index;
    }
    if (this.#endsAt(byte)) this.#give(byte === NEWLINE ? index : index + 1);
    else if (this.#entersList(byte)) this.#start = -1;
  }

  /** Gives out what is open up to here. */
  #give(end: number): void {
    if (this.#isAround) this.#drop();
    else this.#output.push(this.#take(this.#chunk.subarray(this.#start, end)), NEWLINE_BYTES);
    this.#start = -1;
  }

  /** What was open when the stream ended. */
  end(): Buffer {
    if (this.#isAround) return NOTHING;
    return this.#take(NOTHING);
  }

  /** Whether something begins between records: one of them, a line of text, or what stands behind a list. */
  #opensAt(byte: number): boolean {
    if (byte === CLOSE_ARRAY && this.#around.length > 0) {
      this.#leaveList();
      return true;
    }
    this.#isOpen = !separates(byte);
    return this.#isOpen;
  }

  /** A bracket where none can stand: what was open is broken, and the next record begins here. */
  #breaksBefore(byte: number): boolean {
    if (!this.#isOpen || this.#inString || (byte !== OPEN_OBJECT && byte !== OPEN_ARRAY)) return false;
    const bracket = this.#brackets.at(-1);
    // A line of text has words; an element that is no object, like a number, is one.
    if (bracket === undefined) return byte === OPEN_OBJECT && this.#previous === COMMA && !this.#hasWords;
    if (this.#previous === COMMA) return bracket === OPEN_OBJECT;
    return this.#previous !== COLON && this.#previous !== OPEN_ARRAY;
  }

  #endsAt(byte: number): boolean {
    if (this.#inString) return this.#readString(byte);
    const isFirst = this.#previous === 0;
    if (isSpace(byte)) this.#hasSpace = true;
    else {
      this.#hasWords = this.#hasSpace;
      this.#previous = byte;
    }
    if (this.#brackets.length === 0 && !(isFirst && byte === OPEN_OBJECT)) return byte === NEWLINE;
    this.#inString = byte === QUOTE;
    this.#keys?.see(byte, this.#brackets.length);
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
    this.#keys?.spell(byte);
    return false;
  }

  /** The bracket just read opens a list of records: what stood before it is no record, and its elements are. */
  #entersList(byte: number): boolean {
    if (byte !== OPEN_ARRAY || this.#inString || this.#around.length > 0) return false;
    if (this.#keys?.leadToList(this.#brackets) !== true) return false;
    const around = [...this.#brackets];
    this.#drop();
    this.#around = around;
    return true;
  }

  /** Behind the list, what stands around it goes on. */
  #leaveList(): void {
    this.#brackets.push(...this.#around);
    this.#around = [];
    this.#isOpen = true;
    this.#isAround = true;
    this.#previous = CLOSE_OBJECT;
  }

  #drop(): void {
    this.#take(NOTHING);
  }

  #keep(bytes: Buffer): void {
    if (this.#isAround) return;
    const kept = bytes.subarray(0, this.#maxRecordBytes - this.#recordBytes);
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
    this.#isAround = false;
    this.#inString = false;
    this.#escaped = false;
    this.#previous = 0;
    this.#hasSpace = false;
    this.#hasWords = false;
    this.#record = [];
    this.#recordBytes = 0;
    return record;
  }
}
