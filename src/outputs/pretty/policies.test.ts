import { expect, it } from 'vitest';
import { exampleReport } from '../../model/report-example.ts';
import { paint } from './line.ts';
import { policyLines } from './policies.ts';

it('says of each policy whether it is met, violated, unknown or out of scope', () => {
  const [policy] = exampleReport.policies;
  const counts = [
    { in_scope: 0, passed: 0, failed: 0, unknown: 0 },
    { in_scope: 3, passed: 3, failed: 0, unknown: 0 },
    { in_scope: 3, passed: 1, failed: 0, unknown: 2 },
    { in_scope: 4, passed: 1, failed: 1, unknown: 2 },
  ];
  const policies = counts.map((count) => ({
    ...policy,
    name: 'a',
    ...count,
  })) as typeof exampleReport.policies;
  expect(paint(policyLines({ ...exampleReport, policies }, 100), { width: 100, color: false })).toBe(
    [
      'policy  severity  state         in scope  passed  failed  unknown',
      'a       critical  out of scope         0       0       0        0',
      'a       critical  met                  3       3       0        0',
      'a       critical  unknown              3       1       0        2',
      'a       critical  violated             4       1       1        2',
      '',
    ].join('\n'),
  );
});
