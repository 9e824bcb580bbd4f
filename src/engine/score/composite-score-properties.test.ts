import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DATA_TYPES } from '../../model/data-type.ts';
import { CLASSIFICATIONS } from '../../model/endpoint.ts';
import type { Severity } from '../../model/severity.ts';
import type { ControlId, Verdict, VerdictKind } from '../../model/verdict.ts';
import { compositeScore, type ScoreInput } from './composite-score.ts';

const RUNS = { numRuns: 2000, seed: 20_260_101 };
const WEIGHTS = { critical: 20, high: 15, medium: 10, low: 5, info: 0 };
const FACTOR_TENTHS = { external: 15, partner: 13, shadow: 20, deprecated: 18, internal: 10, unknown: 10 };

function verdict(control: ControlId, kind: VerdictKind, severity: Severity): Verdict {
  const required = kind !== 'not-applicable';
  return {
    control,
    kind,
    severity,
    required,
    reason: 'Because.',
    passed: 0,
    failed: 0,
    unknown: 0,
    evidence: [],
  };
}

function tenths(points: number): number {
  return Math.round(points * 10);
}

const kind = fc.constantFrom<VerdictKind>('pass', 'fail', 'mixed', 'unknown');
const corsKind = fc.constantFrom<VerdictKind>('pass', 'fail', 'mixed', 'unknown', 'not-applicable');
const generatedVerdicts = fc
  .tuple(kind, kind, kind, corsKind, kind, kind, fc.constantFrom<Severity>('medium', 'high'))
  .map(([authentication, transport, rate, cors, headers, validation, corsSeverity]) => [
    verdict('authentication', authentication, 'critical'),
    verdict('transport_encryption', transport, 'critical'),
    verdict('rate_limiting', rate, 'high'),
    verdict('cors_policy', cors, corsSeverity),
    verdict('security_headers', headers, 'medium'),
    verdict('input_validation', validation, 'high'),
  ]);
const generatedInput = fc.record({
  verdicts: generatedVerdicts,
  classification: fc.constantFrom(...CLASSIFICATIONS),
  documented: fc.constantFrom<boolean | 'unknown'>(true, false, 'unknown'),
  sensitiveDataTypes: fc.subarray([...DATA_TYPES]),
});

/** The written formula as a fraction of whole numbers, in tenths of a point, before the cap. */
function expectedFraction(scoreInput: ScoreInput): {
  above: number;
  below: number;
  assessed: boolean;
  full: number;
} {
  let [failed, assessedMax, fullMax, judged] = [0, 0, 0, false];
  for (const one of scoreInput.verdicts) {
    const weight = WEIGHTS[one.severity];
    fullMax += weight;
    if (one.kind !== 'unknown') assessedMax += weight;
    if (one.kind === 'fail' || one.kind === 'mixed') failed += weight;
    if (one.kind !== 'unknown' && one.kind !== 'not-applicable') judged = true;
  }
  const penalty = (scoreInput.documented === false ? 10 : 0) + 5 * scoreInput.sensitiveDataTypes.length;
  const above = 100 * FACTOR_TENTHS[scoreInput.classification] * (failed * fullMax + penalty * assessedMax);
  return { above, below: assessedMax * fullMax, assessed: judged, full: fullMax };
}

/** A number is rounded half up when what it stands for is at most half below and less than half above. */
function expectHalfUp(rounded: number, above: number, below: number): void {
  if (below === 0) {
    expect(rounded).toBe(0);
    return;
  }
  // All whole numbers far below 2^53, so nothing here is itself rounded.
  expect((2 * rounded - 1) * below).toBeLessThanOrEqual(2 * above);
  expect((2 * rounded + 1) * below).toBeGreaterThan(2 * above);
}

describe('any score', () => {
  test('is the written formula, rounded half up', () => {
    fc.assert(
      fc.property(generatedInput, (scoreInput) => {
        const score = compositeScore(scoreInput);
        const { above, below, assessed, full } = expectedFraction(scoreInput);
        expect(score.assessed).toBe(assessed);
        expect(score.confidence).toBe(assessed ? Number((below / full / full).toFixed(4)) : 0);
        expectHalfUp(tenths(score.value), assessed ? Math.min(above, 1000 * below) : 0, below);
      }),
      RUNS,
    );
  });

  test('is the formula of the mission when everything is assessed', () => {
    const assessed = generatedInput.filter((one) => one.verdicts.every(({ kind }) => kind !== 'unknown'));
    const factors = { external: 1.5, partner: 1.3, shadow: 2, deprecated: 1.8, internal: 1, unknown: 1 };
    const levels = { critical: 4, high: 3, medium: 2, low: 1, info: 0 };
    fc.assert(
      fc.property(assessed, (scoreInput) => {
        const weight = (one: Verdict) => levels[one.severity] * 5;
        const max = scoreInput.verdicts.reduce((sum, one) => sum + weight(one), 0);
        let sum = scoreInput.documented === false ? 10 : 0;
        sum += scoreInput.sensitiveDataTypes.length * 5;
        for (const one of scoreInput.verdicts) if (['fail', 'mixed'].includes(one.kind)) sum += weight(one);
        const value = Math.min(100, (sum / max) * 100 * factors[scoreInput.classification]);
        expect(Math.abs(compositeScore(scoreInput).value - value)).toBeLessThanOrEqual(0.05 + 1e-9);
      }),
      { ...RUNS, numRuns: 300 },
    );
  });

  test('is the sum of its contributions, of which only the cap is negative', () => {
    fc.assert(
      fc.property(generatedInput, (scoreInput) => {
        const { value, contributions } = compositeScore(scoreInput);
        expect(contributions.reduce((sum, one) => sum + tenths(one.points), 0)).toBe(tenths(value));
        const last = contributions.at(-1);
        const parts = last?.factor === 'cap' ? contributions.slice(0, -1) : contributions;
        expect(parts.every((one) => one.points >= 0 && one.factor !== 'cap')).toBe(true);
        if (parts.length < contributions.length) expect(last?.points).toBeLessThan(0);
        expect(new Set(contributions.map((one) => one.factor)).size).toBe(contributions.length);
      }),
      RUNS,
    );
  });

  test('names points less than a tenth away from the exact ones', () => {
    fc.assert(
      fc.property(generatedInput, (scoreInput) => {
        const { below, full } = expectedFraction(scoreInput);
        for (const one of compositeScore(scoreInput).contributions) {
          if (one.factor === 'cap') continue;
          const failed = scoreInput.verdicts.find(({ control }) => control === one.factor);
          const weight = failed === undefined ? penaltyOf(one.factor) : WEIGHTS[failed.severity];
          const maximum = failed === undefined ? full : below / full;
          const exact = (100 * FACTOR_TENTHS[scoreInput.classification] * weight) / maximum;
          expect(Math.abs(tenths(one.points) - exact)).toBeLessThan(1);
        }
      }),
      { ...RUNS, numRuns: 500 },
    );
  });

  test('never falls when a sensitive type is added', () => {
    fc.assert(
      fc.property(generatedInput, fc.constantFrom(...DATA_TYPES), (scoreInput, type) => {
        const before = compositeScore(scoreInput);
        const sensitiveDataTypes = [...scoreInput.sensitiveDataTypes, type];
        const after = compositeScore({ ...scoreInput, sensitiveDataTypes });
        expect(after.value).toBeGreaterThanOrEqual(before.value);
        if (scoreInput.sensitiveDataTypes.includes(type)) expect(after).toEqual(before);
      }),
      RUNS,
    );
  });

  test('never rises when a failing control is mended', () => {
    fc.assert(
      fc.property(generatedInput, fc.nat(5), (scoreInput, position) => {
        const mended = scoreInput.verdicts.map((one, index) =>
          index === position && one.kind === 'fail' ? verdict(one.control, 'pass', one.severity) : one,
        );
        const after = compositeScore({ ...scoreInput, verdicts: mended });
        expect(after.value).toBeLessThanOrEqual(compositeScore(scoreInput).value);
      }),
      RUNS,
    );
  });

  test('does not depend on the order of verdicts and types', () => {
    const shuffled = generatedInput.chain((scoreInput) =>
      fc.record({
        scoreInput: fc.constant(scoreInput),
        verdicts: fc.shuffledSubarray([...scoreInput.verdicts], { minLength: scoreInput.verdicts.length }),
        sensitiveDataTypes: fc.shuffledSubarray(scoreInput.sensitiveDataTypes, {
          minLength: scoreInput.sensitiveDataTypes.length,
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ scoreInput, ...order }) => {
        expect(compositeScore({ ...scoreInput, ...order })).toEqual(compositeScore(scoreInput));
      }),
      { ...RUNS, numRuns: 500 },
    );
  });
});

function penaltyOf(factor: string): number {
  return factor === 'undocumented' ? 10 : 5;
}
