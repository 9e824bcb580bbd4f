import type { FindingReport, ScanReport } from '../../model/report.ts';
import { SEVERITIES, type Severity } from '../../model/severity.ts';
import type { Line } from './line.ts';
import { type Cell, type Column, layOutTable } from './table.ts';
import { formatCount, severitySpan } from './words.ts';

const STATES = ['open', 'reopened', 'resolved'] as const satisfies readonly FindingReport['state'][];

const COLUMNS: readonly Column[] = [
  { title: 'findings' },
  ...STATES.map((state): Column => ({ title: state, align: 'right' })),
];

/** How many findings of each severity are in which state. */
export function findingLines({ findings }: ScanReport, width: number): readonly Line[] {
  if (findings.length === 0) return [];
  const rows = SEVERITIES.map((severity): readonly Cell[] => [
    severitySpan(severity),
    ...STATES.map((state) => formatCount(countFindings(findings, severity, state))),
  ]);
  const table = layOutTable(COLUMNS, rows, width);
  return [table.header, ...table.rows];
}

function countFindings(
  findings: readonly FindingReport[],
  severity: Severity,
  state: FindingReport['state'],
): number {
  return findings.filter((finding) => finding.severity === severity && finding.state === state).length;
}
