import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writeWithin } from './upload-limit.ts';

const MAX_BYTES = 10_000;

describe('writeWithin', () => {
  it.each([
    { name: 'keeps all that fits uncompressed', count: 100, write: digests, kept: 100 },
    { name: 'keeps all that fits only compressed', count: 50_000, write: zeros, kept: 50_000 },
    {
      name: 'gives up at none when the frame alone is too large',
      count: 7,
      write: () => digests(1000),
      kept: 1000,
    },
  ])('$name', ({ count, write, kept }) => {
    expect(writeWithin(MAX_BYTES, count, write)).toBe(write(kept));
  });

  it('drops the last results until the rest fits compressed', () => {
    const text = writeWithin(MAX_BYTES, 1_000, digests);
    const kept = text.length / 64;
    expect(text).toBe(digests(kept));
    expect(gzipSync(text).byteLength).toBeLessThanOrEqual(MAX_BYTES);
    expect(gzipSync(digests(kept * 1.1)).byteLength).toBeGreaterThan(MAX_BYTES);
  });
});

/** 64 hex digits for each result, which gzip can only halve. */
function digests(count: number): string {
  const digest = (_: unknown, index: number) => createHash('sha256').update(`${index}`).digest('hex');
  return Array.from({ length: count }, digest).join('');
}

function zeros(count: number): string {
  return '0'.repeat(count);
}
