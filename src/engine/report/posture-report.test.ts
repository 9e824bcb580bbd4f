import { describe, expect, it } from 'vitest';
import {
  type AssessmentOverrides,
  exampleAssessment,
  exampleVerdict,
} from '../../model/assessment-example.ts';
import type { RiskBand } from '../../model/severity.ts';
import type { VerdictKind } from '../../model/verdict.ts';
import { postureReport } from './posture-report.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');

function assessed(value: number, band: RiskBand, more: AssessmentOverrides = {}) {
  return exampleAssessment({ ...more, score: { value, band } });
}

function judged(authentication: VerdictKind, tls?: VerdictKind) {
  const verdicts = [exampleVerdict('authentication', authentication)];
  return tls === undefined ? verdicts : [...verdicts, exampleVerdict('transport_encryption', tls)];
}

describe('the posture report', () => {
  it('says that an inventory is empty', () => {
    expect(postureReport({ assessments: [], now: NOW })).toEqual({
      report_date: '2026-03-01T12:00:00.000Z',
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
    });
  });

  it('counts what is known, and what is not beside it', () => {
    const assessments = [
      assessed(87.5, 'critical', {
        endpoint: { apiId: '1', path: '/a', classification: 'shadow', documented: false },
        verdicts: judged('fail', 'mixed'),
      }),
      assessed(60, 'high', {
        endpoint: { apiId: '2', path: '/b', classification: 'deprecated' },
        verdicts: judged('mixed', 'pass'),
      }),
      assessed(25, 'medium', {
        endpoint: { apiId: '3', path: '/c', classification: 'partner', documented: 'unknown' },
        verdicts: judged('pass', 'unknown'),
      }),
      assessed(24.9, 'low', {
        endpoint: { apiId: '4', path: '/d', classification: 'internal' },
        verdicts: judged('not-applicable'),
      }),
      exampleAssessment({
        endpoint: { apiId: '5', path: '/e', classification: 'unknown', documented: 'unknown' },
        verdicts: judged('unknown', 'unknown'),
        score: { value: 0, band: 'unknown', assessed: false },
      }),
    ];
    expect(postureReport({ assessments, now: NOW })).toEqual({
      report_date: '2026-03-01T12:00:00.000Z',
      empty: false,
      total_apis: 5,
      average_risk_score: 49.4,
      not_assessed: 1,
      risk_distribution: { CRITICAL: 1, HIGH: 1, MEDIUM: 1, LOW: 1, INFO: 0, UNKNOWN: 1 },
      classification: { external: 0, internal: 1, partner: 1, shadow: 1, deprecated: 1, unknown: 1 },
      undocumented_apis: 1,
      documentation_unknown: 2,
      missing_authentication: 2,
      authentication_unknown: 1,
      missing_tls: 1,
      tls_unknown: 3,
      top_risks: [
        ['1', '/a', 87.5, 'shadow'],
        ['2', '/b', 60, 'deprecated'],
        ['3', '/c', 25, 'partner'],
        ['4', '/d', 24.9, 'internal'],
        ['5', '/e', 0, 'unknown'],
      ].map(([api_id, path, risk_score, classification]) => {
        return { api_id, method: 'GET', path, service: 'shop', risk_score, classification };
      }),
    });
  });

  const AVERAGES = [
    { name: 'halves upwards', scores: [0.1, 0.2], average: 0.2 },
    { name: 'without the error of binary fractions', scores: [1, 1, 1, 1.2], average: 1.1 },
    { name: 'thirds downwards', scores: [10, 10, 10.1], average: 10 },
    { name: 'the same in any order', scores: [10.1, 10, 10], average: 10 },
  ];

  it.each(AVERAGES)('rounds the average $name', ({ scores, average }) => {
    const assessments = scores.map((value) => assessed(value, 'low'));
    expect(postureReport({ assessments, now: NOW }).average_risk_score).toBe(average);
  });

  it('names the twenty greatest risks by score, service, path and method', () => {
    const filler = Array.from({ length: 30 }, (_, index) =>
      assessed(index, 'low', { endpoint: { apiId: `f${index}`, path: `/f${index}` } }),
    );
    const ties = [
      { apiId: 't1', service: 'b', path: '/a', method: 'GET' },
      { apiId: 't2', service: 'a', path: '/b', method: 'GET' },
      { apiId: 't3', service: 'a', path: '/a', method: 'POST' },
      { apiId: 't4', service: 'a', path: '/a', method: 'GET' },
    ].map((endpoint) => assessed(99, 'critical', { endpoint }));
    const { top_risks } = postureReport({ assessments: [...filler, ...ties], now: NOW });
    const rest = Array.from({ length: 16 }, (_, index) => `f${29 - index}`);
    expect(top_risks.map(({ api_id }) => api_id)).toEqual(['t4', 't3', 't2', 't1', ...rest]);
  });
});
