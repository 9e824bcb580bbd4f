import { createHash } from 'node:crypto';
import type { EndpointReport, FindingReport, PostureReport } from './report.ts';
import { CONTROLS, type ControlId } from './verdict.ts';

/** The hours the example traffic covers. */
const START = '2026-03-01T00:00:00.000Z';
const END = '2026-03-02T00:00:00.000Z';

type Verdict = EndpointReport['security_controls'][number];
/** The verdict kinds that are not `pass`. */
type Kinds = Partial<Record<ControlId, Verdict['kind']>>;

const SEVERITY_OF: Readonly<Record<ControlId, Verdict['severity']>> = {
  authentication: 'critical',
  transport_encryption: 'critical',
  rate_limiting: 'high',
  cors_policy: 'medium',
  security_headers: 'medium',
  input_validation: 'high',
};

const COUNTS_OF: Readonly<Record<Verdict['kind'], Pick<Verdict, 'passed' | 'failed' | 'unknown'>>> = {
  pass: { passed: 120, failed: 0, unknown: 0 },
  fail: { passed: 0, failed: 42, unknown: 0 },
  mixed: { passed: 90, failed: 30, unknown: 0 },
  unknown: { passed: 0, failed: 0, unknown: 7 },
  'not-applicable': { passed: 0, failed: 0, unknown: 0 },
};

const EVIDENCE = {
  observed: 'anonymous calls answered 2xx',
  count: 42,
  source: 'kong',
  firstSeen: START,
  lastSeen: END,
  example: { input: 'logs/kong.log', line: 17 },
} as const;

/** The endpoint part of a report, with everything well unless said otherwise. */
export function exampleEndpoint(
  given: Partial<EndpointReport> & Pick<EndpointReport, 'method' | 'path' | 'service_name'>,
  kinds: Kinds = {},
): EndpointReport {
  return {
    api_id: apiIdOf(given),
    classification: 'external',
    exposure: 'external',
    exposure_reason: 'called from public addresses',
    lifecycle: 'documented',
    documented: true,
    deprecated: false,
    sunset: null,
    owner: null,
    version: null,
    route_source: 'spec',
    spec_location: null,
    first_discovered: START,
    last_seen: END,
    security_controls: CONTROLS.map((control) => exampleVerdict(control, kinds[control] ?? 'pass')),
    risk_score: 0,
    risk: { value: 0, band: 'low', assessed: true, confidence: 1, contributions: [] },
    sensitive_data_types: [],
    compliance_tags: [],
    traffic_volume_daily: 120,
    traffic: [],
    ...given,
  };
}

/** A finding of the endpoint; its fingerprint is the hash of rule and endpoint. */
export function exampleFinding(
  endpoint: EndpointReport,
  given: Pick<FindingReport, 'rule' | 'title' | 'severity'> & Partial<FindingReport>,
): FindingReport {
  const fingerprint = sha256(`${given.rule}\n${endpoint.api_id}`);
  return {
    id: `STN-${fingerprint.slice(0, 12)}`,
    fingerprintVersion: 1,
    fingerprint,
    endpoint: {
      api_id: endpoint.api_id,
      service: endpoint.service_name,
      method: endpoint.method,
      path: endpoint.path,
    },
    control: given.rule.startsWith('control:') ? given.rule.slice('control:'.length) : 'policy',
    state: 'open',
    reason: '42 of 42 calls show it',
    remediation: 'Switch it on at the gateway.',
    opened_at: START,
    last_confirmed_at: END,
    resolved_at: null,
    evidence: [EVIDENCE],
    ...given,
  };
}

/** The line of an endpoint in the posture report's list. */
export function exampleTopRisk(endpoint: EndpointReport): PostureReport['top_risks'][number] {
  const { api_id, method, path, service_name: service, risk_score, classification } = endpoint;
  return { api_id, method, path, service, risk_score, classification };
}

/** The verdicts of an endpoint of which all controls are judged alike. */
export function everyControl(kind: Verdict['kind']): Kinds {
  return Object.fromEntries(CONTROLS.map((control) => [control, kind]));
}

function exampleVerdict(control: ControlId, kind: Verdict['kind']): Verdict {
  return {
    control,
    kind,
    required: kind !== 'not-applicable',
    severity: SEVERITY_OF[control],
    reason: `the example is ${kind}`,
    ...COUNTS_OF[kind],
    ...(kind === 'mixed' ? { failedShare: 0.25 } : {}),
    evidence: kind === 'fail' || kind === 'mixed' ? [EVIDENCE] : [],
  };
}

function apiIdOf(endpoint: Pick<EndpointReport, 'method' | 'path' | 'service_name'>): string {
  const path = endpoint.path.replace(/\{[^}]*\}/g, '{}');
  return sha256(`${endpoint.service_name}:${endpoint.method}:${path}`).slice(0, 16);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
