import { markerLine } from '../../model/marker-line.ts';

/** A longer line is counted and left out; its place in the numbering stays. */
export const MAX_LINE_BYTES = 1024 * 1024;
/** A segment is closed by the first line that takes it to this size, so it stays below 64 MiB. */
const SEGMENT_BYTES = 63 * 1024 * 1024;
/** What recognition looks at: the first lines of each segment. */
const SAMPLE_LINES = 64;
const SAMPLE_BYTES = 64 * 1024;
const SAMPLE_LINE_BYTES = 32 * 1024;

const NEWLINE = 0x0a;
const TOO_LONG = Buffer.from(`${markerLine('line_too_long')}\n`);

/** Where the lines of one segment go. */
export interface SegmentSink {
  write(bytes: Buffer): Promise<void>;
}

/** What a framed segment holds; offsets are positions in the decompressed stream. */
export interface FramedSegment {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly lines: number;
  /** The first lines, for recognition. */
  readonly sample: readonly string[];
  /** The last bytes before `endOffset`, at most 1 KiB: proof that a later run continues the same file. */
  readonly tail: Buffer;
  /** The last line had no newline and was kept, since it is complete in itself. */
  readonly endsOpen: boolean;
}

export interface FrameOptions {
  readonly startOffset: number;
  readonly segmentBytes?: number;
}

const TAIL_BYTES = 1024;

/**
 * Cuts a byte stream into lines and writes them to a sink, one segment a call of `next`.
 * A class because it is opened and read: it holds what follows the last cut.
 */
export class LineFramer {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #segmentBytes: number;
  #rest: Buffer = Buffer.alloc(0);
  #offset: number;
  #droppedBytes = 0;
  #atEnd = false;
  #tail: Buffer = Buffer.alloc(0);
  /** A last line that was cut off by the end of the stream: read, but left for the next run. */
  cutOffLine: string | undefined;
  /** What ended the stream early; the lines before it have been given out. */
  problem: Error | undefined;

  constructor(chunks: AsyncIterable<Buffer>, options: FrameOptions) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#offset = options.startOffset;
    this.#segmentBytes = options.segmentBytes ?? SEGMENT_BYTES;
  }

  /** The next segment, or undefined at the end. */
  async next(sink: SegmentSink): Promise<FramedSegment | undefined> {
    const segment = {
      startOffset: this.#offset,
      lines: 0,
      bytes: 0,
      sample: [] as string[],
      endsOpen: false,
    };
    while (segment.bytes < this.#segmentBytes) {
      if (this.#rest.indexOf(NEWLINE) === -1 && !(await this.#fill())) break;
      const taken = this.#takeLines(this.#segmentBytes - segment.bytes);
      segment.lines += taken.lines;
      segment.bytes += taken.bytes.length;
      if (segment.sample.length < SAMPLE_LINES)
        segment.sample.push(...sampleOf(taken.bytes, segment.sample.length));
      await sink.write(taken.bytes);
    }
    if (this.#atEnd && this.#rest.length + this.#droppedBytes > 0) await this.#lastLine(segment, sink);
    if (segment.lines === 0) return undefined;
    const { startOffset, lines, sample, endsOpen } = segment;
    return { startOffset, endOffset: this.#offset, lines, sample, tail: this.#tail, endsOpen };
  }

  /** Reads until `rest` holds a newline; false at the end of the stream. */
  async #fill(): Promise<boolean> {
    while (!this.#atEnd) {
      const { done, value } = await this.#chunks.next().catch((error: unknown) => this.#endEarly(error));
      if (done === true) {
        this.#atEnd = true;
        return false;
      }
      this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
      if (this.#rest.length > MAX_LINE_BYTES && this.#rest.indexOf(NEWLINE) === -1) this.#dropRest();
      if (value.indexOf(NEWLINE) !== -1) return true;
    }
    return false;
  }

  #endEarly(error: unknown): IteratorReturnResult<undefined> {
    this.problem = error instanceof Error ? error : new Error(String(error));
    return { done: true, value: undefined };
  }

  /** Nothing of an over-long line is kept but its length, and its end as proof of place. */
  #dropRest(): void {
    this.#droppedBytes += this.#rest.length;
    this.#tail = Buffer.from(this.#rest.subarray(-TAIL_BYTES));
    this.#rest = Buffer.alloc(0);
  }

  /** Whole lines from `rest`, up to the one that reaches `limit`. */
  #takeLines(limit: number): { bytes: Buffer; lines: number } {
    const pieces: Buffer[] = [];
    const rest = this.#rest;
    let lines = 0;
    let from = 0;
    let position = 0;
    for (let newline = rest.indexOf(NEWLINE); newline !== -1; newline = rest.indexOf(NEWLINE, position)) {
      lines += 1;
      if (newline - position > MAX_LINE_BYTES || (this.#droppedBytes > 0 && position === 0)) {
        pieces.push(rest.subarray(from, position), TOO_LONG);
        from = newline + 1;
      }
      position = newline + 1;
      if (position >= limit) break;
    }
    pieces.push(rest.subarray(from, position));
    this.#advance(rest.subarray(0, position));
    this.#rest = rest.subarray(position);
    const [only] = pieces;
    return { bytes: pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces), lines };
  }

  #advance(consumed: Buffer): void {
    this.#offset += consumed.length + this.#droppedBytes;
    this.#droppedBytes = 0;
    this.#tail = Buffer.from(
      consumed.length >= TAIL_BYTES
        ? consumed.subarray(-TAIL_BYTES)
        : Buffer.concat([this.#tail, consumed]).subarray(-TAIL_BYTES),
    );
  }

  async #lastLine(
    segment: { lines: number; sample: string[]; endsOpen: boolean },
    sink: SegmentSink,
  ): Promise<void> {
    const line = this.#rest;
    const wasDropped = this.#droppedBytes > 0;
    if (!wasDropped && !isComplete(line)) {
      this.cutOffLine = line.toString('utf8');
      this.#rest = Buffer.alloc(0);
      return;
    }
    await sink.write(wasDropped ? TOO_LONG : Buffer.concat([line, Buffer.from('\n')]));
    this.#advance(line);
    this.#rest = Buffer.alloc(0);
    segment.lines += 1;
    segment.endsOpen = true;
    if (segment.sample.length < SAMPLE_LINES) segment.sample.push(line.toString('utf8'));
  }
}

/** Lines that would fill the sample alone are left out of it. */
function sampleOf(bytes: Buffer, have: number): string[] {
  const sample: string[] = [];
  let sampled = 0;
  let from = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
    if (sample.length + have === SAMPLE_LINES || sampled > SAMPLE_BYTES) break;
    if (end - from <= SAMPLE_LINE_BYTES) {
      sample.push(bytes.toString('utf8', from, end).replaceAll('\0', ''));
      sampled += end - from;
    }
    from = end + 1;
  }
  return sample;
}

/** Whether a line without newline can be taken as whole: valid JSON, or text with paired quotes. */
function isComplete(line: Buffer): boolean {
  const text = line.toString('utf8').trim();
  if (text.startsWith('{') || text.startsWith('[{')) {
    try {
      JSON.parse(text);
      return true;
    } catch {
      // A cut record: the next run reads it whole.
      return false;
    }
  }
  return (text.split('"').length - 1) % 2 === 0;
}
