import type { FindingReport, InputReport, Metric, PolicyResult, ScanReport } from './report.ts';
import { REPORT_SCHEMA_VERSION } from './report.ts';
import { everyControl, exampleEndpoint, exampleFinding, exampleTopRisk } from './report-parts.ts';

const NOW = '2026-03-02T06:00:00.000Z';

const DELETE_USER = exampleEndpoint(
  {
    method: 'DELETE',
    path: '/users/{int}',
    service_name: 'billing',
    classification: 'shadow',
    lifecycle: 'shadow',
    documented: false,
    route_source: 'shape',
    risk_score: 100,
    risk: {
      value: 100,
      band: 'critical',
      assessed: true,
      confidence: 0.8333,
      contributions: [
        { factor: 'authentication', points: 53.3, reason: 'fail' },
        { factor: 'transport_encryption', points: 53.4, reason: 'fail' },
        { factor: 'rate_limiting', points: 40, reason: 'fail' },
        { factor: 'security_headers', points: 26.7, reason: 'fail' },
        { factor: 'undocumented', points: 22.2, reason: 'no spec describes it' },
        { factor: 'sensitive:email', points: 11.1, reason: 'seen in 12 calls' },
        { factor: 'cap', points: -106.7, reason: 'a score ends at 100' },
      ],
    },
    sensitive_data_types: ['email'],
  },
  {
    authentication: 'fail',
    transport_encryption: 'fail',
    rate_limiting: 'fail',
    security_headers: 'fail',
    input_validation: 'unknown',
  },
);

const CREATE_PAYMENT = exampleEndpoint(
  {
    method: 'POST',
    path: '/payments',
    service_name: 'payments',
    owner: 'team-payments',
    version: '2.1.0',
    spec_location: { file: 'openapi/payments.yaml', line: 31 },
    risk_score: 50,
    risk: {
      value: 50,
      band: 'high',
      assessed: true,
      confidence: 1,
      contributions: [
        { factor: 'rate_limiting', points: 25, reason: 'fail' },
        { factor: 'security_headers', points: 16.7, reason: 'fail' },
        { factor: 'sensitive:credit_card', points: 8.3, reason: 'seen in 80 calls' },
      ],
    },
    sensitive_data_types: ['credit_card'],
    compliance_tags: ['pci-dss'],
  },
  { rate_limiting: 'fail', security_headers: 'fail' },
);

const LIST_ORDERS = exampleEndpoint(
  {
    method: 'GET',
    path: '/v1/orders',
    service_name: 'payments',
    classification: 'deprecated',
    exposure: 'partner',
    lifecycle: 'deprecated-in-use',
    deprecated: true,
    sunset: '2026-12-31',
    spec_location: { file: 'openapi/payments.yaml', line: 12 },
    risk_score: 24,
    risk: {
      value: 24,
      band: 'low',
      assessed: true,
      confidence: 0.8333,
      contributions: [{ factor: 'security_headers', points: 24, reason: 'fail' }],
    },
  },
  { security_headers: 'fail', rate_limiting: 'unknown' },
);

const READ_INVOICE = exampleEndpoint(
  {
    method: 'GET',
    path: '/invoices/{invoiceId}',
    service_name: 'billing',
    classification: 'internal',
    exposure: 'internal',
    exposure_reason: 'called from private addresses only',
    spec_location: { file: 'openapi/billing.yaml', line: 12 },
    risk_score: 22.2,
    risk: {
      value: 22.2,
      band: 'low',
      assessed: true,
      confidence: 1,
      contributions: [{ factor: 'authentication', points: 22.2, reason: 'mixed' }],
    },
  },
  { authentication: 'mixed', cors_policy: 'not-applicable' },
);

const UNASSESSED = exampleEndpoint(
  {
    method: 'GET',
    path: '/legacy/{int}',
    service_name: 'legacy',
    classification: 'unknown',
    exposure: 'unknown',
    exposure_reason: 'no source records client addresses',
    lifecycle: 'unknown',
    documented: 'unknown',
    route_source: 'shape',
    risk: { value: 0, band: 'unknown', assessed: false, confidence: 0, contributions: [] },
  },
  everyControl('unknown'),
);

const INPUTS: readonly InputReport[] = [
  {
    path: 'logs/kong.log',
    format: 'kong',
    read: 1000,
    accepted: 985,
    duplicate: 10,
    blank: 2,
    rejected: {
      bad_json: { count: 2, examples: ['xxxx 99 {"xx', 'xx'] },
      no_status: { count: 1, examples: ['{"xxxxxxx":{}}'] },
    },
  },
  {
    path: 'openapi/payments.yaml',
    format: 'openapi',
    read: 1,
    accepted: 1,
    duplicate: 0,
    blank: 0,
    rejected: {},
  },
  {
    path: 'openapi/billing.yaml',
    format: 'openapi',
    read: 1,
    accepted: 1,
    duplicate: 0,
    blank: 0,
    rejected: {},
  },
  {
    path: 'logs/old.log.gz',
    format: '',
    read: 0,
    accepted: 0,
    duplicate: 0,
    blank: 0,
    rejected: {},
    problem: 'the compressed stream ends early',
  },
];

const MISSED = { met: 'missed', known: 4, unknown: 1 } as const;
const METRICS: readonly Metric[] = [
  metric('discovery_coverage', { ...MISSED, value: 75, target: '> 95', how: '3 documented of 4 known' }),
  metric('average_risk', {
    ...MISSED,
    value: 49.1,
    unit: 'score',
    target: '< 25',
    how: '196.2 points over 4',
  }),
  metric('critical_findings', {
    ...MISSED,
    value: 1,
    unit: 'count',
    target: '= 0',
    how: '1 in the critical band',
  }),
  metric('shadow_apis', {
    ...MISSED,
    value: 1,
    unit: 'count',
    target: '= 0',
    how: '1 missing from its spec',
  }),
  metric('authentication_coverage', { ...MISSED, value: 50, target: '= 100', how: '2 of 4 pass' }),
  metric('tls_coverage', { ...MISSED, value: 75, target: '= 100', how: '3 of 4 pass' }),
  metric('policy_compliance', {
    met: 'unknown',
    value: null,
    target: '> 90',
    how: 'no endpoint could be judged',
  }),
  metric('mean_time_to_remediate', { value: 3, unit: 'days', target: '< 7', known: 1, how: '1 took 3 days' }),
];

const POLICIES: readonly PolicyResult[] = [
  {
    name: 'external-apis-require-authentication',
    description: 'Every external endpoint demands a credential.',
    severity: 'critical',
    in_scope: 2,
    passed: 1,
    failed: 1,
    unknown: 0,
    violations: [{ api_id: DELETE_USER.api_id, reason: '42 anonymous calls were answered 2xx' }],
  },
  {
    name: 'deprecated-apis-announce-sunset',
    description: 'Deprecated endpoints send a Sunset header.',
    severity: 'low',
    in_scope: 1,
    passed: 0,
    failed: 0,
    unknown: 1,
    violations: [],
  },
];

const FINDINGS: readonly FindingReport[] = [
  exampleFinding(DELETE_USER, {
    rule: 'control:authentication',
    title: 'Authentication is missing',
    severity: 'critical',
    remediation: 'Demand a credential on every call.',
  }),
  exampleFinding(DELETE_USER, {
    rule: 'policy:external-apis-require-authentication',
    title: 'external-apis-require-authentication is violated',
    severity: 'critical',
    remediation: 'Switch on an authentication plugin for the service.',
  }),
  exampleFinding(CREATE_PAYMENT, {
    rule: 'control:rate_limiting',
    title: 'Rate limiting is missing',
    severity: 'high',
    state: 'reopened',
    remediation: 'Limit calls per consumer and announce the limit in headers.',
  }),
  exampleFinding(LIST_ORDERS, {
    rule: 'control:security_headers',
    title: 'Security headers are missing',
    severity: 'medium',
    remediation: 'Let the gateway add the four headers.',
  }),
  exampleFinding(CREATE_PAYMENT, {
    rule: 'control:input_validation',
    title: 'Input validation is missing',
    severity: 'high',
    state: 'resolved',
    resolved_at: '2026-03-02T00:00:00.000Z',
  }),
];

/** A small report with something in every part: the outputs are shown and tested with it. */
export const exampleReport: ScanReport = {
  schemaVersion: REPORT_SCHEMA_VERSION,
  generatedAt: NOW,
  complete: true,
  inputs: [...INPUTS],
  report: {
    report_date: NOW,
    empty: false,
    total_apis: 5,
    average_risk_score: 49.1,
    not_assessed: 1,
    risk_distribution: { CRITICAL: 1, HIGH: 1, MEDIUM: 0, LOW: 2, INFO: 0, UNKNOWN: 1 },
    classification: { external: 1, internal: 1, partner: 0, shadow: 1, deprecated: 1, unknown: 1 },
    undocumented_apis: 1,
    documentation_unknown: 1,
    missing_authentication: 2,
    authentication_unknown: 1,
    missing_tls: 1,
    tls_unknown: 1,
    top_risks: [DELETE_USER, CREATE_PAYMENT, LIST_ORDERS, READ_INVOICE].map(exampleTopRisk),
  },
  metrics: [...METRICS],
  endpoints: [DELETE_USER, CREATE_PAYMENT, LIST_ORDERS, READ_INVOICE, UNASSESSED],
  policies: [...POLICIES],
  findings: [...FINDINGS],
  limits: [],
};

function metric(id: Metric['id'], given: Partial<Metric> & Pick<Metric, 'value' | 'target' | 'how'>): Metric {
  const words = id.replaceAll('_', ' ').replace('apis', 'APIs').replace('tls', 'TLS');
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return { id, title, unit: 'percent', met: 'met', known: 0, unknown: 0, ...given };
}
