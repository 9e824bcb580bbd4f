/** Values that break what was written for others: wrong types, numbers beyond all ranges, impossible times, cut text. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  18_446_744_073_709_552_000,
  '',
  '-',
  'nan',
  'inf',
  '-inf',
  '1e400',
  '0x10',
  '9999999999999999999',
  '99999999999.999999999',
  '2026-13-45T99:99:99Z',
  '9999-12-31T23:59:59Z',
  '01/Jan/9999:00:00:00 +0000',
  '1.2.3.4:99999999',
  'http://[::1',
  '%zz',
  '{"a":',
  {},
  [],
  [null],
  { a: { b: 1 } },
];

/** The line with one value after another replaced by each hostile one; text is cut at its blanks, commas and quotes. */
export function hostileLines(line: string): string[] {
  const record = parsed(line);
  return record === undefined ? hostileTexts(line) : hostileRecords(record);
}

function parsed(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // A line of text, or a damaged one.
    return undefined;
  }
}

function hostileRecords(record: object): string[] {
  return pathsIn(record).flatMap((path) =>
    HOSTILE.map((value) => JSON.stringify(replaced(record, path, value))),
  );
}

function hostileTexts(line: string): string[] {
  const parts = line.split(/([\s",[\]]+)/);
  return parts.flatMap((_, index) =>
    index % 2 === 1
      ? []
      : HOSTILE.filter((value) => typeof value !== 'object').map((value) =>
          parts.with(index, String(value)).join(''),
        ),
  );
}

/** The places of all values in it, as keys from the top. */
function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...pathsIn(inner).map((path) => [key, ...path]),
  ]);
}

function replaced(value: unknown, [key, ...path]: readonly string[], by: unknown): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return by;
  const inner = replaced((value as Record<string, unknown>)[key], path, by);
  return Array.isArray(value) ? value.with(Number(key), inner) : { ...value, [key]: inner };
}
