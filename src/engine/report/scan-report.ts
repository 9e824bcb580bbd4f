import type { Assessment } from '../../model/assessment.ts';
import { DATA_TYPES } from '../../model/data-type.ts';
import type { TrafficFacts } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import { compareEndpoints, compareFindings, compareText } from '../../model/order.ts';
import type { Policy } from '../../model/policy.ts';
import {
  type EndpointReport,
  type FindingReport,
  type InputReport,
  type PolicyResult,
  REPORT_SCHEMA_VERSION,
  type ScanReport,
} from '../../model/report.ts';
import { CONTROLS, type Evidence, type Verdict } from '../../model/verdict.ts';
import { metrics } from './metrics.ts';
import { postureReport } from './posture-report.ts';
import { isResolvedLately } from './resolved-lately.ts';

/** A policy result has no column for mixed: part of the traffic violates the policy. */
const COLUMN_OF = { pass: 'passed', fail: 'failed', mixed: 'failed', unknown: 'unknown' } as const;

export interface ScanReportInput {
  readonly generatedAt: Date;
  /** False when the run was interrupted. */
  readonly complete: boolean;
  /** In the order they were given. */
  readonly inputs: readonly InputReport[];
  readonly assessments: readonly Assessment[];
  /** In the order of their files. */
  readonly policies: readonly Policy[];
  readonly findings: readonly Finding[];
  readonly limits: ScanReport['limits'];
}

/** The report of a scan in its JSON form; findings resolved more than 90 days ago are left out. */
export function scanReport(input: ScanReportInput): ScanReport {
  const { generatedAt: now, complete, policies, findings } = input;
  const assessments = input.assessments.toSorted((left, right) =>
    compareEndpoints(left.endpoint, right.endpoint),
  );
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    generatedAt: now.toISOString(),
    complete,
    inputs: [...input.inputs],
    report: postureReport({ assessments, now }),
    metrics: metrics({ assessments, findings, now }),
    endpoints: assessments.map(endpointReport),
    policies: policyResults(policies, assessments),
    findings: findings
      .filter((finding) => finding.state !== 'resolved' || isResolvedLately(finding, now))
      .toSorted(compareFindings)
      .map(findingReport),
    limits: [...input.limits],
  };
}

function endpointReport({ endpoint, facts, verdicts, score }: Assessment): EndpointReport {
  return {
    api_id: endpoint.apiId,
    method: endpoint.method,
    path: endpoint.path,
    service_name: endpoint.service,
    classification: endpoint.classification,
    exposure: endpoint.exposure,
    exposure_reason: endpoint.exposureReason,
    lifecycle: endpoint.lifecycle,
    documented: endpoint.documented,
    deprecated: endpoint.deprecated,
    sunset: endpoint.sunset ?? null,
    owner: endpoint.owner ?? null,
    version: endpoint.version ?? null,
    route_source: endpoint.routeSource,
    spec_location: endpoint.specLocation ?? null,
    first_discovered: endpoint.firstDiscovered,
    last_seen: endpoint.lastSeen ?? null,
    security_controls: verdicts.toSorted(byControl).map(verdictReport),
    risk_score: score.value,
    risk: { ...score, contributions: score.contributions.map((contribution) => ({ ...contribution })) },
    sensitive_data_types: DATA_TYPES.filter((type) => endpoint.sensitiveDataTypes.includes(type)),
    compliance_tags: endpoint.complianceTags.toSorted(compareText),
    traffic_volume_daily: endpoint.trafficVolumeDaily,
    traffic: facts.traffic
      .toSorted((left, right) => compareText(left.vantage, right.vantage))
      .map(vantageReport),
  };
}

function byControl(left: Verdict, right: Verdict): number {
  return CONTROLS.indexOf(left.control) - CONTROLS.indexOf(right.control);
}

function verdictReport(verdict: Verdict): EndpointReport['security_controls'][number] {
  return { ...verdict, evidence: evidenceReport(verdict.evidence) };
}

function evidenceReport(evidence: readonly Evidence[]): FindingReport['evidence'] {
  return evidence.map((piece) => ({ ...piece }));
}

function vantageReport(traffic: TrafficFacts): EndpointReport['traffic'][number] {
  const { vantage, calls, firstSeen, lastSeen, consumers, requestBytes, responseBytes, status, latencyMs } =
    traffic;
  return {
    vantage,
    calls,
    firstSeen,
    lastSeen,
    consumers,
    requestBytes,
    responseBytes,
    status: { ...status },
    ...(latencyMs === undefined ? {} : { latencyMs: { ...latencyMs } }),
  };
}

function policyResults(policies: readonly Policy[], assessments: readonly Assessment[]): PolicyResult[] {
  const results = new Map<string, PolicyResult>(
    policies.map(({ name, description, severity }) => [
      name,
      { name, description, severity, in_scope: 0, passed: 0, failed: 0, unknown: 0, violations: [] },
    ]),
  );
  for (const { policy, apiId, kind, reason } of assessments.flatMap(({ outcomes }) => outcomes)) {
    const result = results.get(policy);
    if (result === undefined || kind === 'not-applicable') continue;
    result.in_scope += 1;
    result[COLUMN_OF[kind]] += 1;
    if (COLUMN_OF[kind] === 'failed') result.violations.push({ api_id: apiId, reason });
  }
  return [...results.values()];
}

function findingReport(finding: Finding): FindingReport {
  const { apiId, service, method, path } = finding.endpoint;
  return {
    id: finding.id,
    fingerprintVersion: finding.fingerprintVersion,
    fingerprint: finding.fingerprint,
    rule: finding.identity.rule,
    endpoint: { api_id: apiId, service, method, path },
    control: finding.control,
    title: finding.title,
    severity: finding.severity,
    state: finding.state,
    reason: finding.reason,
    remediation: finding.remediation,
    opened_at: finding.openedAt,
    last_confirmed_at: finding.lastConfirmedAt,
    resolved_at: finding.resolvedAt ?? null,
    evidence: evidenceReport(finding.evidence),
  };
}
