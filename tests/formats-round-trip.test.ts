import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Exchange } from '../generator/exchange.ts';
import type { Format } from '../generator/format.ts';
import { FORMATS } from '../generator/formats/index.ts';
import { generateExchanges } from '../generator/traffic.ts';
import { recordLayout, recordStream } from '../src/inputs/records/open-records.ts';
import { trafficFormats } from '../src/inputs/traffic/index.ts';
import { oddExchanges } from './traffic-formats/odd-exchanges.ts';
import { type LineReader, openLineReader, wholeExchange } from './traffic-formats/read-lines.ts';

const GENERATED = [...generateExchanges({ seed: 21, count: 400, start: Date.UTC(2026, 5, 1), days: 2 })];

let reader: LineReader;
beforeAll(async () => {
  reader = await openLineReader();
});
afterAll(() => reader.close());

describe.each(FORMATS)('what the generator writes as $id', (format) => {
  const exchanges = [...GENERATED, ...oddExchanges(GENERATED, 300)].filter(format.holds ?? (() => true));

  test('is read back with the columns the format carries', async () => {
    const id = format.reads ?? format.id;
    const product = trafficFormats.find((candidate) => candidate.id === id);
    if (product === undefined) throw new Error(`no unit reads ${format.id}`);
    const lines = await linesOf(format, exchanges);
    const rows = await reader.columns(product, lines);
    const expected = exchanges.map((exchange) => wholeExchange(format.carried(exchange)));
    expect(rows.map(forComparison)).toEqual(expected.map(forComparison));
  });

  test('is taken for this format and no other', async () => {
    const lines = await linesOf(format, exchanges);
    const outcomes = await reader.outcomes({ formats: trafficFormats }, lines);
    const id = format.reads ?? format.id;
    expect(outcomes.filter((outcome) => outcome.format !== id)).toEqual([]);
    expect(outcomes).toHaveLength(exchanges.length);
  });
});

/** The lines that the pipeline makes of the file. */
async function linesOf(format: Format, exchanges: readonly Exchange[]): Promise<string[]> {
  const records = exchanges.map(format.write);
  const { head, separator, tail } = format.document ?? { head: '', separator: '\n', tail: '\n' };
  const bytes = Buffer.from(head + records.join(separator) + tail, 'latin1');
  const chunks: Buffer[] = [];
  for await (const chunk of recordStream(inPieces(bytes), recordLayout(bytes.subarray(0, 65_536))))
    chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString('utf8').split('\n');
  return lines.filter((line) => line !== '');
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 50_000) yield Buffer.from(bytes.subarray(at, at + 50_000));
}

/** Durations pass through floating point, and a byte of a target may be written as itself or as `%HH`. */
function forComparison(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (name === 'target') return [name, decoded(String(value))];
      return [name, typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value];
    }),
  );
}

function decoded(target: string): string {
  const bytes = Buffer.from(target).toString('latin1');
  return bytes.replace(/%([0-9A-Fa-f]{2})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));
}
