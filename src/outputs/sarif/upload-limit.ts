import { gzipSync } from 'node:zlib';

/** Cut a little deeper than the measured ratio: what is left may compress worse. */
const CUT_MARGIN = 0.95;

/**
 * The text for as many results as fit, from at most `count` down to none.
 *
 * @param write gives the text for the first `count` results
 */
export function writeWithin(maxGzipBytes: number, count: number, write: (count: number) => string): string {
  const text = write(count);
  const bytes = gzipBytesAtMost(text, maxGzipBytes);
  if (bytes <= maxGzipBytes || count === 0) return text;
  return writeWithin(maxGzipBytes, Math.floor((count * CUT_MARGIN * maxGzipBytes) / bytes), write);
}

/** Compressing takes a second for 20 MB, so text that fits as it stands is not compressed. */
function gzipBytesAtMost(text: string, maxGzipBytes: number): number {
  const bytes = Buffer.byteLength(text);
  return bytes <= maxGzipBytes ? bytes : gzipSync(text).byteLength;
}
