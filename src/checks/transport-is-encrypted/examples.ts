import { trafficFacts } from '../../model/traffic-facts.ts';
import type { CheckExample } from '../../model/verdict.ts';

const always = { required: true, severity: 'critical' } as const;

export const examples: readonly CheckExample[] = [
  {
    name: 'all calls use HTTPS',
    facts: { exposure: 'external', traffic: [trafficFacts({ calls: 25, transport: { https: 25 } })] },
    expected: {
      ...always,
      kind: 'pass',
      reason: 'No call was answered over plain HTTP; calls over HTTPS: 25.',
      passed: 25,
      failed: 0,
    },
  },
  {
    name: 'content is answered over plain HTTP',
    facts: {
      exposure: 'internal',
      traffic: [
        trafficFacts({
          calls: 1,
          transport: { http: 1 },
          examples: { plainHttp: { input: 'kong.log', line: 3 } },
        }),
      ],
    },
    expected: {
      ...always,
      kind: 'fail',
      reason: '1 call got an answer over plain HTTP, none over HTTPS.',
      evidence: [
        {
          observed: 'calls answered over plain HTTP',
          count: 1,
          source: 'kong',
          firstSeen: '2026-01-01T00:00:00.000Z',
          lastSeen: '2026-01-01T01:00:00.000Z',
          example: { input: 'kong.log', line: 3 },
        },
      ],
    },
  },
  {
    name: 'both schemes answer',
    facts: {
      exposure: 'external',
      traffic: [trafficFacts({ calls: 3, transport: { https: 2, http: 1 } })],
    },
    expected: {
      ...always,
      kind: 'mixed',
      reason: '1 of 3 calls got an answer over plain HTTP.',
      passed: 2,
      failed: 1,
      failedShare: 0.3333,
    },
  },
  {
    name: 'the log does not name the scheme',
    facts: {
      exposure: 'external',
      traffic: [trafficFacts({ vantage: 'combined', calls: 9, transport: { unknown: 9 } })],
    },
    expected: {
      ...always,
      kind: 'unknown',
      reason:
        'No exchange out of 9 shows whether answers are encrypted; a log that names the scheme the client used (Kong, canonical exchange) would show it.',
      unknown: 9,
    },
  },
  {
    name: 'a spec describes it but nobody has called it over any scheme',
    facts: { exposure: 'unknown', traffic: [] },
    expected: { ...always, kind: 'unknown', unknown: 0 },
  },
  {
    name: 'near miss: plain HTTP is redirected while HTTPS answers',
    facts: {
      exposure: 'external',
      traffic: [trafficFacts({ calls: 12, transport: { https: 10, redirected: 2 } })],
    },
    expected: {
      ...always,
      kind: 'pass',
      reason:
        'No call was answered over plain HTTP; calls over HTTPS: 10 (only redirected from plain HTTP, counted on neither side: 2).',
      passed: 10,
      failed: 0,
      unknown: 0,
    },
  },
  {
    name: 'near miss: only redirects were seen',
    facts: { exposure: 'external', traffic: [trafficFacts({ calls: 2, transport: { redirected: 2 } })] },
    expected: {
      ...always,
      kind: 'unknown',
      reason:
        'No exchange out of 2 shows whether answers are encrypted (only redirected from plain HTTP, counted on neither side: 2); a log that names the scheme the client used (Kong, canonical exchange) would show it.',
      passed: 0,
      failed: 0,
      unknown: 0,
      evidence: [],
    },
  },
];
