import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  IS_BRACKET,
  IS_QUOTE,
  IS_SPACE,
  KINDS,
  NEWLINE,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  SEPARATORS,
  SPACE,
  stringEnd,
} from './json-bytes.ts';
import { LONGEST_PATH, RecordListKeys } from './record-list-keys.ts';

/** Of a longer record this much is given out: enough for the framer to count it as too long. */
const MAX_RECORD_BYTES = 1024 * 1024 + 1;
/** Deeper nesting is no log record: what follows is text until the line ends. */
const MAX_DEPTH = 512;

const NEWLINE_BYTES = Buffer.from('\n');
const NOTHING = Buffer.alloc(0);
const GOES_ON = -1;

export interface JsonRecordOptions {
  /** A longer record is given out up to this length; 1 MiB and a byte when left out. */
  readonly maxRecordBytes?: number;
  /** Give out each object as it is, even one that holds a list of records. */
  readonly keepLists?: boolean;
}

/**
 * A class because it is opened, fed and ended: it holds the open record between chunks. Each method reads a run of
 * bytes of one sort, and gives where the next begins: 200 MB/s, where a call for each byte made 30.
 */
export class RecordScanner {
  readonly #maxRecordBytes: number;
  readonly #keys: RecordListKeys | undefined;
  /** The brackets around the list of records that is being read; empty outside one. */
  #around: number[] = [];
  /** What is open stands around a list of records, and is not given out. */
  #isAround = false;
  /** Top-level arrays around what comes next, and whether nothing of its line has been seen. */
  #lists = 0;
  #isLineStart = true;
  /** The opening brackets the record stands in; empty for a line of text. */
  readonly #brackets: number[] = [];
  #isOpen = false;
  #inString = false;
  /** The last chunk ended behind a backslash in a string. */
  #escaped = false;
  /** The last byte outside strings that is no space. */
  #previous = 0;
  /** What is open holds a space outside strings, and something behind it. */
  #hasSpace = false;
  #hasWords = false;
  #hasLineBreak = false;
  #record: Buffer[] = [];
  #recordBytes = 0;
  #chunk: Buffer = NOTHING;
  /** Where in the chunk the part of the open record begins that is not kept yet; -1 when nothing is open. */
  #start = -1;
  /** Where in the chunk the last name begins that a value may follow; -1 when in an earlier one. */
  #nameFrom = -1;
  #output: Buffer[] = [];

  constructor({ maxRecordBytes = MAX_RECORD_BYTES, keepLists = false }: JsonRecordOptions) {
    this.#maxRecordBytes = maxRecordBytes;
    this.#keys = keepLists ? undefined : new RecordListKeys();
  }

  lines(chunk: Buffer): Buffer {
    this.#chunk = chunk;
    this.#start = this.#isOpen ? 0 : -1;
    this.#output = [];
    for (let at = 0; at < chunk.length; ) {
      if (this.#inString) at = this.#readString(at);
      else if (!this.#isOpen) at = this.#open(at);
      else if (this.#brackets.length > 0) at = this.#readTokens(at);
      else at = this.#readText(at);
    }
    if (this.#start !== -1) this.#keep(chunk.subarray(this.#start));
    this.#keys?.carry(chunk, this.#nameFrom);
    this.#nameFrom = -1;
    return Buffer.concat(this.#output);
  }

  /** What was open when the stream ended. */
  end(): Buffer {
    if (this.#isAround) return NOTHING;
    return this.#take(NOTHING);
  }

  /** Looks for what begins between records: one of them, a line of text, or what stands behind a list. */
  #open(from: number): number {
    const chunk = this.#chunk;
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      const leavesList = byte === CLOSE_ARRAY && this.#around.length > 0;
      if (!leavesList && SEPARATORS[byte] === 1) {
        this.#pass(byte);
        continue;
      }
      this.#isOpen = true;
      this.#start = at;
      if (leavesList) this.#leaveList();
      else if (byte === OPEN_OBJECT) this.#beginRecord(at);
      else return at;
      return at + 1;
    }
    return chunk.length;
  }

  /** A blank line stays one, so that lines are the same whether a file is taken for lines or for documents. */
  #pass(separator: number): void {
    if (separator === NEWLINE) {
      const isBlank = this.#isLineStart && this.#lists === 0 && this.#around.length === 0;
      if (isBlank) this.#output.push(NEWLINE_BYTES);
      this.#isLineStart = true;
      return;
    }
    if (separator === OPEN_ARRAY) this.#lists += 1;
    if (separator === CLOSE_ARRAY) this.#lists = Math.max(0, this.#lists - 1);
    if (KINDS[separator] !== IS_SPACE) this.#isLineStart = false;
  }

  #beginRecord(at: number): void {
    this.#keys?.clear();
    this.#nameFrom = at;
    this.#previous = OPEN_OBJECT;
    this.#brackets.push(OPEN_OBJECT);
  }

  /** A record, up to its end or where the chunk cuts it. */
  #readTokens(from: number): number {
    const chunk = this.#chunk;
    let previous = this.#previous;
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      switch (KINDS[byte]) {
        case IS_SPACE:
          at = this.#skipSpace(at);
          continue;
        case IS_QUOTE:
          if (previous === COMMA || previous === OPEN_OBJECT) this.#nameFrom = at + 1;
          at = stringEnd(chunk, at + 1);
          if (chunk[at] !== QUOTE) return this.#cutString(at);
          break;
        case IS_BRACKET: {
          const next = this.#readBracket(byte, at, previous);
          if (next !== GOES_ON) return next;
        }
      }
      previous = byte;
    }
    this.#previous = previous;
    return chunk.length;
  }

  /** Where to read on when what was open ends at the bracket. */
  #readBracket(byte: number, at: number, previous: number): number {
    if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      this.#brackets.pop();
      return this.#brackets.length === 0 ? this.#give(at + 1, at + 1) : GOES_ON;
    }
    if (this.#breaksBetween(previous)) return this.#give(at, at);
    return this.#enter(byte) ? GOES_ON : at + 1;
  }

  /** The last of the spaces that begin here. */
  #skipSpace(from: number): number {
    const chunk = this.#chunk;
    this.#hasSpace = true;
    for (let at = from; ; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === NEWLINE) this.#hasLineBreak = true;
      else if (KINDS[byte] !== IS_SPACE) return at - 1;
    }
  }

  /** A string that a chunk begins in. */
  #readString(from: number): number {
    const chunk = this.#chunk;
    const end = stringEnd(chunk, this.#escaped && chunk[from] !== NEWLINE ? from + 1 : from);
    if (chunk[end] !== QUOTE) return this.#cutString(end);
    this.#inString = false;
    return end + 1;
  }

  /** A string has no line breaks: one that has was cut off, and the record with it. Others go on in the next chunk. */
  #cutString(end: number): number {
    const { length } = this.#chunk;
    if (end < length) return this.#give(end, end + 1);
    this.#previous = QUOTE;
    this.#inString = true;
    this.#escaped = end > length;
    return length;
  }

  /** A line between records. A bracket is a record's only behind words: an element like a number is none. */
  #readText(from: number): number {
    const chunk = this.#chunk;
    for (let at = from; at < chunk.length && !this.#hasWords; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === NEWLINE) return this.#give(at, at + 1);
      if (byte === OPEN_OBJECT && this.#previous === COMMA) return this.#give(at, at);
      if (KINDS[byte] === IS_SPACE) this.#hasSpace = true;
      else {
        this.#hasWords = this.#hasSpace;
        this.#previous = byte;
      }
    }
    const newline = this.#hasWords ? chunk.indexOf(NEWLINE, from) : -1;
    return newline === -1 ? chunk.length : this.#give(newline, newline + 1);
  }

  /** A bracket behind that byte stands where none can: what was open is broken, and the next record begins here. */
  #breaksBetween(previous: number): boolean {
    if (previous === COMMA) return this.#brackets.at(-1) === OPEN_OBJECT;
    return previous !== COLON && previous !== OPEN_ARRAY;
  }

  /** Whether the record goes on behind an opening bracket. */
  #enter(bracket: number): boolean {
    const depth = this.#brackets.push(bracket);
    if (depth > MAX_DEPTH) {
      this.#brackets.length = 0;
      this.#previous = bracket;
      this.#hasWords = this.#hasSpace;
    }
    if (depth > LONGEST_PATH + 1) return depth <= MAX_DEPTH;
    return !this.#entersList(bracket, depth - 1);
  }

  /** The bracket just read opens a list of records: what stood before it is no record, and its elements are. */
  #entersList(bracket: number, depth: number): boolean {
    // Inside a list nothing leads to another one.
    if (this.#keys === undefined || this.#around.length > 0) return false;
    this.#keys.enter(depth, this.#chunk, this.#nameFrom);
    if (bracket !== OPEN_ARRAY || !this.#keys.leadToList(this.#brackets)) return false;
    const around = [...this.#brackets];
    this.#reset();
    this.#around = around;
    return true;
  }

  /** Behind the list, what stands around it goes on. */
  #leaveList(): void {
    this.#brackets.push(...this.#around.slice(0, -1));
    this.#around = [];
    this.#isAround = true;
    this.#previous = CLOSE_ARRAY;
  }

  /** Gives out what is open up to here; the next byte to read is passed on. */
  #give(end: number, next: number): number {
    if (!this.#isAround) this.#output.push(this.#take(this.#chunk.subarray(this.#start, end)), NEWLINE_BYTES);
    this.#reset();
    this.#isLineStart = next > end;
    return next;
  }

  #keep(bytes: Buffer): void {
    if (this.#isAround) return;
    const kept = bytes.subarray(0, this.#maxRecordBytes - this.#recordBytes);
    this.#record.push(Buffer.from(kept));
    this.#recordBytes += kept.length;
  }

  /** The record with its last bytes, on one line. One that is so already is not copied. */
  #take(last: Buffer): Buffer {
    if (this.#recordBytes === 0 && !this.#hasLineBreak && last.length <= this.#maxRecordBytes) return last;
    this.#keep(last);
    const record = Buffer.concat(this.#record);
    for (let at = record.indexOf(NEWLINE); at !== -1; at = record.indexOf(NEWLINE, at)) record[at] = SPACE;
    return record;
  }

  /** The state between records. */
  #reset(): void {
    this.#brackets.length = 0;
    this.#start = -1;
    this.#isOpen = false;
    this.#isAround = false;
    this.#inString = false;
    this.#escaped = false;
    this.#previous = 0;
    this.#hasSpace = false;
    this.#hasWords = false;
    this.#hasLineBreak = false;
    this.#record = [];
    this.#recordBytes = 0;
  }
}
