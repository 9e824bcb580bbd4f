import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trafficFormats } from '../src/inputs/traffic/index.ts';
import type { TrafficExample } from '../src/model/traffic-format.ts';
import { canonicalColumns } from '../src/store/clickhouse/exchange-row.ts';
import { hostileLines } from './traffic-formats/hostile-values.ts';
import { type LineReader, lineBytes, openLineReader, wholeExchange } from './traffic-formats/read-lines.ts';
import { formatUnits } from './units.ts';

/** Reasons that hold for every format: the common rules give them to lines their format accepts. */
const COMMON_REASONS = ['outside_retention', 'in_future', 'no_path'];
const COLUMN_TYPES = {
  startedAt: [`DateTime64(3, 'UTC')`],
  method: ['String'],
  target: ['String'],
  status: ['UInt16'],
  host: ['String'],
  scheme: ['String'],
  latencyMs: ['Nullable(Float64)'],
  requestBytes: ['Nullable(UInt64)'],
  responseBytes: ['Nullable(UInt64)'],
  service: ['String'],
  consumer: ['String'],
  clientAddress: ['String'],
  credentialSeen: ['UInt8', 'Bool'],
  requestHeaders: ['Map(String, String)'],
  responseHeaders: ['Map(String, String)'],
  requestHeaderVisibility: ['String'],
  responseHeaderVisibility: ['String'],
  answeredBy: ['String'],
  schemaValidated: ['Nullable(Bool)'],
  bodies: ['String'],
  vantage: ['String'],
};

let reader: LineReader;
beforeAll(async () => {
  reader = await openLineReader();
});
afterAll(() => reader.close());

function isLeftByFormat({ rejected }: TrafficExample): boolean {
  return rejected !== undefined && !COMMON_REASONS.includes(rejected);
}

describe.each(formatUnits)('$id', (format) => {
  const { examples } = format;
  const lines = examples.map(({ line }) => line);

  test('has examples with names of their own, of lines that are read and lines that are not', () => {
    expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
    expect(examples.some(({ exchange }) => exchange !== undefined)).toBe(true);
    expect(examples.some(({ rejected }) => rejected !== undefined)).toBe(true);
  });

  test('reads the columns of its examples', async () => {
    const rows = await reader.columns(format, lines);
    const expected = examples.flatMap(({ name, exchange }, index) =>
      exchange === undefined ? [] : [{ name, row: rows[index], whole: wholeExchange(exchange) }],
    );
    expect(expected.map(({ name, row }) => ({ name, ...row }))).toEqual(
      expected.map(({ name, whole }) => ({ name, ...whole })),
    );
  });

  test('shows each reason in an example', async () => {
    const given = new Set(examples.map(({ rejected }) => rejected));
    expect(format.reasons.map(([, reason]) => reason).filter((reason) => !given.has(reason))).toEqual([]);
  });

  test('takes its examples in a pass of its own, and leaves the others', async () => {
    const taken = await reader.outcomes(
      { formats: trafficFormats, primary: format, primaryOnly: true },
      lines,
    );
    expect(taken.map(({ line, why }) => [examples[line - 1]?.name, why])).toEqual(
      examples
        .filter((example) => !isLeftByFormat(example))
        .map(({ name, rejected }) => [name, rejected ?? '']),
    );
  });

  test('is the only format that claims its examples', async () => {
    const outcomes = await reader.outcomes({ formats: trafficFormats }, lines);
    expect(outcomes.map(({ line, why }) => [examples[line - 1]?.name, why])).toEqual(
      examples.map(({ name, rejected }) => [name, rejected ?? '']),
    );
    const claimedBy = outcomes.map(({ why, format: id }) => (why === '' || id !== '' ? id : format.id));
    expect(new Set(claimedBy)).toEqual(new Set([format.id]));
  });

  test('counts every line once when a second pass takes what the first left', async () => {
    const outcomes = await reader.outcomes({ formats: trafficFormats, primary: format }, lines);
    const counted = outcomes.map(({ line }) => line);
    expect(counted).toEqual(lines.map((_, index) => index + 1));
  });

  test('throws for no value, however wrong', async () => {
    const hostile = examples.slice(0, 6).flatMap(({ line }) => hostileLines(line));
    const step = Math.ceil(hostile.length / 1500);
    const sample = hostile.filter((_, index) => index % step === 0);
    const outcomes = await reader.outcomes({ formats: [{ ...format, claims: '1' }] }, sample);
    expect(outcomes).toHaveLength(sample.length);
  });

  test('gives each column the type that the common rules expect', async () => {
    const names = Object.keys(COLUMN_TYPES);
    const types = names.map((name) => `any(toTypeName(c_${name})) AS ${name}`).join(', ');
    const oneLine = `(SELECT toUInt32(0) AS row_index, 'x' AS line)`;
    const [row] = await reader.query<Record<string, string>>(
      `SELECT ${types} FROM (${canonicalColumns({ format, lines: oneLine, keep: 'all' })})`,
    );
    expect(
      names.filter((name) => !COLUMN_TYPES[name as keyof typeof COLUMN_TYPES].includes(row?.[name] ?? '')),
    ).toEqual([]);
  });
});

test('no bytes break the statement or lose a line', async () => {
  const lines = formatUnits.flatMap(({ examples }) => examples.map(({ line }) => lineBytes(line)));
  const damaged = fc
    .tuple(fc.constantFrom(...lines), fc.nat(), fc.nat(300), fc.uint8Array({ maxLength: 12 }))
    .map(([line, at, length, inserted]) => damage(line, at, length, Buffer.from(inserted)));
  const sample = fc.sample(damaged, { numRuns: 3000, seed: 7 });
  const outcomes = await reader.outcomes({ formats: trafficFormats }, sample);
  expect(outcomes.map(({ line }) => line)).toEqual(sample.map((_, index) => index + 1));
  expect(outcomes.filter(({ why }) => why === 'not_accepted')).toEqual([]);
  expect(outcomes.filter(({ why }) => why === '').length).toBeGreaterThan(100);
});

/** Replaces up to `length` bytes; line ends are the framer's and never reach a format. */
function damage(line: Buffer, at: number, length: number, inserted: Buffer): Buffer {
  const start = at % line.length;
  const bytes = Buffer.concat([line.subarray(0, start), inserted, line.subarray(start + (length % 20))]);
  return bytes.map((byte) => (byte === 0x0a ? 0x20 : byte)) as Buffer;
}
