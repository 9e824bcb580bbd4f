import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Exchange } from '../generator/exchange.ts';
import type { Format } from '../generator/format.ts';
import { FORMATS } from '../generator/formats/index.ts';
import { generateExchanges } from '../generator/traffic.ts';
import { recordLayout, recordStream } from '../src/inputs/records/open-records.ts';
import { trafficFormats } from '../src/inputs/traffic/index.ts';
import { oddExchanges } from './traffic-formats/odd-exchanges.ts';
import { type LineReader, openLineReader } from './traffic-formats/read-lines.ts';
import { formatUnits } from './units.ts';

const FILES = 1000;
const GENERATED = [...generateExchanges({ seed: 33, count: 300, start: Date.UTC(2026, 5, 1), days: 2 })];
const EXCHANGES = [...GENERATED, ...oddExchanges(GENERATED, 200)];
const LINE_FORMATS = FORMATS.filter(({ document }) => document === undefined);

let reader: LineReader;
beforeAll(async () => {
  reader = await openLineReader();
});
afterAll(() => reader.close());

/** What somebody could hand in: lines of up to three formats in any order, or one document. */
const file = fc.oneof(
  { weight: 3, arbitrary: mixed() },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...FORMATS).chain((format) =>
      fc.array(exchangeOf(format), { minLength: 1, maxLength: 8 }).map((exchanges) => ({
        formats: exchanges.map(() => format.reads ?? format.id),
        bytes: bytesOf(format, exchanges),
      })),
    ),
  },
);

describe('recognition', () => {
  test(`of ${FILES} files of all formats guesses no line wrong`, { timeout: 600_000 }, async () => {
    const files = fc.sample(file, { numRuns: FILES, seed: 11 });
    expect(new Set(files.flatMap(({ formats }) => formats)).size).toBe(
      new Set(FORMATS.map(({ id, reads }) => reads ?? id)).size,
    );
    const expected: { file: number; format: string; line: string }[] = [];
    for (const [index, { bytes, formats }] of files.entries()) {
      const lines = await linesOf(bytes);
      expect(lines.length, `file ${index} of ${formats.join(', ')}`).toBe(formats.length);
      for (const [at, line] of lines.entries())
        expected.push({ file: index, format: formats[at] ?? '', line });
    }
    const outcomes = await reader.outcomes(
      { formats: trafficFormats },
      expected.map(({ line }) => line),
    );
    const wrong = outcomes
      .map(({ format, line }) => ({ took: format, ...expected[line - 1] }))
      .filter(({ took, format }) => took !== format);
    expect(wrong.slice(0, 20)).toEqual([]);
  });
});

test('no line of an example is claimed by two formats', async () => {
  const lines = formatUnits.flatMap(({ examples }) => examples.map(({ line }) => line));
  const claimedBy = lines.map((): string[] => []);
  for (const format of trafficFormats) {
    for (const { line, format: id } of await reader.outcomes({ formats: [format] }, lines))
      if (id !== '') claimedBy[line - 1]?.push(id);
  }
  expect(
    claimedBy.map((ids, index) => ({ ids, line: lines[index] })).filter(({ ids }) => ids.length > 1),
  ).toEqual([]);
});

test('a format that is expected takes no line of another', async () => {
  const lines = formatUnits.flatMap(({ examples }) => examples.map(({ line }) => line));
  const claims = await reader.outcomes({ formats: trafficFormats }, lines);
  const claimedBy = new Map(claims.map(({ line, format }) => [line, format]));
  const wrong: { expected: string; line: string | undefined }[] = [];
  for (const format of trafficFormats) {
    const taken = await reader.outcomes(
      { formats: trafficFormats, primary: format, primaryOnly: true },
      lines,
    );
    const others = taken.filter(({ line, why }) => why === '' && claimedBy.get(line) !== format.id);
    wrong.push(...others.map(({ line }) => ({ expected: format.id, line: lines[line - 1] })));
  }
  expect(wrong).toEqual([]);
});

function mixed() {
  return fc
    .uniqueArray(fc.constantFrom(...LINE_FORMATS), { minLength: 1, maxLength: 3, selector: ({ id }) => id })
    .chain((formats) =>
      fc.array(
        fc
          .constantFrom(...formats)
          .chain((format) => exchangeOf(format).map((exchange) => ({ format, exchange }))),
        { minLength: 1, maxLength: 12 },
      ),
    )
    .map((lines) => ({
      formats: lines.map(({ format }) => format.reads ?? format.id),
      bytes: Buffer.from(
        lines.map(({ format, exchange }) => `${format.write(exchange)}\n`).join(''),
        'latin1',
      ),
    }));
}

function exchangeOf(format: Format): fc.Arbitrary<Exchange> {
  return fc.constantFrom(...EXCHANGES.filter(format.holds ?? (() => true)));
}

function bytesOf({ document, write }: Format, exchanges: readonly Exchange[]): Buffer {
  const { head, separator, tail } = document ?? { head: '', separator: '\n', tail: '\n' };
  return Buffer.from(head + exchanges.map(write).join(separator) + tail, 'latin1');
}

async function linesOf(bytes: Buffer): Promise<string[]> {
  async function* stream(): AsyncGenerator<Buffer> {
    yield Buffer.from(bytes);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of recordStream(stream(), recordLayout(bytes.subarray(0, 65_536))))
    chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString('utf8').split('\n');
  return lines.filter((line) => line !== '');
}
