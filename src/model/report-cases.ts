import type { EndpointReport, FindingReport, InputReport, ScanReport } from './report.ts';
import { exampleReport } from './report-example.ts';
import { everyControl, exampleEndpoint, exampleFinding, exampleTopRisk } from './report-parts.ts';
import { SEVERITIES } from './severity.ts';

/** Nothing was found and nothing was read. */
export const emptyReport: ScanReport = {
  ...exampleReport,
  inputs: [],
  report: {
    ...exampleReport.report,
    empty: true,
    total_apis: 0,
    average_risk_score: 0,
    not_assessed: 0,
    risk_distribution: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFO: 0, UNKNOWN: 0 },
    classification: { external: 0, internal: 0, partner: 0, shadow: 0, deprecated: 0, unknown: 0 },
    undocumented_apis: 0,
    documentation_unknown: 0,
    missing_authentication: 0,
    authentication_unknown: 0,
    missing_tls: 0,
    tls_unknown: 0,
    top_risks: [],
  },
  metrics: exampleReport.metrics.map((metric) => ({
    ...metric,
    value: null,
    met: 'unknown',
    known: 0,
    unknown: 0,
    how: 'the inventory is empty',
  })),
  endpoints: [],
  policies: [],
  findings: [],
};

const UNASSESSED = exampleEndpoint(
  {
    method: 'GET',
    path: '/status',
    service_name: 'edge',
    classification: 'unknown',
    exposure: 'unknown',
    lifecycle: 'unknown',
    documented: 'unknown',
    risk: { value: 0, band: 'unknown', assessed: false, confidence: 0, contributions: [] },
  },
  everyControl('unknown'),
);

/** One endpoint of which no control could be judged. */
export const unknownReport: ScanReport = {
  ...emptyReport,
  inputs: [
    { path: 'access.log', format: 'combined', read: 7, accepted: 7, duplicate: 0, blank: 0, rejected: {} },
  ],
  report: {
    ...emptyReport.report,
    empty: false,
    total_apis: 1,
    not_assessed: 1,
    risk_distribution: { ...emptyReport.report.risk_distribution, UNKNOWN: 1 },
    classification: { ...emptyReport.report.classification, unknown: 1 },
    documentation_unknown: 1,
    authentication_unknown: 1,
    tls_unknown: 1,
    top_risks: [exampleTopRisk(UNASSESSED)],
  },
  metrics: emptyReport.metrics.map((metric) => ({ ...metric, unknown: 1, how: 'nothing could be judged' })),
  endpoints: [UNASSESSED],
};

/** Text that tries to leave its place: control sequences, reordering, commands of CI systems, links, markup. */
export const HOSTILE_TEXTS = [
  '\u001b]0;owned\u0007\u001b[2J',
  '\u009b31mred',
  'a\r\n::error file=x::forged',
  '::stop-commands::token',
  '##vso[task.setvariable variable=x]y',
  '##[error]forged',
  "##teamcity[buildStatus text='ok']",
  'user\u202egpj.exe',
  'pay\u200bpal\ufeff\u2028next',
  '[click](https://example.test) {0} <script>alert(1)</script>',
  '名前'.repeat(40),
  `e${'\u0301'.repeat(50)}\u0000\ud800`,
] as const;

/** The text in every part of a report that may hold text from outside. */
export function hostileReport(text: string): ScanReport {
  const endpoint = hostileEndpoint(text);
  return {
    ...exampleReport,
    inputs: [hostileInput(text)],
    report: { ...exampleReport.report, total_apis: 1, top_risks: [exampleTopRisk(endpoint)] },
    metrics: exampleReport.metrics.map((metric) => ({ ...metric, how: text })),
    endpoints: [endpoint],
    policies: [
      {
        name: text,
        description: text,
        severity: 'high',
        in_scope: 1,
        passed: 0,
        failed: 1,
        unknown: 0,
        violations: [{ api_id: endpoint.api_id, reason: text }],
      },
    ],
    findings: [hostileFinding(endpoint, text)],
    limits: [{ limit: text, bound: 1, exceededBy: 1 }],
  };
}

function hostileEndpoint(text: string): EndpointReport {
  return exampleEndpoint(
    {
      method: text,
      path: `/${text}`,
      service_name: text,
      owner: text,
      version: text,
      exposure_reason: text,
      spec_location: { file: text, line: 3 },
      compliance_tags: [text],
      risk_score: 100,
      risk: { value: 100, band: 'critical', assessed: true, confidence: 1, contributions: [] },
    },
    everyControl('fail'),
  );
}

function hostileInput(text: string): InputReport {
  const rejected = { [text]: { count: 1, examples: [text] } };
  return { path: text, format: text, read: 3, accepted: 2, duplicate: 0, blank: 0, rejected, problem: text };
}

function hostileFinding(endpoint: EndpointReport, text: string): FindingReport {
  const example = { input: text, line: 1 };
  return exampleFinding(endpoint, {
    rule: `policy:${text}`,
    title: text,
    severity: 'high',
    reason: text,
    remediation: text,
    evidence: [{ observed: text, count: 1, source: text, firstSeen: text, lastSeen: text, example }],
  });
}

/** A report with `count` open findings of all severities, ten to an endpoint. */
export function largeReport(count: number): ScanReport {
  const endpoints = Array.from({ length: Math.ceil(count / 10) }, (_, index) => largeEndpoint(index));
  const findings = endpoints
    .flatMap((endpoint) => Array.from({ length: 10 }, (_, index) => largeFinding(endpoint, index)))
    .slice(0, count);
  return {
    ...exampleReport,
    report: {
      ...exampleReport.report,
      total_apis: endpoints.length,
      top_risks: endpoints.slice(0, 20).map(exampleTopRisk),
    },
    endpoints,
    findings,
  };
}

function largeEndpoint(index: number): EndpointReport {
  return exampleEndpoint({
    method: 'GET',
    path: `/resources/${index}/{id}`,
    service_name: `service-${index % 50}`,
  });
}

function largeFinding(endpoint: EndpointReport, index: number) {
  const severity = SEVERITIES[index % SEVERITIES.length] ?? 'info';
  return exampleFinding(endpoint, {
    rule: `policy:rule-${index}`,
    title: `Rule ${index} is violated`,
    severity,
  });
}
