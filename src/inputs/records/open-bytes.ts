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
  yield* skipBytes(decoder, start);
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
