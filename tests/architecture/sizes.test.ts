import { describe, expect, it } from 'vitest';
import { fileSize, functionSizes, percentile95 } from './sizes.ts';
import { repeatedTestNames } from './test-names.ts';

const TEXT = `export function one(
  a: number,
): number {
  if (a > 1) {
    return 2;
  }
  return 1;
}

const two = (a: number) => {
  return a;
};

class Three {
  four(): void {
    for (const a of []) {
      a();
    }
  }
}
`;

describe('sizes', () => {
  it('measures a file and the functions in it', () => {
    const file = { path: 'a.ts', text: TEXT };
    expect(fileSize(file)).toEqual({ name: 'a.ts', lines: 20 });
    expect(functionSizes(file)).toEqual([
      { name: 'a.ts: one', lines: 8 },
      { name: 'a.ts: two', lines: 3 },
      { name: 'a.ts: four', lines: 5 },
    ]);
  });

  it('finds the size that 95 of 100 keep to', () => {
    const sizes = Array.from({ length: 100 }, (_, index) => ({ name: '', lines: index + 1 }));
    expect(percentile95(sizes)).toBe(95);
  });
});

describe('repeatedTestNames', () => {
  it('reports a name used twice, whatever the call', () => {
    const text = `it('adds', () => {});\ntest.each([1, 2])('adds', () => {});\nit("it's fine", () => {});\nit('$name', f);\nit('$name', f);`;
    expect(repeatedTestNames({ path: 'a.test.ts', text })).toEqual(['a.test.ts: adds']);
  });
});
