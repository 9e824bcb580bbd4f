/** Percent-escapes that stay: decoded they would mean something else. */
const KEPT_ESCAPES = /%(25|2F|3B|7[BDF]|[01][0-9A-F])/gi;
/** A percent sign that escapes nothing takes what stands in the place of its digits along, as in the traffic store. */
const ESCAPES = /%([0-9a-f]{2})|%[\0-\x7f]{0,2}/gi;
/** Most segments hold none of these and stay as they are. */
const SPECIAL = /[%;{}\ud800-\udfff]/;
const REPLACEMENT = '\ufffd';

/**
 * A segment decoded once, without matrix parameters (`;version=2`), as the traffic store reads it. Braces are
 * escaped, since in a shape they mean a type. What could be decoded again says nothing: `{text}`.
 */
export function literalText(segment: string): string {
  if (!SPECIAL.test(segment)) return segment;
  const plain = segment.toWellFormed().replace(/;.*$/s, '').replaceAll('{', '%7B').replaceAll('}', '%7D');
  if (!plain.includes('%')) return plain;
  const once = percentDecoded(plain.replace(KEPT_ESCAPES, '%25$1'));
  return /%[0-9a-f]{2}/i.test(once.replace(KEPT_ESCAPES, '')) ? '{text}' : once;
}

function percentDecoded(text: string): string {
  // One byte for each character of this string: latin1 carries bytes unchanged.
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  const decoded = bytes.replace(ESCAPES, (written, digits: string | undefined) =>
    digits === undefined ? written : String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return validText(Buffer.from(decoded, 'latin1'));
}

/** Each run of bytes that are not UTF-8 becomes one U+FFFD; a sequence that the end cuts short takes all that is left. */
function validText(bytes: Buffer): string {
  let text = '';
  let isRun = false;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0);
    const isCut = at + length > bytes.length;
    const character = bytes.toString('utf8', at, at + length);
    if (!isCut && Buffer.from(character).equals(bytes.subarray(at, at + length))) {
      text += character;
      isRun = false;
      at += length;
      continue;
    }
    if (!isRun) text += REPLACEMENT;
    isRun = true;
    at = isCut ? bytes.length : at + 1;
  }
  return text;
}

function sequenceLength(first: number): number {
  if (first < 0xc0 || first >= 0xf8) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
