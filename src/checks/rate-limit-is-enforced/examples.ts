import { trafficFacts } from '../../model/traffic-facts.ts';
import type { CheckExample } from '../../model/verdict.ts';

const always = { required: true, severity: 'high' } as const;

export const examples: readonly CheckExample[] = [
  {
    name: 'responses announce the limit',
    facts: { exposure: 'external', traffic: [trafficFacts({ calls: 8, rateLimiting: { announced: 8 } })] },
    expected: {
      ...always,
      kind: 'pass',
      reason: 'A rate limit exists; responses that announce it: 8, 429 from the gateway: 0, neither: 0.',
      passed: 8,
      failed: 0,
    },
  },
  {
    name: 'the gateway answers 429',
    facts: {
      exposure: 'internal',
      traffic: [
        trafficFacts({ vantage: 'edge', calls: 5, rateLimiting: { refusedByGateway: 1, unknown: 4 } }),
      ],
    },
    expected: {
      ...always,
      kind: 'pass',
      passed: 1,
      unknown: 4,
      evidence: [
        {
          observed: 'responses that announce a rate limit, or 429 from the gateway',
          count: 1,
          source: 'edge',
          firstSeen: '2026-01-01T00:00:00.000Z',
          lastSeen: '2026-01-01T01:00:00.000Z',
        },
      ],
    },
  },
  {
    name: 'all headers are visible and none speaks of a limit',
    facts: { exposure: 'external', traffic: [trafficFacts({ calls: 30, rateLimiting: { absent: 30 } })] },
    expected: {
      ...always,
      kind: 'fail',
      reason:
        'No rate limit was announced, nor enforced by the gateway; responses with all headers visible: 30.',
      passed: 0,
      failed: 30,
    },
  },
  {
    name: 'the log has no response headers',
    facts: {
      exposure: 'external',
      traffic: [trafficFacts({ vantage: 'combined', calls: 6, rateLimiting: { unknown: 6 } })],
    },
    expected: {
      ...always,
      kind: 'unknown',
      reason:
        'No exchange out of 6 shows whether calls are limited; a log with all response headers (Kong, canonical exchange) would show it.',
      unknown: 6,
    },
  },
  {
    name: 'a spec describes it but no limit was ever observable',
    facts: { exposure: 'external', traffic: [] },
    expected: { ...always, kind: 'unknown' },
  },
  {
    name: 'near miss: one header among many responses without one, at another gateway, is enough',
    facts: {
      exposure: 'external',
      traffic: [
        trafficFacts({ vantage: 'edge', calls: 99, rateLimiting: { absent: 99 } }),
        trafficFacts({ vantage: 'partners', calls: 1, rateLimiting: { announced: 1 } }),
      ],
    },
    expected: {
      ...always,
      kind: 'pass',
      reason: 'A rate limit exists; responses that announce it: 1, 429 from the gateway: 0, neither: 99.',
      passed: 1,
      failed: 99,
    },
  },
  {
    name: 'near miss: 429 came from the service behind a gateway that sends no limit headers',
    facts: {
      exposure: 'external',
      traffic: [trafficFacts({ calls: 3, status: { clientError: 3 }, rateLimiting: { absent: 3 } })],
    },
    expected: { ...always, kind: 'fail', failed: 3 },
  },
];
