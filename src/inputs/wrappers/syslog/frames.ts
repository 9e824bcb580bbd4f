/** `123 <134>…`: the length of a message in bytes, and the priority that it begins with (RFC 6587, 3.4.1). */
const FRAME = /^(\d{1,7}) <\d{1,3}>/;
/** The longest such beginning. */
const FRAME_BEGIN_BYTES = 13;
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** The messages of a line that counts their lengths; undefined when it does not. */
export function framesIn(line: Buffer): Buffer[] | undefined {
  if (!isDigit(line[0])) return undefined;
  const frames: Buffer[] = [];
  for (let at = 0; at < line.length; ) {
    const length = FRAME.exec(line.toString('latin1', at, at + FRAME_BEGIN_BYTES))?.[1];
    if (length === undefined && at === 0) return undefined;
    const begin = length === undefined ? at : at + length.length + 1;
    // A message with a line break in it goes on in the next line: the rest of this one is all there is here.
    const end = length === undefined ? line.length : begin + Number(length);
    frames.push(line.subarray(begin, end));
    at = end;
  }
  return frames;
}
