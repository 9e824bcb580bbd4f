import { describe, expect, it } from 'vitest';
import { closestWord } from './closest-word.ts';

const WORDS = ['authentication', 'rate_limiting', 'severity', 'name', 'info'] as const;

const CASES: { written: string; meant: string | undefined }[] = [
  { written: 'sevrity', meant: 'severity' },
  { written: 'Severity', meant: 'severity' },
  { written: 'rate-limiting', meant: 'rate_limiting' },
  { written: 'ratelimit', meant: 'rate_limiting' },
  { written: 'auth', meant: 'authentication' },
  { written: 'nmae', meant: undefined },
  { written: 'names', meant: 'name' },
  { written: 'in', meant: undefined },
  { written: '', meant: undefined },
  { written: '__proto__', meant: undefined },
  { written: 'authentication'.repeat(1000), meant: undefined },
];

describe('the closest word', () => {
  it.each(CASES)('for "$written" is $meant', ({ written, meant }) => {
    expect(closestWord(written, WORDS)).toBe(meant);
  });

  it('is nothing when nothing is allowed', () => {
    expect(closestWord('name', [])).toBeUndefined();
  });
});
