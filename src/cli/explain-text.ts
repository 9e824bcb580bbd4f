import { styleText } from 'node:util';
import { inertText } from '../model/inert-text.ts';
import type { EndpointReport, ScanReport } from '../model/report.ts';

type Style = Parameters<typeof styleText>[0];
type Verdict = EndpointReport['security_controls'][number];

/** One endpoint told in full: what it is, its score point by point, and each verdict with its evidence. */
export function explainText(
  endpoint: EndpointReport,
  report: ScanReport,
  { color }: { readonly color: boolean },
): string {
  const paint = (style: Style, text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const { risk } = endpoint;
  const lines = [
    paint('bold', inertText(`${endpoint.method} ${endpoint.path}`)),
    `  api_id ${endpoint.api_id}, service ${inertText(endpoint.service_name)}, owner ${inertText(endpoint.owner ?? 'unknown')}`,
    `  ${endpoint.classification}: exposure ${endpoint.exposure} (${inertText(endpoint.exposure_reason)}), lifecycle ${endpoint.lifecycle}`,
    `  documented: ${endpoint.documented}${specPlace(endpoint)}; route from ${endpoint.route_source}`,
    `  first discovered ${endpoint.first_discovered}, last seen ${endpoint.last_seen ?? 'never'}, ${endpoint.traffic_volume_daily} calls a day`,
    '',
    paint(
      'bold',
      risk.assessed
        ? `Risk ${risk.value} (${risk.band}), confidence ${Math.round(risk.confidence * 100)} %`
        : 'Risk not assessed',
    ),
    ...risk.contributions.map(
      (part) => `  ${signed(part.points).padStart(7)}  ${inertText(part.factor)}: ${inertText(part.reason)}`,
    ),
    '',
    paint('bold', 'Verdicts'),
    ...endpoint.security_controls.flatMap((verdict) => verdictLines(verdict, paint)),
    '',
    paint('bold', 'Findings'),
    ...findingLines(endpoint, report),
  ];
  return `${lines.join('\n')}\n`;
}

function specPlace({ spec_location: place }: EndpointReport): string {
  return place === null ? '' : ` (${inertText(place.file)}:${place.line})`;
}

const STYLE_OF: Readonly<Record<Verdict['kind'], Style>> = {
  pass: 'green',
  fail: 'red',
  mixed: 'yellow',
  unknown: 'dim',
  'not-applicable': 'dim',
};

function verdictLines(verdict: Verdict, paint: (style: Style, text: string) => string): string[] {
  const { kind, control, severity, reason, passed, failed, unknown } = verdict;
  return [
    `  ${paint(STYLE_OF[kind], kind.padEnd(14))} ${control} (${severity}): ${inertText(reason)}`,
    `                 passed ${passed}, failed ${failed}, unknown ${unknown}`,
    ...verdict.evidence.map((evidence) => {
      const example =
        evidence.example === undefined
          ? ''
          : `, for example ${inertText(evidence.example.input)}:${evidence.example.line}`;
      return `                 ${evidence.count} × ${inertText(evidence.observed)} (${inertText(evidence.source)}, ${evidence.firstSeen} to ${evidence.lastSeen}${example})`;
    }),
  ];
}

function findingLines(endpoint: EndpointReport, report: ScanReport): string[] {
  const own = report.findings.filter((finding) => finding.endpoint.api_id === endpoint.api_id);
  if (own.length === 0) return ['  none'];
  return own.flatMap((finding) => [
    `  ${finding.id} ${finding.severity} ${finding.state}: ${inertText(finding.title)}`,
    `      ${inertText(finding.remediation)}`,
  ]);
}

const signed = (points: number) => `${points < 0 ? '' : '+'}${points.toFixed(1)}`;
