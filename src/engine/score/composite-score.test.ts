import { describe, expect, test } from 'vitest';
import type { RiskScore } from '../../model/score.ts';
import type { Severity } from '../../model/severity.ts';
import type { ControlId, Verdict, VerdictKind } from '../../model/verdict.ts';
import { bandOf, compositeScore, type ScoreInput } from './composite-score.ts';

const SEVERITY_OF: Readonly<Record<ControlId, Severity>> = {
  authentication: 'critical',
  transport_encryption: 'critical',
  rate_limiting: 'high',
  cors_policy: 'medium',
  security_headers: 'medium',
  input_validation: 'high',
};

function verdict(control: ControlId, kind: VerdictKind, severity = SEVERITY_OF[control]): Verdict {
  return {
    control,
    kind,
    severity,
    required: kind !== 'not-applicable',
    reason: `${control} is ${kind}.`,
    passed: 0,
    failed: 0,
    unknown: 0,
    ...(kind === 'mixed' ? { failedShare: 0.375 } : {}),
    evidence: [],
  };
}

/** Verdicts in report order; `corsSeverity` as a wildcard would make it. */
function verdicts(kinds: readonly VerdictKind[], corsSeverity: Severity = 'medium'): Verdict[] {
  const controls = Object.keys(SEVERITY_OF) as ControlId[];
  return controls.map((control, index) =>
    verdict(control, kinds[index] ?? 'unknown', control === 'cors_policy' ? corsSeverity : undefined),
  );
}

function input(overrides: Partial<ScoreInput> = {}): ScoreInput {
  return {
    verdicts: [],
    classification: 'internal',
    documented: true,
    sensitiveDataTypes: [],
    ...overrides,
  };
}

function points(score: RiskScore): [string, number][] {
  return score.contributions.map((one) => [one.factor, one.points]);
}

describe('the whole score, by hand', () => {
  test('of an external endpoint where some controls fail and one is open', () => {
    // Weights 20 20 15 10 10 15 = 90, open 15, assessed 75. 150 × (20 + 10) / 75 = 60; 150 × 15 / 90 = 25.
    const score = compositeScore({
      verdicts: verdicts(['mixed', 'pass', 'unknown', 'pass', 'fail', 'pass']),
      classification: 'external',
      documented: false,
      sensitiveDataTypes: ['email'],
    });
    expect(score).toEqual({
      value: 85,
      band: 'critical',
      assessed: true,
      confidence: 0.8333,
      contributions: [
        {
          factor: 'authentication',
          points: 40,
          reason:
            'Weight 20 of 75 assessed, times 1.5 (external), counted in full although 37.5 % failed: authentication is mixed.',
        },
        {
          factor: 'security_headers',
          points: 20,
          reason: 'Weight 10 of 75 assessed, times 1.5 (external): security_headers is fail.',
        },
        {
          factor: 'undocumented',
          points: 16.7,
          reason:
            'Penalty 10 of 90 in all, times 1.5 (external): the specs of its service leave this endpoint out.',
        },
        {
          factor: 'sensitive:email',
          points: 8.3,
          reason: 'Penalty 5 of 90 in all, times 1.5 (external): email was found in its traffic.',
        },
      ],
    });
  });

  test('of a shadow endpoint where everything fails, with its cap', () => {
    // 200 × 90 / 90 = 200; 200 × 10 / 90 = 22.2…; 200 × 5 / 90 = 11.1… twice: 244.4… in all.
    const score = compositeScore({
      verdicts: verdicts(['fail', 'fail', 'fail', 'fail', 'fail', 'fail']),
      classification: 'shadow',
      documented: false,
      sensitiveDataTypes: ['phone', 'ssn', 'phone'],
    });
    expect(score).toMatchObject({ value: 100, band: 'critical', assessed: true, confidence: 1 });
    expect(points(score)).toEqual([
      ['authentication', 44.5],
      ['transport_encryption', 44.5],
      ['rate_limiting', 33.3],
      ['cors_policy', 22.2],
      ['security_headers', 22.2],
      ['input_validation', 33.3],
      ['undocumented', 22.2],
      ['sensitive:ssn', 11.1],
      ['sensitive:phone', 11.1],
      ['cap', -144.4],
    ]);
    expect(score.contributions.at(-1)?.reason).toBe('A score ends at 100; the parts sum to 244.4.');
  });

  const unknowns: VerdictKind[] = ['unknown', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown'];
  const cases: [name: string, input: ScoreInput, value: number, confidence: number][] = [
    ['all pass', input({ verdicts: verdicts(['pass', 'pass', 'pass', 'pass', 'pass', 'pass']) }), 0, 1],
    // 100 × 20 / 90 = 22.22…
    [
      'internal, only authentication fails',
      input({ verdicts: verdicts(['fail', 'pass', 'pass', 'not-applicable', 'pass', 'pass']) }),
      22.2,
      1,
    ],
    // CORS that is not required still weighs 10 in both maxima: 100 × 20 / 30 = 66.66…, 30 / 90.
    [
      'only authentication is known and fails, CORS is not required',
      input({ verdicts: verdicts(['fail', 'unknown', 'unknown', 'not-applicable', 'unknown', 'unknown']) }),
      66.7,
      0.3333,
    ],
    // A wildcard makes it weigh 15: 100 × 20 / 35 = 57.14…, 35 / 95 = 0.36842….
    [
      'the same with a wildcard origin',
      input({
        verdicts: verdicts(['fail', 'unknown', 'unknown', 'not-applicable', 'unknown', 'unknown'], 'high'),
      }),
      57.1,
      0.3684,
    ],
    // Only penalties: 180 × (10 + 5) / 90 = 30.
    [
      'deprecated, headers pass, undocumented with one sensitive type',
      input({
        verdicts: verdicts(['unknown', 'unknown', 'unknown', 'unknown', 'pass', 'unknown']),
        classification: 'deprecated',
        documented: false,
        sensitiveDataTypes: ['jwt'],
      }),
      30,
      0.1111,
    ],
    // 130 × 15 / 90 = 21.66…
    [
      'partner, no rate limit, documented unknown',
      input({
        verdicts: verdicts(['pass', 'pass', 'fail', 'not-applicable', 'pass', 'pass']),
        classification: 'partner',
        documented: 'unknown',
      }),
      21.7,
      1,
    ],
    // Half up: 130 × 5 / 40 = 16.25 → 16.3.
    [
      'exactly between two tenths',
      input({
        verdicts: [verdict('authentication', 'pass'), verdict('transport_encryption', 'pass')],
        classification: 'partner',
        sensitiveDataTypes: ['jwt'],
      }),
      16.3,
      1,
    ],
    [
      'exactly 100 has no cap line',
      input({ verdicts: verdicts(['fail', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown']) }),
      100,
      0.2222,
    ],
  ];
  test.each(cases)('%s', (_name, scoreInput, value, confidence) => {
    const score = compositeScore(scoreInput);
    expect(score).toMatchObject({ value, confidence, assessed: true, band: bandOf(value) });
    expect(score.contributions.some((one) => one.factor === 'cap')).toBe(false);
  });

  const open: [name: string, verdicts: readonly Verdict[]][] = [
    ['no verdict at all', []],
    ['only unknown controls', verdicts(unknowns)],
    [
      'unknown controls and one that does not apply',
      verdicts(['unknown', 'unknown', 'unknown', 'not-applicable', 'unknown', 'unknown'], 'high'),
    ],
    ['one passing control without weight', [verdict('authentication', 'pass', 'info')]],
  ];
  test.each(open)('is not assessed with %s', (_name, openVerdicts) => {
    const score = compositeScore({
      verdicts: openVerdicts,
      classification: 'shadow',
      documented: false,
      sensitiveDataTypes: ['ssn'],
    });
    expect(score).toEqual({ value: 0, band: 'unknown', assessed: false, confidence: 0, contributions: [] });
  });

  test('leaves out a failing control that is not required but keeps its weight', () => {
    const optional = { ...verdict('cors_policy', 'fail'), required: false };
    const score = compositeScore(input({ verdicts: [verdict('authentication', 'fail'), optional] }));
    expect(points(score)).toEqual([['authentication', 66.7]]);
  });

  test('keeps the weight of a control that is neither required nor known', () => {
    const optional = { ...verdict('cors_policy', 'unknown'), required: false };
    const score = compositeScore(input({ verdicts: [verdict('authentication', 'fail'), optional] }));
    expect(score).toMatchObject({ value: 66.7, confidence: 1 });
  });
});

describe('the band', () => {
  const cases: [number, string][] = [
    [100, 'critical'],
    [75, 'critical'],
    [74.9, 'high'],
    [50, 'high'],
    [49.9, 'medium'],
    [25, 'medium'],
    [24.9, 'low'],
    [0, 'low'],
  ];
  test.each(cases)('of %d is %s', (value, band) => {
    expect(bandOf(value)).toBe(band);
  });
});
