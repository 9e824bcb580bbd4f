import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineFramer, MAX_LINE_BYTES } from './frame-lines.ts';

interface Framed {
  readonly segments: string[];
  readonly offsets: number[];
  readonly lines: number;
  readonly cutOff: string | undefined;
  readonly endsOpen: boolean;
}

async function frame(chunks: readonly Buffer[], segmentBytes?: number): Promise<Framed> {
  const framer = new LineFramer(asStream(chunks), { startOffset: 0, ...(segmentBytes && { segmentBytes }) });
  const segments: string[] = [];
  const offsets: number[] = [];
  let lines = 0;
  let endsOpen = false;
  for (;;) {
    const written: Buffer[] = [];
    const segment = await framer.next({ write: async (bytes) => void written.push(Buffer.from(bytes)) });
    if (segment === undefined) break;
    segments.push(Buffer.concat(written).toString('utf8'));
    offsets.push(segment.endOffset);
    lines += segment.lines;
    endsOpen = segment.endsOpen;
  }
  return { segments, offsets, lines, cutOff: framer.cutOffLine, endsOpen };
}

async function* asStream(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield chunk;
}

function cut(text: string, sizes: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  let position = 0;
  for (let index = 0; position < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    chunks.push(bytes.subarray(position, position + size));
    position += size;
  }
  return chunks;
}

describe('LineFramer', () => {
  const cases: { name: string; text: string; expected: Partial<Framed> }[] = [
    { name: 'an empty stream has no segment', text: '', expected: { segments: [], lines: 0 } },
    {
      name: 'lines stay as they are',
      text: 'a\nb\n',
      expected: { segments: ['a\nb\n'], lines: 2, endsOpen: false },
    },
    {
      name: 'a last line without newline is kept when it is whole',
      text: 'a\nb',
      expected: { segments: ['a\nb\n'], lines: 2, endsOpen: true },
    },
    {
      name: 'a last line inside quotes is left for the next run',
      text: 'a\n"b',
      expected: { segments: ['a\n'], lines: 1, cutOff: '"b' },
    },
    {
      name: 'a cut JSON record is left for the next run',
      text: '{"a":1}\n{"a":',
      expected: { segments: ['{"a":1}\n'], lines: 1, cutOff: '{"a":' },
    },
    {
      name: 'a whole JSON record without newline is kept',
      text: '{"a":1}',
      expected: { segments: ['{"a":1}\n'], lines: 1, endsOpen: true },
    },
    { name: 'blank lines count', text: '\n\n', expected: { segments: ['\n\n'], lines: 2 } },
  ];
  it.each(cases)('$name', async ({ text, expected }) => {
    expect(await frame([Buffer.from(text)])).toMatchObject(expected);
  });

  it('gives the same segments however the stream is chunked', async () => {
    const text = fc.array(fc.constantFrom('', 'x', 'a longer line', '{"k":"é"}'), { maxLength: 40 });
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(text, sizes, async (lines, chunkSizes) => {
        const whole = lines.map((line) => `${line}\n`).join('');
        const framed = await frame(cut(whole, chunkSizes), 24);
        expect(framed).toEqual(await frame(whole === '' ? [] : [Buffer.from(whole)], 24));
        expect(framed.segments.join('')).toBe(whole);
        expect(framed.lines).toBe(lines.length);
        expect(framed.offsets.at(-1) ?? 0).toBe(Buffer.byteLength(whole));
      }),
    );
  });

  it('puts a marker in the place of a line over the bound and keeps its neighbours', async () => {
    const long = 'x'.repeat(MAX_LINE_BYTES + 5);
    const text = `before\n${long}\nafter\n`;
    for (const size of [text.length, 300_000]) {
      const framed = await frame(cut(text, [size]));
      expect(framed.segments.join('')).toBe('before\n\u0001line_too_long\nafter\n');
      expect(framed.lines).toBe(3);
      expect(framed.offsets.at(-1)).toBe(text.length);
    }
  });

  it('counts a last line over the bound that has no newline, whatever is left of it at the end', async () => {
    const chunk = Buffer.alloc(MAX_LINE_BYTES, 'x');
    for (const rest of ['', 'x', 'x'.repeat(500)]) {
      const framer = new LineFramer(asStream([chunk, chunk, Buffer.from(rest)]), { startOffset: 0 });
      const written: Buffer[] = [];
      const segment = await framer.next({ write: async (bytes) => void written.push(bytes) });
      expect(Buffer.concat(written).toString()).toBe('\u0001line_too_long\n');
      expect(segment).toMatchObject({
        lines: 1,
        endOffset: 2 * MAX_LINE_BYTES + rest.length,
        tail: Buffer.alloc(1024, 'x'),
        endsOpen: true,
      });
    }
  });

  it('holds no more than the bound of a 400 MB line', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'y');
    async function* endless(): AsyncGenerator<Buffer> {
      for (let index = 0; index < 400; index += 1) yield chunk;
      yield Buffer.from('\nlast\n');
    }
    const before = process.memoryUsage().arrayBuffers;
    const framer = new LineFramer(endless(), { startOffset: 0 });
    const written: Buffer[] = [];
    const segment = await framer.next({ write: async (bytes) => void written.push(bytes) });
    expect(segment).toMatchObject({ lines: 2, endOffset: 400 * 1024 * 1024 + 6 });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150 * 1024 * 1024);
  });
});
