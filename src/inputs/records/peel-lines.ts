import { markerLine } from '../../model/marker-line.ts';
import type { Peeled, Wrapper } from '../../model/wrapper.ts';
import { recordLines } from './json-records.ts';
import { LazyLine } from './wrapped-line.ts';

/** Wrappers inside wrappers beyond this are no log any more. */
const MAX_DEPTH = 16;
/** A longer line is given on as it is. Firehose and CloudWatch deliver up to 6 MiB at once. */
const MAX_WRAPPED_BYTES = 8 * 1024 * 1024;
/** Of a record in pieces this much is put together; the framer counts it as too long from 1 MiB on. */
const MAX_JOINED_BYTES = 2 * 1024 * 1024;
/** Streams with a record in pieces at one time. */
const MAX_BEGUN = 64;
const NEWLINE = 0x0a;
const LINE_END = Buffer.from('\n');
const NOTHING = Buffer.alloc(0);

/** Ids of the wrappers found around the lines that a file begins with. */
export function wrappersAround(lines: readonly Buffer[], wrappers: readonly Wrapper[]): readonly string[] {
  const peeler = new Peeler(wrappers);
  for (const line of lines) peeler.peel(line);
  return wrappers.map(({ id }) => id).filter((id) => peeler.found.has(id));
}

/**
 * Takes the wrappers off the lines of a stream, as many as there are around each other, and gives out the lines
 * inside. A line without wrapper stays as it is; one that is only packaging becomes an empty line. What the end of the
 * stream leaves open has no line end.
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
      yield isPassing ? head : peeledLines(peeler, head);
      yield peeledLines(peeler, chunk.subarray(first, last));
      rest = Buffer.from(chunk.subarray(last));
      isPassing = false;
    }
    if (rest.length <= MAX_WRAPPED_BYTES && !isPassing) continue;
    yield rest;
    rest = NOTHING;
    isPassing = true;
  }
  if (rest.length > 0) yield isPassing ? rest : peeledLines(peeler, rest).subarray(0, -1);
}

/** The lines inside a text of lines, the last with or without its end, each with an end. */
function peeledLines(peeler: Peeler, text: Buffer): Buffer {
  const inside: Buffer[] = [];
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf(NEWLINE, from);
    const end = newline === -1 ? text.length : newline;
    for (const line of peeler.peel(text.subarray(from, end))) inside.push(line, LINE_END);
    from = end + 1;
  }
  return Buffer.concat(inside);
}

/** A class because it holds what is begun between two lines: records that arrive in pieces. */
class Peeler {
  readonly found = new Set<string>();
  readonly #wrappers: readonly Wrapper[];
  readonly #begun = new Map<string, Buffer>();

  constructor(wrappers: readonly Wrapper[]) {
    this.#wrappers = wrappers;
  }

  /** The lines inside a line, at least one. */
  peel(line: Buffer, depth = 0): Buffer[] {
    const records = this.#peelOnce(line);
    if (records === undefined) return [line];
    if (depth === MAX_DEPTH) return [Buffer.from(markerLine('nested_too_deep'))];
    const inside = records.flatMap(recordLines).flatMap((record) => this.peel(record, depth + 1));
    return inside.length === 0 ? [NOTHING] : inside;
  }

  #peelOnce(line: Buffer): readonly Buffer[] | undefined {
    const lazy = new LazyLine(line);
    for (const { id, peel } of this.#wrappers) {
      const peeled = peel(lazy);
      if (peeled === undefined) continue;
      this.found.add(id);
      return this.#whole(id, peeled);
    }
    return undefined;
  }

  /** The records that are whole, with what came of them before. */
  #whole(id: string, { records, stream, continues }: Peeled): readonly Buffer[] {
    const pieces = records.map((record) => Buffer.from(record as Buffer));
    if (stream === undefined) return pieces;
    const key = `${id}/${stream}`;
    const joined = Buffer.concat([this.#begun.get(key) ?? NOTHING, ...pieces]);
    this.#begun.delete(key);
    if (continues !== true) return [joined];
    if (this.#begun.size < MAX_BEGUN) this.#begun.set(key, joined.subarray(0, MAX_JOINED_BYTES));
    return [];
  }
}
