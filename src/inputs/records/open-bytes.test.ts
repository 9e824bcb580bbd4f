import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { asUtf8, encodingOf, openBytes, unreadPacking } from './open-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'stance-bytes-'));
afterAll(() => rmSync(folder, { recursive: true }));
const MEGABYTE = 1024 * 1024;

describe('openBytes', () => {
  it.each(['gzip', 'zstd'] as const)('stops a small file that unpacks without end (%s)', async (encoding) => {
    const path = join(folder, encoding);
    const zeros = Buffer.alloc(300 * MEGABYTE);
    writeFileSync(path, encoding === 'gzip' ? gzipSync(zeros, { level: 1 }) : zstdCompressSync(zeros));
    const read = { bytes: 0 };
    const all = async () => {
      for await (const chunk of openBytes(path, encoding)) read.bytes += chunk.length;
    };
    // The quickest gzip packs zeros to a two-hundredth, which is read; zstd to a thirty-thousandth, which is not.
    if (encoding === 'zstd') await expect(all()).rejects.toThrow('more than 500 times its size');
    else await all();
    expect(read.bytes / MEGABYTE).toBeCloseTo(encoding === 'zstd' ? 257 : 300, -1);
  });

  it('reads what repeats itself as logs do', async () => {
    const path = join(folder, 'log.gz');
    const text = 'GET /users/7 HTTP/1.1 200\n'.repeat(1_000_000);
    writeFileSync(path, gzipSync(text));
    let bytes = 0;
    for await (const chunk of openBytes(path, 'gzip')) bytes += chunk.length;
    expect(bytes).toBe(text.length);
  });
});

describe('unreadPacking', () => {
  const cases: [name: string | undefined, head: string][] = [
    ['zip', 'PK\x03\x04\x14\0'],
    ['xz', '\xfd7zXZ\0\0'],
    ['bzip2', 'BZh91AY&'],
    ['7z', '7z\xbc\xaf\x27'],
    ['lz4', '\x04"M\x18'],
    ['Parquet', 'PAR1\x15\0'],
    [undefined, 'BZh9 is text'],
    [undefined, 'PAR1 GET /'],
    [undefined, 'PK'],
    [undefined, ''],
  ];
  it.each(cases)('%s: %j', (name, head) => {
    expect(unreadPacking(Buffer.from(head, 'latin1'))).toBe(name);
    expect(encodingOf(Buffer.from(head, 'latin1'))).toBe('plain');
  });
});

describe('asUtf8', () => {
  const text = 'GET /café?x=日本 😀\n';
  const swapped = () => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  const cases: [name: string, bytes: () => Buffer][] = [
    ['UTF-8 without a mark', () => Buffer.from(text)],
    ['UTF-8 with a mark', () => Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little endian', () => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big endian', swapped],
  ];
  it.each(cases)('reads %s, however it is cut', async (_, bytes) => {
    for (const size of [1, 3, 1000]) {
      async function* pieces(): AsyncGenerator<Buffer> {
        for (let at = 0; at < bytes().length; at += size) yield bytes().subarray(at, at + size);
      }
      const read: Buffer[] = [];
      for await (const chunk of asUtf8(pieces())) read.push(chunk);
      expect(Buffer.concat(read).toString('utf8')).toBe(text);
    }
  });

  it('gives what is shorter than a mark', async () => {
    async function* one(): AsyncGenerator<Buffer> {
      yield Buffer.from('a');
    }
    const read: Buffer[] = [];
    for await (const chunk of asUtf8(one())) read.push(chunk);
    expect(Buffer.concat(read).toString()).toBe('a');
  });
});
