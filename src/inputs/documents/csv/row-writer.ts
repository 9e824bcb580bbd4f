import type { Header } from './header.ts';
import type { LineBatch } from './line-batch.ts';

/** A longer row is left to slower reading, so that its line has room without asking for each byte. */
const MAX_ROW_BYTES = 32 * 1024;
/** A byte becomes two at most, since what takes more is left to slower reading too. */
const ESCAPED_BYTES = 2;

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NO_ROW = -1;
const END = Buffer.from('"}\n');

/** What stands behind the backslash in JSON; 0 for bytes that need none, and 1 for those that have no short form. */
const ESCAPES = new Uint8Array(256).fill(1, 0, 0x20);
for (const [byte, letter] of ['\bb', '\ff', '\nn', '\rr', '\tt', '""', '\\\\'].map((pair) =>
  Buffer.from(pair),
))
  ESCAPES[byte ?? 0] = letter ?? 0;

/**
 * Writes rows as JSON lines, from bytes to bytes: 100 MB/s, where fields as strings made 20. Only rows about which
 * there is no doubt; the others are for `readRow`.
 * A class because it holds what is the same for all rows: what stands before each value, and where values end.
 */
export class RowWriter {
  readonly #batch: LineBatch;
  readonly #header: Buffer;
  readonly #delimiter: number;
  /** `{"a":"`, `","b":"`; none when columns share a name. */
  readonly #openings: readonly Buffer[];
  readonly #lineBytes: number;
  /** 1 for bytes that end a value without quotes, or may not be in one as they are. */
  readonly #stops: Uint8Array;
  #out: Buffer;
  #to = 0;
  /** The row goes on over further lines. */
  #hasLineBreak = false;

  constructor({ names, delimiter }: Header, headerLine: string, batch: LineBatch) {
    this.#batch = batch;
    this.#out = batch.bytes;
    this.#header = Buffer.from(headerLine, 'latin1');
    this.#delimiter = delimiter.charCodeAt(0);
    const isPlain = new Set(names).size === names.length;
    this.#openings = (isPlain ? names : []).map((name, index) =>
      Buffer.from(`${index === 0 ? '{' : '",'}${JSON.stringify(name)}:"`, 'latin1'),
    );
    const openingBytes = this.#openings.reduce((sum, { length }) => sum + length, END.length);
    this.#lineBytes = openingBytes + ESCAPED_BYTES * MAX_ROW_BYTES;
    this.#stops = ESCAPES.map((letter) => (letter === 0 ? 0 : 1));
    this.#stops[this.#delimiter] = 1;
  }

  /** Writes the row that begins here, and gives where the next one does; undefined when nothing was written. */
  write(bytes: Buffer, from: number): number | undefined {
    // Empty lines and repeated headers are no rows.
    if (bytes[from] === NEWLINE || bytes[from] === RETURN || this.#isHeader(bytes, from)) return undefined;
    this.#out = this.#batch.reserve(this.#lineBytes);
    this.#to = this.#batch.length;
    this.#hasLineBreak = false;
    const end = this.#writeFields(bytes, from);
    if (end === NO_ROW) return undefined;
    this.#put(END);
    this.#batch.length = this.#to;
    return end;
  }

  #isHeader(bytes: Buffer, from: number): boolean {
    const header = this.#header;
    let at = 0;
    while (at < header.length && header[at] === bytes[from + at]) at += 1;
    return at === header.length;
  }

  #writeFields(bytes: Buffer, from: number): number {
    const limit = Math.min(bytes.length, from + MAX_ROW_BYTES);
    const openings = this.#openings;
    let at = from;
    for (let index = 0; index < openings.length; index += 1) {
      this.#put(openings[index] ?? END);
      at = bytes[at] === QUOTE ? this.#writeQuoted(bytes, at + 1, limit) : this.#writePlain(bytes, at, limit);
      if (at === NO_ROW) return NO_ROW;
      if (bytes[at] === this.#delimiter) {
        at += 1;
        continue;
      }
      // Whether a quote was closed where it should is told by the number of columns.
      if (this.#hasLineBreak && index < openings.length - 1) return NO_ROW;
      if (bytes[at] === RETURN) at += 1;
      return bytes[at] === NEWLINE ? at + 1 : NO_ROW;
    }
    return NO_ROW;
  }

  /** Gives where the value ends: at the delimiter, the line end, or what does not belong there. */
  #writePlain(bytes: Buffer, from: number, limit: number): number {
    const out = this.#out;
    const stops = this.#stops;
    let to = this.#to;
    let at = from;
    for (; at < limit; at += 1) {
      const byte = bytes[at] ?? 0;
      if (stops[byte] === 1) {
        if (byte !== BACKSLASH) break;
        out[to++] = BACKSLASH;
      }
      out[to++] = byte;
    }
    this.#to = to;
    return at;
  }

  /** Gives where the text behind the closing quote begins. */
  #writeQuoted(bytes: Buffer, from: number, limit: number): number {
    const out = this.#out;
    let to = this.#to;
    for (let at = from; at < limit; at += 1) {
      const byte = bytes[at] ?? 0;
      const letter = ESCAPES[byte] ?? 0;
      if (letter === 0) {
        out[to++] = byte;
        continue;
      }
      if (letter === 1) return NO_ROW;
      if (byte === QUOTE) {
        at += 1;
        if (bytes[at] !== QUOTE) {
          this.#to = to;
          return at;
        }
      } else if (byte === NEWLINE) this.#hasLineBreak = true;
      out[to++] = BACKSLASH;
      out[to++] = letter;
    }
    return NO_ROW;
  }

  #put(bytes: Buffer): void {
    const out = this.#out;
    const to = this.#to;
    for (let at = 0; at < bytes.length; at += 1) out[to + at] = bytes[at] ?? 0;
    this.#to = to + bytes.length;
  }
}
