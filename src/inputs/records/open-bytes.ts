import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createGunzip, createZstdDecompress } from 'node:zlib';

export type Encoding = 'plain' | 'gzip' | 'zstd';

/** Large enough that reading costs nothing beside parsing, small beside the memory bound. */
const CHUNK_BYTES = 1024 * 1024;

/** What the first bytes say about compression; names and extensions are not asked (RFC 1952, RFC 8878). */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd';
  return 'plain';
}

/** Archives and other compressions by their magic numbers: known, and not read. */
const NOT_READ: readonly (readonly [name: string, magic: string])[] = [
  ['zip', 'PK\x03\x04'],
  ['xz', '\xfd7zXZ\0'],
  ['7z', '7z\xbc\xaf'],
  ['lz4', '\x04"M\x18'],
  ['Parquet', 'PAR1\x15'],
  ...Array.from('123456789', (level) => ['bzip2', `BZh${level}1AY`] as const),
];

/** The name of what a file is packed as, where that is nothing to be read here. */
export function unreadPacking(head: Buffer): string | undefined {
  const text = head.toString('latin1');
  return NOT_READ.find(([, magic]) => text.startsWith(magic))?.[0];
}

/** The first `size` bytes of a file as stored, fewer when it is shorter. Throws what the file system throws. */
export async function readHead(path: string, size: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(size);
    const { bytesRead } = await file.read(buffer, 0, size, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * The decompressed bytes of a file from `start`, a position in the decompressed stream.
 * A truncated or damaged stream ends with an error after all bytes that could be had.
 */
export async function* openBytes(path: string, encoding: Encoding, start = 0): AsyncGenerator<Buffer> {
  if (encoding === 'plain') {
    yield* createReadStream(path, { start, highWaterMark: CHUNK_BYTES });
    return;
  }
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const decoder =
    encoding === 'gzip'
      ? createGunzip({ chunkSize: CHUNK_BYTES })
      : createZstdDecompress({ chunkSize: CHUNK_BYTES });
  // The decoder carries the error of either stream to the reader below.
  pipeline(source, decoder, () => undefined);
  yield* skipBytes(
    withinReason(decoder, () => source.bytesRead),
    start,
  );
}

/** Logs that repeat themselves shrink to a hundredth; what unpacks to this many times its size is no log. */
const MAX_RATIO = 500;
/** Up to here nobody asks. */
const MIN_BOMB_BYTES = 256 * 1024 * 1024;

/** Ends with an error where a small file unpacks to so much that reading it to its end would serve nobody but its maker. */
async function* withinReason(
  unpacked: AsyncIterable<Buffer>,
  packedBytes: () => number,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of unpacked) {
    bytes += chunk.length;
    yield chunk;
    if (bytes > MIN_BOMB_BYTES && bytes > MAX_RATIO * packedBytes())
      throw new Error(`it unpacks to more than ${MAX_RATIO} times its size`);
  }
}

/** The first bytes of a stream. A damaged one with a good beginning is read as far as it goes. */
export async function beginning(chunks: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      parts.push(chunk.subarray(0, limit - size));
      size += chunk.length;
      if (size >= limit) break;
    }
  } catch (error) {
    if (size === 0) throw error;
  }
  return Buffer.concat(parts);
}

/** The stream without its first `count` bytes. */
export async function* skipBytes(chunks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of chunks) {
    if (left >= chunk.length) {
      left -= chunk.length;
      continue;
    }
    yield left === 0 ? chunk : chunk.subarray(left);
    left = 0;
  }
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** The marks of UTF-16 in both byte orders, as PowerShell and Windows exporters write it. */
const UTF16_MARKS = [
  [Buffer.from([0xff, 0xfe]), 'utf-16le'],
  [Buffer.from([0xfe, 0xff]), 'utf-16be'],
] as const;

/**
 * The stream without the byte order mark that some editors and exporters write at its start, and as UTF-8 when the
 * mark says UTF-16.
 */
export async function* asUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield decoder === undefined ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }));
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < UTF8_MARK.length) continue;
    decoder = decoderFor(head);
    yield decoder === undefined ? withoutMark(head) : Buffer.from(decoder.decode(head, { stream: true }));
    head = undefined;
  }
  if (head !== undefined && head.length > 0) yield head;
  if (decoder !== undefined) yield Buffer.from(decoder.decode());
}

/** It takes the mark off by itself. */
function decoderFor(head: Buffer): TextDecoder | undefined {
  const encoding = UTF16_MARKS.find(([mark]) => head.subarray(0, mark.length).equals(mark))?.[1];
  return encoding === undefined ? undefined : new TextDecoder(encoding);
}

function withoutMark(head: Buffer): Buffer {
  return head.subarray(0, UTF8_MARK.length).equals(UTF8_MARK) ? head.subarray(UTF8_MARK.length) : head;
}
