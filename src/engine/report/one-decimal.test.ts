import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneDecimal } from './one-decimal.ts';

describe('one decimal', () => {
  const CASES = [
    { numerator: 0, denominator: 7, value: 0 },
    { numerator: 1, denominator: 3, value: 0.3 },
    { numerator: 2, denominator: 3, value: 0.7 },
    { numerator: 1, denominator: 20, value: 0.1 },
    { numerator: 3, denominator: 20, value: 0.2 },
    { numerator: 499, denominator: 20, value: 25 },
    { numerator: 2495, denominator: 1000, value: 2.5 },
    { numerator: 1, denominator: Number.MAX_SAFE_INTEGER, value: 0 },
  ];

  it.each(CASES)('of $numerator / $denominator is $value', ({ numerator, denominator, value }) => {
    expect(oneDecimal(numerator, denominator)).toBe(value);
  });

  it('is never further than half a tenth from the quotient', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }), (numerator, denominator) => {
        const tenths = BigInt(Math.round(oneDecimal(numerator, denominator) * 10));
        const error = tenths * BigInt(denominator) - 10n * BigInt(numerator);
        expect(2n * error <= BigInt(denominator) && 2n * error > -BigInt(denominator)).toBe(true);
      }),
    );
  });
});
