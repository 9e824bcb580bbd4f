import type { EndpointReport, ScanReport } from '../../model/report.ts';
import type { RiskBand } from '../../model/severity.ts';
import type { ControlId } from '../../model/verdict.ts';
import type { Line, Span } from './line.ts';
import { type Cell, type Column, layOutTable } from './table.ts';
import { countOf, formatCount, severitySpan } from './words.ts';

const BANDS: readonly (readonly [key: keyof ScanReport['report']['risk_distribution'], band: RiskBand])[] = [
  ['CRITICAL', 'critical'],
  ['HIGH', 'high'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
  ['UNKNOWN', 'unknown'],
];

/** Short enough for all six beside a path in a hundred columns. */
const CONTROL_WORDS: Readonly<Record<ControlId, string>> = {
  authentication: 'auth',
  transport_encryption: 'TLS',
  rate_limiting: 'rate limit',
  cors_policy: 'CORS',
  security_headers: 'headers',
  input_validation: 'input',
};

const COLUMNS: readonly Column[] = [
  { title: 'score', align: 'right' },
  { title: 'band' },
  { title: 'classification' },
  { title: 'operation', flexible: true },
  { title: 'service', flexible: true },
  { title: 'fails', flexible: true },
];

/** How the endpoints spread over the bands, and what is missing among them. */
export function riskLines({ report, inputs }: ScanReport): readonly Line[] {
  if (report.empty) {
    const accepted = inputs.reduce(
      (sum, input) => sum + (input.format === 'openapi' ? 0 : input.accepted),
      0,
    );
    const empty = [{ text: 'The inventory is empty: no endpoint has been found.' }];
    const why = `${formatCount(accepted)} calls were read; all of them were answered 404 or 405, or were preflights.`;
    return accepted === 0 ? [empty] : [empty, [{ text: why }]];
  }
  const assessed = report.total_apis - report.not_assessed;
  return [
    bandLine(report.risk_distribution),
    [
      { text: averageText(report.average_risk_score, assessed) },
      { text: report.not_assessed === 0 ? '' : `; ${formatCount(report.not_assessed)} not assessed` },
    ],
    [
      { text: `undocumented ${withUnknown(report.undocumented_apis, report.documentation_unknown)}` },
      {
        text: ` · without authentication ${withUnknown(report.missing_authentication, report.authentication_unknown)}`,
      },
      { text: ` · without TLS ${withUnknown(report.missing_tls, report.tls_unknown)}` },
    ],
  ];
}

/** The most endangered endpoints, with the controls that fail. */
export function topRiskLines({ report, endpoints }: ScanReport, width: number): readonly Line[] {
  if (report.top_risks.length === 0) return [];
  const byId = new Map(endpoints.map((endpoint) => [endpoint.api_id, endpoint]));
  const rows = report.top_risks.map((risk): readonly Cell[] => {
    const endpoint = byId.get(risk.api_id);
    const assessed = endpoint?.risk.assessed ?? true;
    return [
      assessed ? risk.risk_score.toFixed(1) : '–',
      endpoint === undefined ? '' : severitySpan(endpoint.risk.band),
      risk.classification,
      `${risk.method} ${risk.path}`,
      risk.service,
      failsOf(endpoint),
    ];
  });
  const table = layOutTable(COLUMNS, rows, width);
  return [table.header, ...table.rows];
}

function bandLine(distribution: ScanReport['report']['risk_distribution']): Line {
  return BANDS.flatMap(([key, band], index): Span[] => [
    { text: index === 0 ? '' : ' · ' },
    distribution[key] === 0 ? { text: band, style: 'dim' } : severitySpan(band),
    { text: ` ${formatCount(distribution[key])}` },
  ]);
}

function averageText(average: number, assessed: number): string {
  if (assessed === 0) return 'no average: nothing could be assessed';
  return `average ${average.toFixed(1)} of 100 over ${countOf(assessed, 'endpoint')}`;
}

function withUnknown(value: number, unknown: number): string {
  return unknown === 0 ? formatCount(value) : `${formatCount(value)} (${formatCount(unknown)} unknown)`;
}

function failsOf(endpoint: EndpointReport | undefined): string {
  const failing = endpoint?.security_controls.filter(
    ({ kind, required }) => required && (kind === 'fail' || kind === 'mixed'),
  );
  return (failing ?? [])
    .map(({ control, kind }) =>
      kind === 'mixed' ? `${CONTROL_WORDS[control]} (mixed)` : CONTROL_WORDS[control],
    )
    .join(', ');
}
