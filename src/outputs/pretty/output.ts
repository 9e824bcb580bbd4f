import type { Output, OutputOptions } from '../../model/output.ts';
import type { ScanReport } from '../../model/report.ts';
import { SEVERITIES } from '../../model/severity.ts';
import { findingLines } from './findings.ts';
import { inputLines } from './inputs.ts';
import { type Line, paint, type Span, wrapText } from './line.ts';
import { metricLines } from './metrics.ts';
import { nextSteps } from './next-step.ts';
import { policyLines } from './policies.ts';
import { riskLines, topRiskLines } from './risk.ts';
import { countOf, formatCount, severitySpan } from './words.ts';

/** Narrower tables cannot be read; such a terminal wraps the lines itself. */
const MIN_WIDTH = 40;

export const output: Output = {
  id: 'pretty',
  title: 'Tables for people at a terminal',
  mediaType: 'text/plain',
  render: renderPretty,
};

function renderPretty(report: ScanReport, { width: asked, color }: OutputOptions): string {
  const width = Math.max(MIN_WIDTH, asked);
  const sections: readonly (readonly Line[])[] = [
    headerLines(report),
    inputLines(report, width),
    titled('Risk', riskLines(report)),
    titled('Metrics', metricLines(report, width)),
    titled('Top risks', topRiskLines(report, width)),
    titled('Policies', policyLines(report, width)),
    titled('Findings', findingLines(report, width)),
    titled('Limits reached', limitLines(report)),
    titled('Next', nextStepLines(report, width)),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  const lines = filled.flatMap((section, index) => (index === 0 ? section : [[], ...section]));
  return paint(lines, { width, color });
}

function titled(title: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [[{ text: title, style: 'bold' }], ...lines];
}

function headerLines(report: ScanReport): readonly Line[] {
  const services = new Set(report.endpoints.map(({ service_name }) => service_name)).size;
  const counts = `${countOf(report.report.total_apis, 'endpoint')} in ${countOf(services, 'service')}`;
  return [
    [{ text: 'Stance', style: 'bold' }, { text: `  ${counts} · ` }, ...openFindingSpans(report)],
    [{ text: report.generatedAt, style: 'dim' }],
    ...(report.complete
      ? []
      : [[{ text: 'Interrupted: this covers what had been read.', style: 'yellow' } as const]]),
  ];
}

function openFindingSpans({ findings }: ScanReport): readonly Span[] {
  const open = findings.filter(({ state }) => state !== 'resolved');
  const present = SEVERITIES.map((severity) => ({
    severity,
    count: open.filter((finding) => finding.severity === severity).length,
  })).filter(({ count }) => count > 0);
  return [
    { text: countOf(open.length, 'open finding') },
    ...present.flatMap(({ severity, count }, index): Span[] => [
      { text: `${index === 0 ? ': ' : ', '}${formatCount(count)} ` },
      severitySpan(severity),
    ]),
  ];
}

function nextStepLines(report: ScanReport, width: number): readonly Line[] {
  return nextSteps(report).flatMap((step) => wrapText(step, width).map((text) => [{ text }]));
}

function limitLines({ limits }: ScanReport): readonly Line[] {
  return limits.map(({ limit, bound, exceededBy }) => [
    { text: `${limit}: ${formatCount(bound)}, exceeded by ${formatCount(exceededBy)}`, style: 'yellow' },
  ]);
}
