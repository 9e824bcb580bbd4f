/** A longer request is counted and left out. */
export const MAX_REQUEST_BYTES = 64 * 1024 * 1024;

/** A tag and a varint of five bytes. */
const MAX_HEAD_BYTES = 6;
const NEWLINE = 0x0a;
const NOTHING = Buffer.alloc(0);

/** What a frame begins with: how long that is, and how long what follows; undefined where more bytes are needed. */
export type FrameHead = (
  bytes: Buffer,
  at: number,
) => { readonly headBytes: number; readonly bodyBytes: number } | undefined;

/** A message, or that there was one that could not be read. */
export type Frame = Buffer | 'too_large' | 'damaged';

/** Cuts a stream into messages: those that end in a chunk together, since waiting for each costs as much as reading it. */
export interface FrameCutter {
  readonly cut: (chunk: Buffer) => readonly Frame[];
  /** What the end of the stream leaves over. */
  readonly end: () => readonly Frame[];
}

/** The lines of a stream without their ends; blank ones left out. A class because it holds a line between chunks. */
export class LineCutter implements FrameCutter {
  #rest: Buffer[] = [];
  #restBytes = 0;

  cut(chunk: Buffer): readonly Frame[] {
    const lines: Frame[] = [];
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      this.#add(chunk.subarray(from, at));
      lines.push(...this.end());
      from = at + 1;
    }
    this.#add(Buffer.from(chunk.subarray(from)));
    return lines;
  }

  /** Of a line that is too long, the pieces are no longer there. */
  end(): readonly Frame[] {
    const pieces = this.#rest;
    const bytes = this.#restBytes;
    this.#rest = [];
    this.#restBytes = 0;
    if (bytes === 0) return [];
    return [bytes > MAX_REQUEST_BYTES ? 'too_large' : joined(pieces)];
  }

  #add(piece: Buffer): void {
    this.#restBytes += piece.length;
    if (this.#restBytes > MAX_REQUEST_BYTES) this.#rest = [];
    else if (piece.length > 0) this.#rest.push(piece);
  }
}

/**
 * Messages that each have their length before them. One that the end of the stream cuts off is damaged. A class because
 * it holds what was read and is no whole message yet.
 */
export class PrefixCutter implements FrameCutter {
  readonly #headOf: FrameHead;
  #pieces: Buffer[] = [];
  #bytes = 0;
  /** With fewer bytes there is no whole message. */
  #needed = 1;
  /** Bytes to come of a message that is left out. */
  #toSkip = 0;
  /** Nothing can be read behind a length that is none. */
  #isLost = false;

  constructor(headOf: FrameHead) {
    this.#headOf = headOf;
  }

  cut(chunk: Buffer): readonly Frame[] {
    const skipped = Math.min(this.#toSkip, chunk.length);
    this.#toSkip -= skipped;
    if (this.#isLost || skipped === chunk.length) return [];
    this.#pieces.push(chunk.subarray(skipped));
    this.#bytes += chunk.length - skipped;
    return this.#bytes < this.#needed ? [] : this.#cutAll(joined(this.#pieces), MAX_HEAD_BYTES);
  }

  end(): readonly Frame[] {
    const frames = this.#cutAll(joined(this.#pieces), 1);
    const isCutOff = this.#toSkip === 0 && this.#bytes > 0 && !this.#isLost;
    return isCutOff ? [...frames, 'damaged'] : frames;
  }

  #cutAll(bytes: Buffer, leastHeadBytes: number): readonly Frame[] {
    const frames: Frame[] = [];
    let at = 0;
    this.#needed = 1;
    while (bytes.length - at >= leastHeadBytes && !this.#isLost) {
      const head = this.#headOf(bytes, at);
      if (head === undefined) {
        frames.push('damaged');
        this.#isLost = true;
        break;
      }
      const end = at + head.headBytes + head.bodyBytes;
      if (head.bodyBytes > MAX_REQUEST_BYTES) {
        frames.push('too_large');
        this.#toSkip = Math.max(end - bytes.length, 0);
      } else if (end > bytes.length) {
        this.#needed = end - at;
        break;
      } else frames.push(bytes.subarray(at + head.headBytes, end));
      at = Math.min(end, bytes.length);
    }
    // A copy, so that it does not keep the chunk.
    const rest = Buffer.from(bytes.subarray(at));
    this.#pieces = [rest];
    this.#bytes = rest.length;
    return frames;
  }
}

function joined(pieces: readonly Buffer[]): Buffer {
  const [first = NOTHING] = pieces;
  return pieces.length <= 1 ? first : Buffer.concat(pieces);
}
