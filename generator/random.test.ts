import { describe, expect, test } from 'vitest';
import { createRandom, weighted, zipf } from './random.ts';

describe('createRandom', () => {
  test('gives a fixed sequence for a seed, on every machine', () => {
    const random = createRandom(7);
    expect(Array.from({ length: 4 }, () => random.bits())).toEqual([
      210494603, 711084892, 3993689120, 4089369890,
    ]);
  });

  test('gives another sequence for another seed, also beyond 32 bits', () => {
    const firsts = [7, 8, 7 + 2 ** 32].map((seed) => createRandom(seed).bits());
    expect(new Set(firsts).size).toBe(3);
  });

  test('spreads fractions evenly over [0, 1)', () => {
    const random = createRandom(1);
    const tenths = new Array<number>(10).fill(0);
    for (let drawn = 0; drawn < 100_000; drawn += 1) {
      const tenth = Math.floor(random.fraction() * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(tenths).toHaveLength(10);
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

describe('weighted', () => {
  test('draws items in the proportion of their weights and never those without weight', () => {
    const draw = weighted(['often', 'never', 'seldom'], [3, 0, 1]);
    const random = createRandom(1);
    const counts: Record<string, number> = {};
    for (let drawn = 0; drawn < 40_000; drawn += 1) {
      const item = draw(random);
      counts[item] = (counts[item] ?? 0) + 1;
    }
    expect(Object.keys(counts).sort()).toEqual(['often', 'seldom']);
    expect(Math.abs((counts.often ?? 0) - 30_000)).toBeLessThan(500);
  });

  test('follows the ranks of zipf', () => {
    expect(zipf(4)).toEqual([1, 1 / 2, 1 / 3, 1 / 4]);
  });
});
