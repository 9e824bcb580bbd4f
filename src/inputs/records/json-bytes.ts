export const NEWLINE = 0x0a;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
export const CLOSE_ARRAY = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

export const IS_SPACE = 1;
export const IS_QUOTE = 2;
export const IS_BRACKET = 3;
/** What a byte outside strings is; 0 when nothing of note, as most are. */
export const KINDS = tableOf([
  [' \t\n\r', IS_SPACE],
  ['"', IS_QUOTE],
  ['{[}]', IS_BRACKET],
]);
/** 1 for what stands between records, and around the elements of a top-level array. */
export const SEPARATORS = tableOf([[' \t\n\r,[]', 1]]);
const STRING_STOPS = tableOf([['"\\\n', 1]]);

/** Where a string ends: at its quote or at a line break; one beyond the bytes when they end behind a backslash. */
export function stringEnd(bytes: Buffer, from: number): number {
  let at = from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (STRING_STOPS[byte] === 0) continue;
    if (byte !== BACKSLASH) return at;
    if (bytes[at + 1] !== NEWLINE) at += 1;
  }
  return at;
}

function tableOf(classes: readonly (readonly [characters: string, value: number])[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const [characters, value] of classes) for (const byte of Buffer.from(characters)) table[byte] = value;
  return table;
}
