import type { PolicyResult, ScanReport } from '../../model/report.ts';
import type { Line, Span } from './line.ts';
import { type Cell, type Column, layOutTable } from './table.ts';
import { formatCount, severitySpan } from './words.ts';

const COLUMNS: readonly Column[] = [
  { title: 'policy', flexible: true },
  { title: 'severity' },
  { title: 'state' },
  { title: 'in scope', align: 'right' },
  { title: 'passed', align: 'right' },
  { title: 'failed', align: 'right' },
  { title: 'unknown', align: 'right' },
];

/** One line per policy. */
export function policyLines({ policies }: ScanReport, width: number): readonly Line[] {
  if (policies.length === 0) return [];
  const table = layOutTable(COLUMNS, policies.map(rowOf), width);
  return [table.header, ...table.rows];
}

function rowOf(policy: PolicyResult): readonly Cell[] {
  return [
    policy.name,
    severitySpan(policy.severity),
    stateOf(policy),
    formatCount(policy.in_scope),
    formatCount(policy.passed),
    formatCount(policy.failed),
    formatCount(policy.unknown),
  ];
}

function stateOf({ in_scope, failed, unknown }: PolicyResult): Span {
  if (in_scope === 0) return { text: 'out of scope', style: 'dim' };
  if (failed > 0) return { text: 'violated', style: 'red' };
  return unknown > 0 ? { text: 'unknown', style: 'dim' } : { text: 'met', style: 'green' };
}
