import { describe, expect, it } from 'vitest';
import {
  type AssessmentOverrides,
  exampleAssessment,
  exampleOutcome,
  exampleVerdict,
} from '../../model/assessment-example.ts';
import type { Finding } from '../../model/finding.ts';
import { METRIC_IDS, type Metric } from '../../model/report.ts';
import type { VerdictKind } from '../../model/verdict.ts';
import { metrics } from './metrics.ts';

const NOW = new Date('2026-03-01T00:00:00.000Z');

function metricOf(id: Metric['id'], given: AssessmentOverrides[], findings: Finding[] = []): Metric {
  const assessments = given.map(exampleAssessment);
  const found = metrics({ assessments, findings, now: NOW }).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no metric ${id}`);
  return found;
}

function times<Item>(count: number, item: Item): Item[] {
  return Array<Item>(count).fill(item);
}

function finding(openedAt: string, resolvedAt?: string): Finding {
  const life =
    resolvedAt === undefined ? ({ state: 'open' } as const) : ({ state: 'resolved', resolvedAt } as const);
  return {
    id: 'STN-000000000000',
    fingerprintVersion: 1,
    fingerprint: '0'.repeat(64),
    identity: { rule: 'policy:docs', apiId: '00000000000000a1' },
    endpoint: { apiId: '00000000000000a1', service: 'shop', method: 'GET', path: '/orders' },
    control: 'policy',
    title: 'Not met',
    severity: 'low',
    reason: 'No.',
    remediation: 'Mend it.',
    openedAt,
    lastConfirmedAt: openedAt,
    evidence: [],
    ...life,
  };
}

const DOCUMENTED: AssessmentOverrides = { endpoint: { documented: true } };
const UNDOCUMENTED: AssessmentOverrides = { endpoint: { documented: false, lifecycle: 'shadow' } };
const UNCLAIMED: AssessmentOverrides = { endpoint: { documented: 'unknown', lifecycle: 'unknown' } };
const NOT_ASSESSED: AssessmentOverrides = { score: { assessed: false, band: 'unknown' } };

describe('the dashboard metrics', () => {
  it('are the eight of the mission with their targets, and unknown for an empty inventory', () => {
    const all = metrics({ assessments: [], findings: [], now: NOW });
    expect(all.map(({ id, title, unit, target }) => [id, title, unit, target])).toEqual([
      ['discovery_coverage', 'Discovery coverage', 'percent', '> 95'],
      ['average_risk', 'Average risk', 'score', '< 25'],
      ['critical_findings', 'Critical endpoints', 'count', '= 0'],
      ['shadow_apis', 'Shadow APIs', 'count', '= 0'],
      ['authentication_coverage', 'Authentication coverage', 'percent', '= 100'],
      ['tls_coverage', 'TLS coverage', 'percent', '= 100'],
      ['policy_compliance', 'Policy compliance', 'percent', '> 90'],
      ['mean_time_to_remediate', 'Mean time to remediate', 'days', '< 7'],
    ]);
    expect(all.map(({ id }) => id)).toEqual(METRIC_IDS);
    for (const one of all) expect(one).toMatchObject({ value: null, met: 'unknown', known: 0, unknown: 0 });
  });

  it('divide discovery by endpoints whose service has a description', () => {
    const given = [...times(3, DOCUMENTED), UNDOCUMENTED, UNCLAIMED];
    expect(metricOf('discovery_coverage', given)).toEqual({
      id: 'discovery_coverage',
      title: 'Discovery coverage',
      value: 75,
      unit: 'percent',
      target: '> 95',
      met: 'missed',
      known: 4,
      unknown: 1,
      how: '3 of 4 endpoints in services with an API description are described; no description claims the service of 1.',
    });
  });

  it('average the risk of assessed endpoints', () => {
    const given = [{ score: { value: 30.2 } }, { score: { value: 10.1 } }, NOT_ASSESSED];
    expect(metricOf('average_risk', given)).toMatchObject({
      value: 20.2,
      met: 'met',
      known: 2,
      unknown: 1,
      how: 'The scores of 2 endpoints add up to 40.3; 1 could not be assessed.',
    });
    expect(metricOf('average_risk', [{ score: { value: 25 } }])).toMatchObject({ value: 25, met: 'missed' });
    expect(metricOf('average_risk', [NOT_ASSESSED])).toMatchObject({
      value: null,
      met: 'unknown',
      unknown: 1,
    });
  });

  it('count endpoints in the critical band', () => {
    const critical: AssessmentOverrides = { score: { value: 80, band: 'critical' } };
    expect(metricOf('critical_findings', [critical, {}, NOT_ASSESSED])).toMatchObject({
      value: 1,
      met: 'missed',
      known: 2,
      unknown: 1,
      how: '1 of 2 endpoints have a score in the critical band; 1 could not be assessed.',
    });
    expect(metricOf('critical_findings', [{}])).toMatchObject({ value: 0, met: 'met' });
  });

  it('count shadow APIs', () => {
    expect(metricOf('shadow_apis', [UNDOCUMENTED, DOCUMENTED, UNCLAIMED])).toMatchObject({
      value: 1,
      met: 'missed',
      known: 2,
      unknown: 1,
      how: '1 of 2 endpoints in services with an API description were called without being described; no description claims the service of 1.',
    });
    expect(metricOf('shadow_apis', [DOCUMENTED])).toMatchObject({ value: 0, met: 'met' });
  });

  const CONTROLS = [
    { id: 'authentication_coverage', control: 'authentication' },
    { id: 'tls_coverage', control: 'transport_encryption' },
  ] as const;

  it.each(CONTROLS)('divide $id by endpoints where it is judged', ({ id, control }) => {
    const given = (['pass', 'pass', 'fail', 'mixed', 'unknown', 'not-applicable'] as const).map((kind) => {
      return { verdicts: [exampleVerdict(control, kind)] };
    });
    expect(metricOf(id, [...given, {}])).toMatchObject({
      value: 50,
      met: 'missed',
      known: 4,
      unknown: 2,
      how: `2 of 4 endpoints pass ${control}, 1 fail and 1 do both; 2 could not be judged.`,
    });
    expect(metricOf(id, given.slice(0, 2))).toMatchObject({ value: 100, met: 'met' });
  });

  const ROUNDED = [
    { passed: 9_996, failed: 4, value: 99.9, met: 'missed' },
    { passed: 99_999, failed: 1, value: 99.9, met: 'missed' },
    { passed: 9_994, failed: 6, value: 99.9, met: 'missed' },
    { passed: 1, failed: 2, value: 33.3, met: 'missed' },
    { passed: 2, failed: 1, value: 66.7, met: 'missed' },
  ];

  it.each(ROUNDED)('never round $passed passed and $failed failed up to a met target', (row) => {
    const pass = { verdicts: [exampleVerdict('authentication', 'pass')] };
    const fail = { verdicts: [exampleVerdict('authentication', 'fail')] };
    const given = [...times(row.passed, pass), ...times(row.failed, fail)];
    const { value, met } = metricOf('authentication_coverage', given);
    expect({ value, met }).toEqual({ value: row.value, met: row.met });
  });

  const NEAR_95 = [
    { documented: 9_504, value: 95.1, met: 'met' },
    { documented: 9_506, value: 95.1, met: 'met' },
    { documented: 9_500, value: 95, met: 'missed' },
    { documented: 9_496, value: 95, met: 'missed' },
  ];

  it.each(NEAR_95)('show a value on the side of the target it is on: $documented of 10,000', (row) => {
    const given = [...times(row.documented, DOCUMENTED), ...times(10_000 - row.documented, UNDOCUMENTED)];
    const { value, met } = metricOf('discovery_coverage', given);
    expect({ value, met }).toEqual({ value: row.value, met: row.met });
  });

  it('count an endpoint as compliant when it passes every policy in scope', () => {
    const outcomes = (...kinds: VerdictKind[]): AssessmentOverrides => {
      return { outcomes: kinds.map((kind, index) => exampleOutcome(`p${index}`, kind)) };
    };
    const given = [
      outcomes('pass', 'pass', 'not-applicable'),
      outcomes('pass', 'fail'),
      outcomes('unknown', 'mixed'),
      outcomes('unknown', 'fail', 'pass'),
      outcomes('unknown', 'pass'),
      outcomes('unknown'),
      outcomes('not-applicable'),
      outcomes(),
    ];
    expect(metricOf('policy_compliance', given)).toMatchObject({
      value: 25,
      met: 'missed',
      known: 4,
      unknown: 2,
      how: '1 of 4 endpoints pass every policy in scope; 2 violate none but have one that could not be judged; 2 are in no scope.',
    });
    expect(metricOf('policy_compliance', [outcomes('pass')])).toMatchObject({ value: 100, met: 'met' });
    expect(metricOf('policy_compliance', [outcomes('not-applicable')])).toMatchObject({ value: null });
  });

  it('measure remediation from first opening to resolution over the last 90 days', () => {
    const findings = [
      finding('2026-02-20T00:00:00.000Z', '2026-03-01T00:00:00.000Z'),
      finding('2026-02-27T06:00:00.000Z', '2026-02-28T18:00:00.000Z'),
      finding('2025-11-30T00:00:00.000Z', '2025-12-01T00:00:00.000Z'),
      finding('2025-01-01T00:00:00.000Z', '2025-11-30T23:59:59.999Z'),
      finding('2026-01-01T00:00:00.000Z'),
    ];
    expect(metricOf('mean_time_to_remediate', [], findings)).toMatchObject({
      value: 3.8,
      met: 'met',
      known: 3,
      unknown: 0,
      how: '3 findings resolved in the last 90 days took 11.5 days together, from first opening to resolution; not resolved yet: 1.',
    });
  });

  it('miss the time to remediate at seven days, and never count a clock set back as speed', () => {
    const slow = finding('2026-02-01T00:00:00.000Z', '2026-02-08T00:00:00.000Z');
    expect(metricOf('mean_time_to_remediate', [], [slow])).toMatchObject({ value: 7, met: 'missed' });
    const backwards = finding('2026-02-08T00:00:00.000Z', '2026-02-01T00:00:00.000Z');
    expect(metricOf('mean_time_to_remediate', [], [slow, backwards])).toMatchObject({ value: 3.5 });
  });
});
