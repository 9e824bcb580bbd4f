const BIGINT = 20;
const BYTEA = 17;
const TIMESTAMPTZ = 1184;

/** How both drivers read the types on which they differ, by PostgreSQL type id; all from text form. */
export const VALUE_PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [BIGINT]: parseBigint,
  [BYTEA]: (text) => Uint8Array.from(Buffer.from(text.slice('\\x'.length), 'hex')),
  [TIMESTAMPTZ]: parseTimestamp,
};

/** @throws RangeError beyond 2^53-1 */
function parseBigint(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`the integer ${text} is beyond 2^53-1`);
  return number;
}

/**
 * PostgreSQL writes `2026-11-23 02:30:00.12+00`, with the zone of the session; read as RFC 3339 UTC milliseconds.
 *
 * @throws RangeError for `infinity` and years that RFC 3339 cannot write
 */
function parseTimestamp(text: string): string {
  return new Date(text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00')).toISOString();
}
