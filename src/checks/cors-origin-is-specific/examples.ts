import { trafficFacts } from '../../model/traffic-facts.ts';
import type { CheckExample } from '../../model/verdict.ts';

export const examples: readonly CheckExample[] = [
  {
    name: 'an external endpoint names the allowed origin',
    facts: { exposure: 'external', traffic: [trafficFacts({ calls: 4, cors: { specific: 4 } })] },
    expected: {
      kind: 'pass',
      required: true,
      severity: 'medium',
      reason: '4 responses allowed a specific origin.',
      passed: 4,
      failed: 0,
    },
  },
  {
    name: 'an external endpoint allows any origin',
    facts: {
      exposure: 'external',
      traffic: [
        trafficFacts({
          calls: 5,
          cors: { wildcard: 3, absent: 2 },
          examples: { corsWildcard: { input: 'edge.ndjson', line: 8 } },
        }),
      ],
    },
    expected: {
      kind: 'fail',
      required: true,
      severity: 'high',
      reason: '3 responses allowed any origin, 2 responses had no Access-Control-Allow-Origin.',
      passed: 0,
      failed: 3,
      evidence: [
        {
          observed: 'responses that allow any origin',
          count: 3,
          source: 'kong',
          firstSeen: '2026-01-01T00:00:00.000Z',
          lastSeen: '2026-01-01T01:00:00.000Z',
          example: { input: 'edge.ndjson', line: 8 },
        },
      ],
    },
  },
  {
    name: 'an external endpoint sends no CORS header at all',
    facts: { exposure: 'external', traffic: [trafficFacts({ calls: 6, cors: { absent: 6 } })] },
    expected: {
      kind: 'fail',
      required: true,
      severity: 'medium',
      reason: '6 responses had no Access-Control-Allow-Origin.',
      failed: 6,
    },
  },
  {
    name: 'one gateway allows any origin, the other a specific one',
    facts: {
      exposure: 'external',
      traffic: [
        trafficFacts({ vantage: 'edge', calls: 12, cors: { specific: 2, absent: 10 } }),
        trafficFacts({ vantage: 'legacy', calls: 1, cors: { wildcard: 1 } }),
      ],
    },
    expected: {
      kind: 'mixed',
      required: true,
      severity: 'high',
      reason:
        '1 response allowed any origin, 2 responses allowed a specific origin, 10 responses had no Access-Control-Allow-Origin.',
      passed: 2,
      failed: 1,
      failedShare: 0.3333,
    },
  },
  {
    name: 'the log of an external endpoint has no response headers',
    facts: {
      exposure: 'external',
      traffic: [trafficFacts({ vantage: 'combined', calls: 20, cors: { unknown: 20 } })],
    },
    expected: {
      kind: 'unknown',
      required: true,
      severity: 'medium',
      reason:
        'No exchange out of 20 shows which origins are allowed; a log with all response headers (Kong, canonical exchange) would show it.',
      unknown: 20,
    },
  },
  {
    name: 'an external endpoint without traffic',
    facts: { exposure: 'external', traffic: [] },
    expected: { kind: 'unknown', required: true, severity: 'medium' },
  },
  {
    name: 'an internal endpoint that allows any origin',
    facts: { exposure: 'internal', traffic: [trafficFacts({ calls: 2, cors: { wildcard: 2 } })] },
    expected: {
      kind: 'not-applicable',
      required: false,
      severity: 'high',
      reason:
        'A CORS policy is required of external endpoints and this one is internal; 2 responses allowed any origin.',
      passed: 0,
      failed: 2,
    },
  },
  {
    name: 'an endpoint of unknown exposure without traffic',
    facts: { exposure: 'unknown', traffic: [] },
    expected: {
      kind: 'not-applicable',
      required: false,
      severity: 'medium',
      reason:
        'A CORS policy is required of external endpoints and the exposure of this one is unknown; no response showed its CORS headers.',
    },
  },
  {
    name: 'near miss: most responses lack the header, but those that have it name an origin',
    facts: {
      exposure: 'external',
      traffic: [trafficFacts({ calls: 50, cors: { specific: 1, absent: 49 } })],
    },
    expected: { kind: 'pass', required: true, severity: 'medium', passed: 1, failed: 0 },
  },
];
