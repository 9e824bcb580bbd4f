import { trafficFacts } from '../../model/traffic-facts.ts';
import type { CheckExample } from '../../model/verdict.ts';

const always = { required: true, severity: 'critical' } as const;

export const examples: readonly CheckExample[] = [
  {
    name: 'every call carries a credential',
    facts: {
      exposure: 'external',
      traffic: [trafficFacts({ calls: 40, authentication: { credentialed: 38, refused: 2 } })],
    },
    expected: {
      ...always,
      kind: 'pass',
      reason: 'No anonymous call succeeded; calls with a credential: 38, refused for want of one: 2.',
      passed: 40,
      failed: 0,
      unknown: 0,
    },
  },
  {
    name: 'anonymous calls succeed',
    facts: {
      exposure: 'internal',
      traffic: [
        trafficFacts({
          calls: 7,
          authentication: { anonymousSucceeded: 7 },
          examples: { anonymousSucceeded: { input: 'kong.log', line: 12 } },
        }),
      ],
    },
    expected: {
      ...always,
      kind: 'fail',
      reason: '7 anonymous calls succeeded; calls with a credential: 0, refused for want of one: 0.',
      passed: 0,
      failed: 7,
      evidence: [
        {
          observed: 'anonymous calls answered 2xx or 304',
          count: 7,
          source: 'kong',
          firstSeen: '2026-01-01T00:00:00.000Z',
          lastSeen: '2026-01-01T01:00:00.000Z',
          example: { input: 'kong.log', line: 12 },
        },
      ],
    },
  },
  {
    name: 'one gateway demands a credential, the other does not',
    facts: {
      exposure: 'external',
      traffic: [
        trafficFacts({ vantage: 'edge', calls: 6, authentication: { credentialed: 5, refused: 1 } }),
        trafficFacts({ vantage: 'legacy', calls: 3, authentication: { anonymousSucceeded: 2, unknown: 1 } }),
      ],
    },
    expected: {
      ...always,
      kind: 'mixed',
      reason: '2 of 8 calls succeeded anonymously; calls with a credential: 5, refused for want of one: 1.',
      passed: 6,
      failed: 2,
      unknown: 1,
      failedShare: 0.25,
    },
  },
  {
    name: 'the log has no request headers',
    facts: {
      exposure: 'external',
      traffic: [trafficFacts({ vantage: 'combined', calls: 90, authentication: { unknown: 90 } })],
    },
    expected: {
      ...always,
      kind: 'unknown',
      reason:
        'No exchange out of 90 shows whether callers must authenticate; a log with all request headers or the named consumer (Kong, canonical exchange) would show it.',
      unknown: 90,
      evidence: [],
    },
  },
  {
    name: 'a spec describes it but nobody has called it',
    facts: { exposure: 'external', traffic: [] },
    expected: {
      ...always,
      kind: 'unknown',
      reason:
        'No traffic has been seen, so it is unknown whether callers must authenticate; a log with all request headers or the named consumer (Kong, canonical exchange) would show it.',
    },
  },
  {
    name: 'near miss: anonymous calls were seen, but all of them were refused',
    facts: { exposure: 'external', traffic: [trafficFacts({ calls: 4, authentication: { refused: 4 } })] },
    expected: { ...always, kind: 'pass', passed: 4, failed: 0 },
  },
  {
    name: 'near miss: anonymous calls only met errors that say nothing about credentials',
    facts: {
      exposure: 'external',
      traffic: [trafficFacts({ calls: 4, status: { serverError: 4 } })],
    },
    expected: { ...always, kind: 'unknown', passed: 0, failed: 0 },
  },
];
