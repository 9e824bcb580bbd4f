import { describe, expect, it } from 'vitest';
import { recordLayout } from '../src/inputs/records/open-records.ts';
import { documentUnits, formatUnits } from './units.ts';

describe.each(documentUnits)('$id', ({ id, records, examples }) => {
  it('has examples with names of their own', () => {
    expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples)('reads: $name', async ({ content, lines }) => {
    const bytes = Buffer.from(content as string);
    for (const size of [bytes.length, 1]) expect(await linesOf(records, bytes, size)).toEqual(lines);
  });

  it.each(examples)('knows by its beginning: $name', ({ content }) => {
    expect(recordLayout(Buffer.from(content as string).subarray(0, 65_536)).document).toBe(id);
  });

  it('takes no log for itself', () => {
    const lines = formatUnits.flatMap(({ examples: ofFormat }) => ofFormat.map(({ line }) => line));
    expect(lines.filter((line) => recordLayout(Buffer.from(`${line}\n${line}\n`)).document === id)).toEqual(
      [],
    );
  });

  it('survives every cut and every damaged byte', async () => {
    for (const { content } of examples) {
      const bytes = Buffer.from(content as string);
      for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 200)) {
        await linesOf(records, bytes.subarray(0, at), 1000);
        const damaged = Buffer.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ 0x55;
        await linesOf(records, damaged, 1000);
      }
    }
  });
});

async function linesOf(
  records: (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>,
  bytes: Buffer,
  size: number,
): Promise<string[]> {
  async function* stream(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
  }
  const chunks: Buffer[] = [];
  for await (const chunk of records(stream())) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString('utf8').split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
