/** A longer request is counted and left out. */
export const MAX_REQUEST_BYTES = 64 * 1024 * 1024;

/** A tag and a varint of five bytes. */
const MAX_HEAD_BYTES = 6;
const SKIPPED_AT_ONCE = 1024 * 1024;
const NEWLINE = 0x0a;
const NOTHING = Buffer.alloc(0);

/** What a frame begins with: how long that is, and how long what follows; undefined where more bytes are needed. */
export type FrameHead = (
  bytes: Buffer,
) => { readonly headBytes: number; readonly bodyBytes: number } | undefined;

/** A message, or that there was one that could not be read. */
export type Frame = Buffer | 'too_large' | 'damaged';

/** The lines of a stream without their ends; blank ones left out. */
export async function* lineFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      yield* line([...rest, chunk.subarray(from, at)], restBytes + at - from);
      rest = [];
      restBytes = 0;
      from = at + 1;
    }
    restBytes += chunk.length - from;
    if (restBytes > MAX_REQUEST_BYTES) rest = [];
    else rest.push(Buffer.from(chunk.subarray(from)));
  }
  yield* line(rest, restBytes);
}

/** Of a line that is too long, the pieces are no longer there. */
function* line(pieces: readonly Buffer[], bytes: number): Generator<Frame> {
  if (bytes > MAX_REQUEST_BYTES) yield 'too_large';
  else if (bytes > 0) yield joined(pieces);
}

/** Messages that each have their length before them. One that the end of the stream cuts off is damaged. */
export async function* prefixedFrames(
  chunks: AsyncIterable<Buffer>,
  headOf: FrameHead,
): AsyncGenerator<Frame> {
  const queue = new ByteQueue(chunks);
  for (;;) {
    const start = await queue.peek(MAX_HEAD_BYTES);
    if (start.length === 0) return;
    const head = headOf(start);
    if (head === undefined || head.headBytes > start.length) {
      yield 'damaged';
      return;
    }
    await queue.take(head.headBytes);
    if (head.bodyBytes > MAX_REQUEST_BYTES) {
      yield 'too_large';
      await queue.skip(head.bodyBytes);
      continue;
    }
    const body = await queue.take(head.bodyBytes);
    yield body.length < head.bodyBytes ? 'damaged' : body;
  }
}

/** A class because it holds what was read of a stream and not yet taken. */
class ByteQueue {
  readonly #chunks: AsyncIterator<Buffer>;
  #bytes: Buffer = NOTHING;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Up to so many bytes, fewer at the end; they stay. */
  async peek(count: number): Promise<Buffer> {
    const pieces = [this.#bytes];
    for (let bytes = this.#bytes.length; bytes < count; ) {
      const { done, value } = await this.#chunks.next();
      if (done === true) break;
      pieces.push(value);
      bytes += value.length;
    }
    this.#bytes = joined(pieces);
    return this.#bytes.subarray(0, count);
  }

  async take(count: number): Promise<Buffer> {
    const taken = await this.peek(count);
    this.#bytes = this.#bytes.subarray(taken.length);
    return taken;
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      const taken = await this.take(Math.min(left, SKIPPED_AT_ONCE));
      if (taken.length === 0) return;
      left -= taken.length;
    }
  }
}

function joined(pieces: readonly Buffer[]): Buffer {
  const [first = NOTHING] = pieces;
  return pieces.length <= 1 ? first : Buffer.concat(pieces);
}
