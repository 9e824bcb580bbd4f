import { gunzipSync } from 'node:zlib';
import { markerLine } from '../../model/marker-line.ts';

const MEBIBYTE = 1024 * 1024;
/** What one payload may unpack to. Services deliver 6 MiB at most, and logs shrink to a tenth of their size. */
const MAX_PAYLOAD_BYTES = 32 * MEBIBYTE;
/** What the payloads of one line may unpack to; attempts that failed for their size count too. */
const MAX_LINE_BYTES = 64 * MEBIBYTE;
/** RFC 4648, the URL-safe letters too. Encoders pad, so another length is a text that was cut off. */
const BASE64 = /^[\w+/-]*={0,2}$/;

/** Whether a text can be base64 of something. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && BASE64.test(text);
}

/** What stands behind base64, and behind gzip where it is gzip; a marker line for what cannot be had. */
export function unpackEach(payloads: readonly string[]): (Buffer | string)[] {
  let left = MAX_LINE_BYTES;
  return payloads.map((payload) => {
    if (!isBase64(payload)) return markerLine('damaged_payload');
    const bytes = Buffer.from(payload, 'base64');
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
    const most = Math.min(left, MAX_PAYLOAD_BYTES);
    const unpacked = most > 0 ? unzipped(bytes, most) : 'payload_too_large';
    left -= typeof unpacked === 'string' ? most : unpacked.length;
    return typeof unpacked === 'string' ? markerLine(unpacked) : unpacked;
  });
}

function unzipped(bytes: Buffer, maxOutputLength: number): Buffer | 'payload_too_large' | 'damaged_payload' {
  try {
    return gunzipSync(bytes, { maxOutputLength });
  } catch (error) {
    // Any other failure is damage: the input is in memory and zlib has no other way to fail.
    const isTooLarge =
      error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return isTooLarge ? 'payload_too_large' : 'damaged_payload';
  }
}
