import { describe, expect, test } from 'vitest';
import { createClock } from './clock.ts';
import { createRandom } from './random.ts';

const SUNDAY = Date.UTC(2026, 10, 1);
const HOUR_MS = 3_600_000;

describe('createClock', () => {
  test.each([
    { name: 'a week', start: SUNDAY, days: 7, count: 20_000 },
    { name: 'an hour', start: SUNDAY + 12_345, days: 1 / 24, count: 1000 },
    { name: 'one exchange', start: SUNDAY, days: 30, count: 1 },
    { name: 'many exchanges a millisecond', start: SUNDAY, days: 0.01, count: 2_000_000 },
  ])('keeps the times of $name in order and in range', ({ start, days, count }) => {
    const times = timesOf(start, days, count);
    const end = start + Math.max(days, 1 / 96) * 24 * HOUR_MS;
    expect(times.findIndex((time, index) => time < (times[index - 1] ?? start) || time >= end)).toBe(-1);
    expect(times.every(Number.isInteger)).toBe(true);
  });

  test('makes the working day busier than the night and the weekend', () => {
    const times = timesOf(SUNDAY, 7, 50_000);
    const between = (from: number, to: number) =>
      times.filter((time) => time >= SUNDAY + from * HOUR_MS && time < SUNDAY + to * HOUR_MS).length;
    const [mondayNight, mondayNoon, sundayNoon] = [between(26, 28), between(36, 38), between(12, 14)];
    expect(mondayNoon / mondayNight).toBeGreaterThan(5);
    expect(sundayNoon / mondayNoon).toBeGreaterThan(0.45);
    expect(sundayNoon / mondayNoon).toBeLessThan(0.65);
  });
});

function timesOf(start: number, days: number, count: number): number[] {
  const clock = createClock({ start, days, count }, createRandom(5));
  return Array.from({ length: count }, clock);
}
