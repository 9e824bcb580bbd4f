import { createHash } from 'node:crypto';
import type { StateStore } from '../store/postgres/open-state.ts';
import { findSources, listHeadLengths, type Source } from '../store/postgres/sources.ts';

/** A file is known by so many first bytes of its line stream (MISSION §3.8). */
const HEAD_BYTES = 1024;
/** A line end is at most `\r\n`. */
const LINE_END_BYTES = 2;

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Opens the file's line stream from its start. */
export type OpenLines = () => AsyncIterable<Buffer>;

/** Where to go on in a known file. */
export interface ResumePoint {
  readonly source: Source;
  /** Position in the line stream. */
  readonly offset: number;
  /** Lines before it: all known already. */
  readonly lines: number;
  /** The file ends before what is known of it. */
  readonly isShorter: boolean;
}

/** The first bytes of a file's line stream, at most `HEAD_BYTES`. */
export async function headOf(open: OpenLines): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of asFarAsReadable(open())) {
    head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES)]);
    if (head.length >= HEAD_BYTES) break;
  }
  return head.subarray(0, HEAD_BYTES);
}

/**
 * The source a file continues, or undefined when it is new. A file longer than when it was small is found by the
 * hash of as many bytes as it had then; the bytes before the committed offset must still be the same. A file that
 * ends before it is taken for an earlier copy when no other source fits.
 */
export async function findResumePoint(
  state: StateStore,
  head: Buffer,
  open: OpenLines,
): Promise<ResumePoint | undefined> {
  const lengths = (await listHeadLengths(state))
    .filter((length) => length <= head.length)
    .sort((a, b) => b - a);
  let shorter: ResumePoint | undefined;
  for (const length of lengths) {
    for (const source of await findSources(state, { length, sha256: sha256(head.subarray(0, length)) })) {
      const found = await resumeIn(source, open);
      if (found?.isShorter === false) return found;
      shorter ??= found;
    }
  }
  return shorter;
}

async function resumeIn(source: Source, open: OpenLines): Promise<ResumePoint | undefined> {
  const needed = source.openTail ? LINE_END_BYTES : 0;
  let position = 0;
  let lines = 0;
  let tail: Buffer = Buffer.alloc(0);
  let next: Buffer = Buffer.alloc(0);
  for await (const chunk of asFarAsReadable(open())) {
    const taken = chunk.subarray(0, source.committedOffset - position);
    lines += newlines(taken);
    position += taken.length;
    tail = lastBytes(Buffer.concat([tail, taken]), source.tailLength);
    next = Buffer.concat([next, chunk.subarray(taken.length)]);
    if (position === source.committedOffset && next.length >= needed) break;
  }
  if (position < source.committedOffset)
    return { source, offset: position, lines: lines + Number(endsOpen(tail)), isShorter: true };
  return continued(source, tail, next);
}

/** The bytes before the offset prove that it is the same file; a newline may have closed its last line since. */
function continued(source: Source, tail: Buffer, next: Buffer): ResumePoint | undefined {
  if (sha256(tail) !== source.tailSha256) return undefined;
  const lineEnd = next.subarray(0, LINE_END_BYTES).toString('latin1');
  const closing = source.openTail ? (/^\r?\n/.exec(lineEnd)?.[0].length ?? 0) : 0;
  return {
    source,
    offset: source.committedOffset + closing,
    lines: source.committedLines,
    isShorter: false,
  };
}

/** The stream up to where it breaks off: what is damaged is told when its new lines are read. */
async function* asFarAsReadable(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  const end: IteratorReturnResult<undefined> = { done: true, value: undefined };
  try {
    for (;;) {
      const { done, value } = await iterator.next().catch(() => end);
      if (done === true) return;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

const lastBytes = (bytes: Buffer, count: number) => bytes.subarray(Math.max(0, bytes.length - count));

const endsOpen = (tail: Buffer) => tail.length > 0 && tail[tail.length - 1] !== 0x0a;

function newlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) count += 1;
  return count;
}
