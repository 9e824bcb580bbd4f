import { expect, it } from 'vitest';
import { unknownReport } from '../../model/report-cases.ts';
import { inputLines } from './inputs.ts';
import { paint } from './line.ts';

it('lists ten reasons of an input by name and counts the others', () => {
  const reasons = Array.from({ length: 12 }, (_, index) => [
    `reason_${index + 10}`,
    { count: 1, examples: [] },
  ]);
  const inputs = unknownReport.inputs.map((input) => ({
    ...input,
    rejected: Object.fromEntries(reasons.reverse()),
  }));
  const lines = paint(inputLines({ ...unknownReport, inputs }, 80), { width: 80, color: false }).split('\n');
  expect(lines.slice(1, 4)).toEqual([
    'access.log  combined     7         7          0      0        12',
    '  rejected 1: reason_10',
    '  rejected 1: reason_11',
  ]);
  expect(lines.slice(-3)).toEqual(['  rejected 1: reason_19', '  and 2 more reasons', '']);
});
