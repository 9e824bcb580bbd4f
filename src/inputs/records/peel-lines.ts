import { markerLine } from '../../model/marker-line.ts';
import type { Peeled, Wrapper } from '../../model/wrapper.ts';
import { recordLines } from './json-records.ts';
import { LazyLine } from './wrapped-line.ts';

/** Wrappers inside wrappers beyond this are no log any more. */
const MAX_DEPTH = 16;
/** A longer line is given on as it is. Firehose and CloudWatch deliver up to 6 MiB at once. */
export const MAX_WRAPPED_BYTES = 8 * 1024 * 1024;
/** Of a record in pieces this much is put together; the framer counts it as too long from 1 MiB on. */
const MAX_JOINED_BYTES = 2 * 1024 * 1024;
/** Streams with a record in pieces at one time; for a further one, what was begun first is given out as it is. */
const MAX_BEGUN = 64;
/** What is in pieces at the end of a stream begins so: no record does, so that it is left for the next run. */
const UNFINISHED = Buffer.from('{{');
/** What is inside a line, in all layers, may be so much larger than the line. */
const MAX_GROWTH_BYTES = 64 * 1024 * 1024;
/** Lines are given out in batches of this size. */
const BATCH_BYTES = 256 * 1024;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const OPEN_OBJECT = 0x7b;
const LINE_END = Buffer.from('\n');
const NOTHING = Buffer.alloc(0);
const TOO_LARGE: readonly Buffer[] = [Buffer.from(markerLine('payload_too_large'))];

/** Ids of the wrappers found around the lines that a file begins with. */
export function wrappersAround(lines: Iterable<Buffer>, wrappers: readonly Wrapper[]): readonly string[] {
  const peeler = new Peeler(wrappers);
  for (const line of lines) for (const _ of peeler.peel(line));
  return wrappers.map(({ id }) => id).filter((id) => peeler.found.has(id));
}

/**
 * Takes the wrappers off the lines of a stream, as many as there are around each other, and gives out the lines
 * inside. A line without wrapper stays as it is; one that is only packaging becomes an empty line. What the end of the
 * stream leaves open has no line end, a record in pieces whose last one is missing too.
 */
export async function* peelLines(
  chunks: AsyncIterable<Buffer>,
  wrappers: readonly Wrapper[],
): AsyncGenerator<Buffer> {
  const peeler = new Peeler(wrappers);
  let rest: Buffer = NOTHING;
  let isPassing = false;
  for await (const chunk of chunks) {
    const first = chunk.indexOf(NEWLINE) + 1;
    const last = chunk.lastIndexOf(NEWLINE) + 1;
    const head = Buffer.concat([rest, chunk.subarray(0, first)]);
    if (first === 0) rest = Buffer.concat([rest, chunk]);
    else {
      if (isPassing) yield head;
      else yield* peeledLines(peeler, head);
      yield* peeledLines(peeler, chunk.subarray(first, last));
      rest = Buffer.from(chunk.subarray(last));
      isPassing = false;
    }
    if (rest.length <= MAX_WRAPPED_BYTES && !isPassing) continue;
    yield rest;
    rest = NOTHING;
    isPassing = true;
  }
  if (isPassing) yield rest;
  else yield* openLines(peeler, rest);
}

/** The lines inside a text of whole lines, each with an end. Those without wrapper are not taken apart. */
function* peeledLines(peeler: Peeler, text: Buffer): Generator<Buffer> {
  const mayHaveKeys = peeler.mayHaveKeys(text);
  let output: Buffer[] = [];
  let bytes = 0;
  let plainFrom = 0;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf(NEWLINE, from);
    const inside = peeler.inside(text.subarray(from, end), mayHaveKeys);
    if (inside !== undefined) {
      if (plainFrom < from) output.push(text.subarray(plainFrom, from));
      plainFrom = end + 1;
      for (const line of inside) {
        output.push(line, LINE_END);
        bytes += line.length + LINE_END.length;
        if (bytes < BATCH_BYTES) continue;
        yield Buffer.concat(output);
        output = [];
        bytes = 0;
      }
    }
    from = end + 1;
  }
  const plain = text.subarray(plainFrom);
  yield output.length === 0 ? plain : Buffer.concat([...output, plain]);
}

/**
 * What a stream ends with: the lines inside its last line, or what is begun, as one open line. Begun records must not be
 * taken for whole ones: the file may grow, and then they are others.
 */
function* openLines(peeler: Peeler, last: Buffer): Generator<Buffer> {
  const lines = last.length === 0 ? [] : [...peeler.peel(last)];
  const begun = peeler.begun();
  if (begun.length > 0) yield Buffer.concat([UNFINISHED, ...lines, ...begun]);
  else yield* lines.flatMap((line, index) => (index === 0 ? [line] : [LINE_END, line]));
}

/** A record of which pieces have come; only its first bytes are kept. */
interface Begun {
  readonly pieces: Buffer[];
  bytes: number;
}

/** What is in a line, one layer down. */
interface Inside {
  readonly records: readonly Buffer[];
  readonly holdsLines?: boolean | undefined;
}

function* linesOf({ records, holdsLines }: Inside): Generator<Buffer> {
  for (const record of records) {
    if (holdsLines === true) yield* recordLines(record);
    else yield inOneLine(record);
  }
}

/** One record is one line: what was a line break inside it was written by somebody whose text it carries. */
function inOneLine(record: Buffer): Buffer {
  let end = record.length;
  while (end > 0 && (record[end - 1] === NEWLINE || record[end - 1] === CARRIAGE_RETURN)) end -= 1;
  const line = record.subarray(0, end);
  return line.includes(NEWLINE) ? Buffer.from(line.toString('latin1').replaceAll('\n', ' '), 'latin1') : line;
}

/** A class because it holds what is begun between two lines: records that arrive in pieces. */
class Peeler {
  readonly found = new Set<string>();
  readonly #wrappers: readonly Wrapper[];
  readonly #ofText: readonly Wrapper[];
  /** A line without any of the keys is not worth parsing. */
  readonly #anyKey: RegExp;
  readonly #begun = new Map<string, Begun>();
  /** By how much what is inside the line may still be larger than the line. */
  #growth = 0;

  constructor(wrappers: readonly Wrapper[]) {
    this.#wrappers = wrappers;
    this.#ofText = wrappers.filter(({ keys }) => keys === undefined);
    const keys = new Set(wrappers.flatMap((wrapper) => wrapper.keys ?? []));
    this.#anyKey = new RegExp(`"(?:${[...keys].join('|').replaceAll('.', '\\.')})"\\s*:`);
  }

  /**
   * Whether any line of a text may have a key: where none has, one search saves a decoding and a search for each
   * line. Keys are ASCII, so that a character for each byte will do; lines of text are not searched anyway.
   */
  mayHaveKeys(text: Buffer): boolean {
    return text[0] !== OPEN_OBJECT || this.#anyKey.test(text.toString('latin1'));
  }

  /** The lines inside a line, at least one. */
  *peel(line: Buffer): Generator<Buffer> {
    this.#growth = MAX_GROWTH_BYTES;
    yield* this.#peel(line, 0);
  }

  /** The lines inside a line; undefined when there is no wrapper around it. */
  inside(line: Buffer, mayHaveKeys: boolean): Iterable<Buffer> | undefined {
    this.#growth = MAX_GROWTH_BYTES;
    const peeled = this.#peelOnce(new LazyLine(line), mayHaveKeys);
    return peeled === undefined ? undefined : this.#linesIn(peeled, 0);
  }

  /** The pieces of records that are not whole. */
  begun(): readonly Buffer[] {
    return [...this.#begun.values()].flatMap(({ pieces }) => pieces);
  }

  *#peel(line: Buffer, depth: number): Generator<Buffer> {
    const peeled = this.#growth < 0 ? { records: TOO_LARGE } : this.#peelOnce(new LazyLine(line), true);
    if (peeled === undefined) yield line;
    else yield* this.#linesIn(peeled, depth);
  }

  *#linesIn(peeled: Inside, depth: number): Generator<Buffer> {
    if (peeled.records === TOO_LARGE) yield* TOO_LARGE;
    else if (depth === MAX_DEPTH) yield Buffer.from(markerLine('nested_too_deep'));
    else {
      let isEmpty = true;
      for (const inside of linesOf(peeled)) {
        yield* this.#peel(inside, depth + 1);
        isEmpty = false;
      }
      if (isEmpty) yield NOTHING;
    }
  }

  #hasKeys(line: LazyLine): boolean {
    return line.bytes[0] === OPEN_OBJECT && this.#anyKey.test(line.text);
  }

  #peelOnce(line: LazyLine, mayHaveKeys: boolean): Inside | undefined {
    for (const { id, peel } of mayHaveKeys && this.#hasKeys(line) ? this.#wrappers : this.#ofText) {
      const peeled = peel(line);
      if (peeled === undefined) continue;
      this.found.add(id);
      const records = this.#whole(id, peeled);
      const bytes = records.reduce((sum, { length }) => sum + length, 0);
      this.#growth -= Math.max(0, bytes - line.bytes.length);
      return { records: this.#growth < 0 ? TOO_LARGE : records, holdsLines: peeled.holdsLines };
    }
    return undefined;
  }

  /** The records that are whole, with what came of them before. */
  #whole(id: string, { records, stream, continues }: Peeled): readonly Buffer[] {
    const pieces = records.map((record) => (typeof record === 'string' ? Buffer.from(record) : record));
    const key = `${id}/${stream}`;
    const begun = stream === undefined ? undefined : this.#begun.get(key);
    if (continues !== true) {
      this.#begun.delete(key);
      return begun === undefined ? pieces : [Buffer.concat([...begun.pieces, ...pieces])];
    }
    const forgotten = begun === undefined && this.#begun.size === MAX_BEGUN ? this.#forgetOldest() : [];
    const going = begun ?? { pieces: [], bytes: 0 };
    for (const piece of pieces) {
      // Of a record without end the first bytes say enough: the framer counts it as too long.
      if (going.bytes > MAX_JOINED_BYTES) break;
      going.pieces.push(Buffer.from(piece));
      going.bytes += piece.length;
    }
    this.#begun.set(key, going);
    return forgotten;
  }

  /** Its stream has most likely ended: what came of it is a record of its own. */
  #forgetOldest(): readonly Buffer[] {
    const [oldest] = this.#begun;
    if (oldest === undefined) return [];
    this.#begun.delete(oldest[0]);
    return [Buffer.concat(oldest[1].pieces)];
  }
}
