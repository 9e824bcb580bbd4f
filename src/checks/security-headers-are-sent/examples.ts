import { trafficFacts } from '../../model/traffic-facts.ts';
import type { CheckExample } from '../../model/verdict.ts';

const always = { required: true, severity: 'medium' } as const;

export const examples: readonly CheckExample[] = [
  {
    name: 'all four headers on every response',
    facts: {
      exposure: 'external',
      traffic: [trafficFacts({ calls: 10, securityHeaders: { complete: 10 } })],
    },
    expected: {
      ...always,
      kind: 'pass',
      reason: 'No response lacked a security header; responses with all four: 10.',
      passed: 10,
      failed: 0,
    },
  },
  {
    name: 'no response is complete',
    facts: {
      exposure: 'external',
      traffic: [
        trafficFacts({
          calls: 10,
          securityHeaders: {
            incomplete: 10,
            missing: { contentTypeOptions: 4, strictTransportSecurity: 10, frameOptions: 4, cacheControl: 9 },
          },
          examples: { headersIncomplete: { input: 'kong.log', line: 1 } },
        }),
      ],
    },
    expected: {
      ...always,
      kind: 'fail',
      reason:
        '10 of 10 responses lacked a security header: Strict-Transport-Security (10), Cache-Control (9), X-Content-Type-Options (4), X-Frame-Options (4).',
      failed: 10,
      evidence: [
        {
          observed: 'responses that lack a security header',
          count: 10,
          source: 'kong',
          firstSeen: '2026-01-01T00:00:00.000Z',
          lastSeen: '2026-01-01T01:00:00.000Z',
          example: { input: 'kong.log', line: 1 },
        },
      ],
    },
  },
  {
    name: 'two gateways of which one leaves a header out',
    facts: {
      exposure: 'internal',
      traffic: [
        trafficFacts({ vantage: 'edge', calls: 5, securityHeaders: { complete: 5 } }),
        trafficFacts({
          vantage: 'mesh',
          calls: 4,
          securityHeaders: { incomplete: 3, unknown: 1, missing: { frameOptions: 3 } },
        }),
      ],
    },
    expected: {
      ...always,
      kind: 'mixed',
      reason: '3 of 8 responses lacked a security header: X-Frame-Options (3).',
      passed: 5,
      failed: 3,
      unknown: 1,
      failedShare: 0.375,
    },
  },
  {
    name: 'the log shows no security header either way',
    facts: {
      exposure: 'external',
      traffic: [trafficFacts({ vantage: 'combined', calls: 2, securityHeaders: { unknown: 2 } })],
    },
    expected: {
      ...always,
      kind: 'unknown',
      reason:
        'No exchange out of 2 shows whether the security headers are sent; a log with all response headers (Kong, canonical exchange) would show it.',
      unknown: 2,
    },
  },
  {
    name: 'a spec describes it but no response was seen',
    facts: { exposure: 'external', traffic: [] },
    expected: { ...always, kind: 'unknown' },
  },
  {
    name: 'near miss: a single response lacks a single header',
    facts: {
      exposure: 'external',
      traffic: [
        trafficFacts({
          calls: 100_000,
          securityHeaders: { complete: 99_999, incomplete: 1, missing: { cacheControl: 1 } },
        }),
      ],
    },
    expected: {
      ...always,
      kind: 'mixed',
      reason: '1 of 100000 responses lacked a security header: Cache-Control (1).',
      failedShare: 0,
    },
  },
];
