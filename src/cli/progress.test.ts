import { describe, expect, it } from 'vitest';
import { progressText, terminalProgress } from './progress.ts';

describe('the progress line', () => {
  const cases: [name: string, state: Parameters<typeof progressText>[0], expected: string][] = [
    [
      'says how far it is and how long it will take',
      { bytes: 120e6, lines: 160_000, seconds: 0.5, totalBytes: 450e6 },
      '120 MB of 450 MB, 160,000 records, 320,000 records/s, 2 s left',
    ],
    [
      'has no end to estimate when inputs are compressed',
      { bytes: 3e6, lines: 4_000, seconds: 2, totalBytes: undefined },
      '3 MB, 4,000 records, 2,000 records/s',
    ],
    [
      'never promises less than nothing',
      { bytes: 10e6, lines: 10, seconds: 1, totalBytes: 5e6 },
      '10 MB of 5 MB, 10 records, 10 records/s, 0 s left',
    ],
  ];
  it.each(cases)('%s', (_, state, expected) => {
    expect(progressText(state)).toBe(expected);
  });

  it('is drawn over itself, sums what was taken in and goes away', () => {
    const written: string[] = [];
    let now = 0;
    const progress = terminalProgress({ write: (text) => written.push(text) }, () => now, 4e6);
    now = 1_000;
    progress.add({ bytes: 1e6, lines: 10 });
    progress.add({ bytes: 1e6, lines: 10 });
    progress.clear();
    expect(written).toEqual([
      '\r\u001b[2K1 MB of 4 MB, 10 records, 10 records/s, 3 s left',
      '\r\u001b[2K2 MB of 4 MB, 20 records, 20 records/s, 1 s left',
      '\r\u001b[2K',
    ]);
  });
});
