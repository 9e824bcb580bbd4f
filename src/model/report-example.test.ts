import { describe, expect, it } from 'vitest';
import { inertText } from './inert-text.ts';
import { scanReportSchema } from './report.ts';
import { emptyReport, HOSTILE_TEXTS, hostileReport, largeReport, unknownReport } from './report-cases.ts';
import { exampleReport } from './report-example.ts';

const REPORTS = [
  { name: 'the example', report: exampleReport },
  { name: 'the empty inventory', report: emptyReport },
  { name: 'the unknown', report: unknownReport },
  { name: 'the large one', report: largeReport(25) },
  ...HOSTILE_TEXTS.map((text) => ({ name: inertText(text), report: hostileReport(text) })),
];

describe('example reports', () => {
  it.each(REPORTS)('$name fits the schema', ({ report }) => {
    expect(scanReportSchema.parse(report)).toEqual(report);
  });

  it('adds every score up to its contributions', () => {
    const sums = exampleReport.endpoints.map(({ risk }) =>
      Math.round(risk.contributions.reduce((sum, { points }) => sum + points * 10, 0)),
    );
    expect(sums).toEqual(exampleReport.endpoints.map(({ risk }) => Math.round(risk.value * 10)));
  });
});
