import { describe, expect, it } from 'vitest';
import type { ScanReport } from '../../model/report.ts';
import { emptyReport, unknownReport } from '../../model/report-cases.ts';
import { exampleReport } from '../../model/report-example.ts';
import { nextSteps } from './next-step.ts';

const [first, , , fourth] = exampleReport.findings.map(({ id }) => id);
const resolved = exampleReport.findings.map((finding) => ({ ...finding, state: 'resolved' as const }));
const worstResolved = exampleReport.findings.map((finding) =>
  finding.severity === 'medium' ? finding : { ...finding, state: 'resolved' as const },
);

const CASES: readonly { readonly name: string; readonly report: ScanReport; readonly starts: string }[] = [
  {
    name: 'an interrupted run is continued',
    report: { ...exampleReport, complete: false },
    starts: 'Run the same command again',
  },
  { name: 'an empty inventory is fed', report: emptyReport, starts: 'Give `stance scan`' },
  { name: 'the worst finding comes first', report: exampleReport, starts: `${first}: ` },
  {
    name: 'a finding that is resolved needs nothing',
    report: { ...exampleReport, findings: worstResolved },
    starts: `${fourth}: `,
  },
  { name: 'what cannot be judged needs headers', report: unknownReport, starts: 'Let the gateway log' },
  {
    name: 'without an open finding nothing is left',
    report: { ...exampleReport, findings: resolved },
    starts: 'Nothing is open.',
  },
];

describe('nextSteps', () => {
  it.each(CASES)('$name', ({ report, starts }) => {
    expect(nextSteps(report)[0]?.slice(0, starts.length)).toBe(starts);
  });
});
