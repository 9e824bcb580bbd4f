import { describe, expect, test } from 'vitest';
import {
  kindByAnyPass,
  kindByBothSides,
  quantity,
  type Reading,
  type Tally,
  tallyOf,
  total,
  unknownReason,
  verdictOf,
} from './judge.ts';
import { trafficFacts } from './traffic-facts.ts';

const reading: Reading = {
  failing: {
    observed: 'plain',
    count: (one) => one.transport.http,
    example: (one) => one.examples.plainHttp,
  },
  passing: { observed: 'encrypted', count: (one) => one.transport.https },
  unknown: (one) => one.transport.unknown,
};

const traffic = [
  trafficFacts({
    vantage: 'edge',
    calls: 6,
    transport: { https: 4, http: 2 },
    examples: { plainHttp: { input: 'edge.log', line: 5 } },
  }),
  trafficFacts({
    vantage: 'mesh',
    calls: 4,
    firstSeen: '2026-02-01T00:00:00.000Z',
    lastSeen: '2026-02-02T00:00:00.000Z',
    transport: { http: 3, unknown: 1 },
  }),
];

const january = { firstSeen: '2026-01-01T00:00:00.000Z', lastSeen: '2026-01-01T01:00:00.000Z' };
const february = { firstSeen: '2026-02-01T00:00:00.000Z', lastSeen: '2026-02-02T00:00:00.000Z' };
const tally: Tally = {
  calls: 10,
  passed: 4,
  failed: 5,
  unknown: 1,
  evidence: [
    { observed: 'plain', count: 2, source: 'edge', ...january, example: { input: 'edge.log', line: 5 } },
    { observed: 'plain', count: 3, source: 'mesh', ...february },
    { observed: 'encrypted', count: 4, source: 'edge', ...january },
  ],
};

test('a tally sums vantage points and lists the failing side first', () => {
  expect(tallyOf(traffic, reading)).toEqual(tally);
});

test('a tally of no traffic is all zero', () => {
  expect(tallyOf([], reading)).toEqual({ calls: 0, passed: 0, failed: 0, unknown: 0, evidence: [] });
});

test('a total sums one count over vantage points', () => {
  expect(total(traffic, (one) => one.calls)).toBe(10);
});

describe('the kind that follows from both sides', () => {
  const cases = [
    { passed: 0, failed: 0, bothSides: 'unknown', anyPass: 'unknown' },
    { passed: 1, failed: 0, bothSides: 'pass', anyPass: 'pass' },
    { passed: 0, failed: 1, bothSides: 'fail', anyPass: 'fail' },
    { passed: 1, failed: 1, bothSides: 'mixed', anyPass: 'pass' },
  ];
  test.each(cases)('$passed passed and $failed failed: $bothSides, by any pass $anyPass', (row) => {
    const counts = { ...tally, passed: row.passed, failed: row.failed };
    expect(kindByBothSides(counts)).toBe(row.bothSides);
    expect(kindByAnyPass(counts)).toBe(row.anyPass);
  });
});

describe('a verdict', () => {
  const judgement = {
    control: 'transport_encryption',
    required: true,
    severity: 'critical',
    reason: 'Because.',
  } as const;

  test('that is mixed carries its counts, its evidence and the failed share', () => {
    expect(verdictOf({ ...judgement, kind: 'mixed' }, tally)).toEqual({
      ...judgement,
      kind: 'mixed',
      passed: 4,
      failed: 5,
      unknown: 1,
      failedShare: 0.5556,
      evidence: tally.evidence,
    });
  });

  test('that is not mixed has no failed share', () => {
    expect(verdictOf({ ...judgement, kind: 'not-applicable' }, tally)).not.toHaveProperty('failedShare');
  });
});

test('the reason of unknown tells traffic without evidence from no traffic', () => {
  const missing = { question: 'whether it rains', source: 'a window' };
  expect(unknownReason(0, missing)).toBe(
    'No traffic has been seen, so it is unknown whether it rains; a window would show it.',
  );
  expect(unknownReason(3, missing)).toBe(
    'No exchange out of 3 shows whether it rains; a window would show it.',
  );
});

test('quantities agree with their noun', () => {
  expect([0, 1, 2].map((count) => quantity(count, 'call'))).toEqual(['0 calls', '1 call', '2 calls']);
});
