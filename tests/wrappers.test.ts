import { describe, expect, it, test } from 'vitest';
import { recordLines } from '../src/inputs/records/json-records.ts';
import { recordLayout } from '../src/inputs/records/open-records.ts';
import { LazyLine } from '../src/inputs/records/wrapped-line.ts';
import { wrappers } from '../src/inputs/wrappers/index.ts';
import { formatUnits, wrapperUnits } from './units.ts';
import { unwrapped } from './wrappers/unwrapped.ts';

const CRI = '2026-01-05T10:00:00Z stdout F ';

describe.each(wrapperUnits)('$id', ({ id, keys, peel, examples }) => {
  const peeled = (line: string) =>
    peel(new LazyLine(Buffer.from(line)))?.records.flatMap((record) =>
      [...recordLines(Buffer.from(record as Buffer))].map(String),
    );

  it('has examples with names of their own, of lines that are wrapped and lines that are not', () => {
    expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
    expect(examples.some((example) => example.peeled !== undefined)).toBe(true);
    expect(examples.some((example) => example.peeled === undefined)).toBe(true);
  });

  it.each(examples)('$name', (example) => {
    expect(peeled(example.line)).toEqual(example.peeled);
  });

  it('survives every cut and every damaged byte', () => {
    for (const broken of examples.flatMap(({ line }) => brokenLines(Buffer.from(line)))) {
      const records = peel(new LazyLine(broken))?.records ?? [];
      for (const record of records) expect([...recordLines(Buffer.from(record as Buffer))]).toBeDefined();
    }
  });

  it('names the keys of the objects it takes', () => {
    const objects = examples.filter(
      ({ line, peeled: inside }) => inside !== undefined && line.startsWith('{'),
    );
    expect(objects.length > 0).toBe(keys !== undefined);
    const unnamed = objects.filter(
      ({ line }) => !Object.keys(JSON.parse(line)).some((key) => keys?.includes(key)),
    );
    expect(unnamed).toEqual([]);
  });

  it('leaves the lines of every traffic format alone', () => {
    const lines = formatUnits.flatMap(({ examples: ofFormat }) => ofFormat.map(({ line }) => line));
    expect(lines.filter((line) => peel(new LazyLine(Buffer.from(line))) !== undefined)).toEqual([]);
  });

  it('leaves its lines to no other wrapper', () => {
    const others = wrappers.filter((other) => other.id !== id);
    const lines = examples.filter((example) => example.peeled !== undefined).map(({ line }) => line);
    const taken = lines.filter((line) =>
      others.some((other) => other.peel(new LazyLine(Buffer.from(line))) !== undefined),
    );
    expect(taken).toEqual([]);
  });
});

describe('a stream of wrapped lines', () => {
  const cases: { name: string; text: string; expected: string }[] = [
    { name: 'gives the lines inside', text: `${CRI}a\n${CRI}b\n`, expected: 'a\nb\n' },
    {
      name: 'gives what is not wrapped as it is',
      text: `${CRI}a\nplain\r\n\n${CRI}b\n`,
      expected: 'a\nplain\r\n\nb\n',
    },
    { name: 'takes off wrappers around wrappers', text: `${CRI}${CRI}${CRI}a\n`, expected: 'a\n' },
    {
      name: 'says of too many layers that they are too many',
      text: `${CRI}a\n${CRI.repeat(20)}b\n${CRI}c\n`,
      expected: 'a\n\u0001nested_too_deep\nc\n',
    },
    {
      name: 'joins a record that came in pieces, each stream on its own',
      text: `${CRI}a\n${CRI.replace('F', 'P')}b1\n${CRI.replace('stdout', 'stderr')}e\n${CRI.replace('F', 'P')}b2\n${CRI}b3\n`,
      expected: 'a\n\ne\n\nb1b2b3\n',
    },
    { name: 'leaves the end of a line open that was open', text: `${CRI}a\n${CRI}b`, expected: 'a\nb' },
  ];

  it.each(cases)('$name', async ({ text, expected }) => {
    for (const size of [text.length, 7, 1]) expect(await unwrapped(text, size)).toBe(expected);
  });

  it('gives on what is longer than any wrapper', async () => {
    const long = 'x'.repeat(9_000_000);
    expect(await unwrapped(`${CRI}a\n${CRI}${long}\n${CRI}b\n`, 1_000_000)).toBe(`a\n${CRI}${long}\nb\n`);
  });
});

test('a file says by its first lines what is wrapped around them', () => {
  expect(recordLayout(Buffer.from(`starting\n${CRI}${CRI}x\n`))).toEqual({
    document: undefined,
    wrappers: ['cri'],
    mayBeWrapped: true,
  });
  expect(recordLayout(Buffer.from('a\nb\n'))).toEqual({
    document: undefined,
    wrappers: [],
    mayBeWrapped: false,
  });
});

/** The line cut, and with a byte damaged, at a hundred places. */
function brokenLines(line: Buffer): readonly Buffer[] {
  const places = Array.from({ length: 100 }, (_, index) => Math.floor((line.length * index) / 100));
  return places.flatMap((at) => {
    const damaged = Buffer.from(line);
    damaged[at] = (damaged[at] ?? 0) ^ 0x15;
    return [line.subarray(0, at), damaged];
  });
}
