import { describe, expect, test } from 'vitest';
import { DIRT_KINDS } from './dirt.ts';
import { generateLines, type LineOptions } from './lines.ts';
import { createTruth } from './truth.ts';

const OPTIONS: LineOptions = { format: 'kong', seed: 7, count: 4000 };

describe('generateLines', () => {
  test('writes arrays of up to so many records, and the same records', () => {
    const arrays = [...generateLines({ ...OPTIONS, count: 95, array: 10 })].map((line) => JSON.parse(line));
    expect(arrays.map((array) => array.length)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 5]);
    expect(arrays.flat()).toEqual(
      [...generateLines({ ...OPTIONS, count: 95 })].map((line) => JSON.parse(line)),
    );
  });

  test('writes pretty documents over many lines', () => {
    const [plain] = generateLines({ ...OPTIONS, count: 1 });
    const [pretty] = generateLines({ ...OPTIONS, count: 1, pretty: true });
    expect(pretty).toBe(JSON.stringify(JSON.parse(String(plain)), null, 2));
  });

  test.each(['kong', 'combined', 'exchange'])(
    'adds dirt to %s and leaves the clean lines as they are',
    (format) => {
      const truth = createTruth();
      const lines = [...generateLines({ ...OPTIONS, format, dirty: 0.1, truth })];
      const clean = new Set(generateLines({ ...OPTIONS, format }));
      const dirt = lines.filter((line) => !clean.has(line));
      const { dirty } = truth.truth();
      expect(Object.keys(dirty).sort()).toEqual([...DIRT_KINDS].sort());
      expect(dirt).toHaveLength(Object.values(dirty).reduce((sum, count) => sum + count, 0));
      expect(dirt.length).toBeGreaterThan(300);
      expect(dirt.length).toBeLessThan(500);
      expect(lines.filter((line) => clean.has(line))).toEqual([...clean]);
      expect(kindsOf(dirt, format)).toEqual(dirty);
    },
  );

  test('keeps dirt out of arrays', () => {
    const truth = createTruth();
    const lines = [...generateLines({ ...OPTIONS, dirty: 0.05, array: 50, truth })];
    const arrays = lines.filter((line) => line.startsWith('['));
    expect(arrays.flatMap((line) => JSON.parse(line))).toHaveLength(4000);
    expect(truth.truth().lines).toBe(lines.length);
  });
});

/** What an outsider takes each dirty line for. */
function kindsOf(lines: readonly string[], format: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of lines) {
    const kind = format === 'combined' ? kindInText(line) : kindInJson(line);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

function kindInJson(line: string): string {
  if (line.trim() === '') return 'blank';
  if (line.startsWith('\x16\x03\x01')) return 'binary';
  if (!line.startsWith('{')) return 'foreign';
  return line.startsWith('{"session"') && 'session' in JSON.parse(line) ? 'stream' : 'truncated';
}

function kindInText(line: string): string {
  if (line.trim() === '') return 'blank';
  if (line.startsWith('{"started_at"') && 'request' in JSON.parse(line)) return 'foreign';
  if (line.includes('"\\x16\\x03\\x01')) return 'binary';
  return line.includes(' TCP 200 ') ? 'stream' : 'truncated';
}
