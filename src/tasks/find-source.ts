import { createHash } from 'node:crypto';
import type { StateStore } from '../store/postgres/open-state.ts';
import { findSources, listHeadLengths, type Source } from '../store/postgres/sources.ts';

/** A file is known by so many first bytes of its decompressed stream (MISSION §3.8). */
export const HEAD_BYTES = 1024;

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
}

/**
 * The source a file continues, or undefined when it is new. A file shorter than when it was small is found by the
 * hash of as many bytes as it had then; the bytes before the committed offset must still be the same.
 */
export async function findResumePoint(
  state: StateStore,
  head: Buffer,
  open: OpenLines,
): Promise<ResumePoint | undefined> {
  const lengths = (await listHeadLengths(state))
    .filter((length) => length <= head.length)
    .sort((a, b) => b - a);
  for (const length of lengths) {
    for (const source of await findSources(state, { length, sha256: sha256(head.subarray(0, length)) })) {
      const found = await resumeIn(source, open);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

async function resumeIn(source: Source, open: OpenLines): Promise<ResumePoint | undefined> {
  let position = 0;
  let lines = 0;
  let tail = Buffer.alloc(0);
  for await (const chunk of open()) {
    const taken = chunk.subarray(0, source.committedOffset - position);
    lines += newlines(taken);
    position += taken.length;
    tail = Buffer.concat([tail, taken]).subarray(-source.tailLength || undefined);
    if (position === source.committedOffset) return continued(source, tail, chunk.subarray(taken.length));
  }
  if (position < source.committedOffset)
    return { source, offset: position, lines: lines + Number(endsOpen(tail)) };
  return continued(source, tail, Buffer.alloc(0));
}

/** The bytes before the offset prove that it is the same file; a newline may have closed its last line since. */
function continued(source: Source, tail: Buffer, next: Buffer): ResumePoint | undefined {
  if (sha256(tail.subarray(tail.length - source.tailLength)) !== source.tailSha256) return undefined;
  const closing = source.openTail
    ? (/^\r?\n/.exec(next.subarray(0, 2).toString('latin1'))?.[0].length ?? 0)
    : 0;
  return { source, offset: source.committedOffset + closing, lines: source.committedLines };
}

const endsOpen = (tail: Buffer) => tail.length > 0 && tail[tail.length - 1] !== 0x0a;

function newlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) count += 1;
  return count;
}
