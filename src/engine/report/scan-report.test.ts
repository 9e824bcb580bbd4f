import { describe, expect, it } from 'vitest';
import { exampleAssessment, exampleOutcome, exampleVerdict } from '../../model/assessment-example.ts';
import type { Finding } from '../../model/finding.ts';
import type { Policy } from '../../model/policy.ts';
import { type InputReport, scanReportSchema } from '../../model/report.ts';
import { trafficFacts } from '../../model/traffic-facts.ts';
import type { Evidence } from '../../model/verdict.ts';
import { metrics } from './metrics.ts';
import { postureReport } from './posture-report.ts';
import { type ScanReportInput, scanReport } from './scan-report.ts';

const NOW = new Date('2026-03-01T00:00:00.000Z');
const SEEN = { firstSeen: '2026-01-01T00:00:00.000Z', lastSeen: '2026-01-01T01:00:00.000Z' };
const PROOF: Evidence = {
  observed: 'anonymous calls answered 2xx',
  count: 4,
  source: 'kong',
  ...SEEN,
  example: { input: 'kong.log', line: 3 },
};
const POLICY: Policy = {
  name: 'docs',
  description: 'Everything is described.',
  scope: { classification: [] },
  rule: { kind: 'documented' },
  severity: 'low',
  remediation: 'Describe it.',
  source: { file: 'p.yaml', line: 2 },
};
const INPUT: InputReport = {
  path: 'kong.log',
  format: 'kong',
  read: 3,
  accepted: 2,
  duplicate: 0,
  blank: 0,
  rejected: { 'not JSON': { count: 1, examples: ['xxx 99'] } },
};
const FINDING: Finding = {
  id: 'STN-000000000000',
  fingerprintVersion: 1,
  fingerprint: '0'.repeat(64),
  identity: { rule: 'control:authentication', apiId: '00000000000000a1' },
  endpoint: { apiId: '00000000000000a1', service: 'shop', method: 'GET', path: '/orders' },
  control: 'authentication',
  title: 'Not met: Authentication is required',
  severity: 'critical',
  state: 'open',
  reason: '4 anonymous calls succeeded.',
  remediation: 'Require a credential.',
  openedAt: '2026-02-01T00:00:00.000Z',
  lastConfirmedAt: '2026-03-01T00:00:00.000Z',
  evidence: [PROOF],
};

const FULL = exampleAssessment({
  endpoint: {
    sunset: '2027-01-01',
    owner: 'team-shop',
    version: '2.1.0',
    specLocation: { file: 'shop.yaml', line: 12 },
    specSecurity: 'required',
    lastSeen: '2026-02-28T00:00:00.000Z',
    sensitiveDataTypes: ['phone', 'email'],
    complianceTags: ['pci', 'gdpr'],
    trafficVolumeDaily: 12.5,
  },
  facts: {
    exposure: 'external',
    traffic: [
      trafficFacts({ vantage: 'kong', calls: 8, latencyMs: { p50: 4, p95: 16, p99: 32 } }),
      trafficFacts({ vantage: 'envoy', calls: 2, status: { success: 2 }, consumers: 1 }),
    ],
  },
  verdicts: [
    exampleVerdict('transport_encryption', 'mixed'),
    exampleVerdict('authentication', 'fail', { evidence: [PROOF] }),
  ],
  score: {
    value: 53.8,
    band: 'high',
    confidence: 0.5,
    contributions: [{ factor: 'authentication', points: 53.8, reason: 'It fails.' }],
  },
  outcomes: [exampleOutcome('docs', 'pass')],
});

function inputOf(overrides: Partial<ScanReportInput> = {}): ScanReportInput {
  return {
    generatedAt: NOW,
    complete: true,
    inputs: [],
    assessments: [],
    policies: [],
    findings: [],
    limits: [],
    ...overrides,
  };
}

describe('the scan report', () => {
  it('holds an endpoint, its policy results and its findings whole', () => {
    const limits = [{ limit: 'shapes per batch', bound: 10_000, exceededBy: 3 }];
    const given = { inputs: [INPUT], assessments: [FULL], policies: [POLICY], findings: [FINDING], limits };
    const report = scanReport(inputOf({ ...given, complete: false }));
    expect(report).toEqual({
      schemaVersion: '1.0',
      generatedAt: '2026-03-01T00:00:00.000Z',
      complete: false,
      inputs: [INPUT],
      report: postureReport({ assessments: [FULL], now: NOW }),
      metrics: metrics({ assessments: [FULL], findings: [FINDING], now: NOW }),
      endpoints: [
        {
          api_id: '00000000000000a1',
          method: 'GET',
          path: '/orders',
          service_name: 'shop',
          classification: 'external',
          exposure: 'external',
          exposure_reason: 'Called from public addresses.',
          lifecycle: 'documented',
          documented: true,
          deprecated: false,
          sunset: '2027-01-01',
          owner: 'team-shop',
          version: '2.1.0',
          route_source: 'spec',
          spec_location: { file: 'shop.yaml', line: 12 },
          first_discovered: '2026-01-01T00:00:00.000Z',
          last_seen: '2026-02-28T00:00:00.000Z',
          security_controls: [
            exampleVerdict('authentication', 'fail', { evidence: [PROOF] }),
            exampleVerdict('transport_encryption', 'mixed'),
          ],
          risk_score: 53.8,
          risk: {
            value: 53.8,
            band: 'high',
            assessed: true,
            confidence: 0.5,
            contributions: [{ factor: 'authentication', points: 53.8, reason: 'It fails.' }],
          },
          sensitive_data_types: ['email', 'phone'],
          compliance_tags: ['gdpr', 'pci'],
          traffic_volume_daily: 12.5,
          traffic: [
            {
              vantage: 'envoy',
              calls: 2,
              ...SEEN,
              consumers: 1,
              requestBytes: 0,
              responseBytes: 0,
              status: { informational: 0, success: 2, redirect: 0, clientError: 0, serverError: 0 },
            },
            {
              vantage: 'kong',
              calls: 8,
              ...SEEN,
              consumers: 0,
              requestBytes: 0,
              responseBytes: 0,
              status: { informational: 0, success: 0, redirect: 0, clientError: 0, serverError: 0 },
              latencyMs: { p50: 4, p95: 16, p99: 32 },
            },
          ],
        },
      ],
      policies: [
        {
          name: 'docs',
          description: 'Everything is described.',
          severity: 'low',
          in_scope: 1,
          passed: 1,
          failed: 0,
          unknown: 0,
          violations: [],
        },
      ],
      findings: [
        {
          id: 'STN-000000000000',
          fingerprintVersion: 1,
          fingerprint: '0'.repeat(64),
          rule: 'control:authentication',
          endpoint: { api_id: '00000000000000a1', service: 'shop', method: 'GET', path: '/orders' },
          control: 'authentication',
          title: 'Not met: Authentication is required',
          severity: 'critical',
          state: 'open',
          reason: '4 anonymous calls succeeded.',
          remediation: 'Require a credential.',
          opened_at: '2026-02-01T00:00:00.000Z',
          last_confirmed_at: '2026-03-01T00:00:00.000Z',
          resolved_at: null,
          evidence: [PROOF],
        },
      ],
      limits,
    });
    expect(scanReportSchema.parse(report)).toEqual(report);
  });

  it('writes null for what an endpoint does not have', () => {
    const report = scanReport(inputOf({ assessments: [exampleAssessment()] }));
    expect(report.endpoints[0]).toMatchObject({
      sunset: null,
      owner: null,
      version: null,
      spec_location: null,
      last_seen: null,
      traffic: [],
    });
    expect(scanReportSchema.parse(report)).toEqual(report);
  });

  it('fits the schema for an empty inventory', () => {
    const report = scanReport(inputOf());
    expect(report.report.empty).toBe(true);
    expect(scanReportSchema.parse(report)).toEqual(report);
  });

  it('counts each policy and lists its violations in the order of the endpoints', () => {
    const kinds = ['fail', 'mixed', 'pass', 'unknown', 'not-applicable'] as const;
    const assessments = kinds
      .map((kind, index) => {
        const apiId = `${index}`.padStart(16, '0');
        return exampleAssessment({
          endpoint: { apiId, path: `/${index}` },
          outcomes: [exampleOutcome('docs', kind, apiId), exampleOutcome('tls', 'pass', apiId)],
        });
      })
      .toReversed();
    const policies = [{ ...POLICY, name: 'tls' }, POLICY, { ...POLICY, name: 'unused' }];
    const results = scanReport(inputOf({ assessments, policies })).policies;
    expect(results.map(({ description, severity, ...counts }) => counts)).toEqual([
      { name: 'tls', in_scope: 5, passed: 5, failed: 0, unknown: 0, violations: [] },
      {
        name: 'docs',
        in_scope: 4,
        passed: 1,
        failed: 2,
        unknown: 1,
        violations: [
          { api_id: '0000000000000000', reason: 'docs is fail.' },
          { api_id: '0000000000000001', reason: 'docs is mixed.' },
        ],
      },
      { name: 'unused', in_scope: 0, passed: 0, failed: 0, unknown: 0, violations: [] },
    ]);
  });

  it('leaves out findings resolved more than 90 days ago, and puts the rest in order', () => {
    const resolved = { ...FINDING, state: 'resolved' } as const;
    const findings: Finding[] = [
      { ...FINDING, id: 'low', severity: 'low' },
      { ...resolved, id: 'lately', severity: 'high', resolvedAt: '2025-12-01T00:00:00.000Z' },
      { ...resolved, id: 'long ago', resolvedAt: '2025-11-30T23:59:59.999Z' },
      { ...FINDING, id: 'reopened', state: 'reopened' },
      { ...resolved, id: 'by a clock ahead', severity: 'info', resolvedAt: '2026-03-01T00:00:05.000Z' },
    ];
    const report = scanReport(inputOf({ findings }));
    expect(report.findings.map(({ id, resolved_at }) => [id, resolved_at])).toEqual([
      ['reopened', null],
      ['lately', '2025-12-01T00:00:00.000Z'],
      ['low', null],
      ['by a clock ahead', '2026-03-01T00:00:05.000Z'],
    ]);
    expect(scanReportSchema.parse(report)).toEqual(report);
  });

  it('is the same text whatever order the assessments and findings come in', () => {
    const assessments = ['/b', '/a', '/c'].map((path, index) =>
      exampleAssessment({ endpoint: { path, apiId: `${index}`.padStart(16, '0') } }),
    );
    const findings = (['low', 'critical', 'high'] as const).map((severity) => ({ ...FINDING, severity }));
    const write = (given: Partial<ScanReportInput>) => JSON.stringify(scanReport(inputOf(given)));
    const turned = { assessments: assessments.toReversed(), findings: findings.toReversed() };
    expect(write(turned)).toBe(write({ assessments, findings }));
  });
});
