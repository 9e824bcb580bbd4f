import { trafficFacts } from '../../model/traffic-facts.ts';
import type { CheckExample } from '../../model/verdict.ts';

const always = { required: true, severity: 'high' } as const;

export const examples: readonly CheckExample[] = [
  {
    name: 'a schema is applied to requests',
    facts: { exposure: 'external', traffic: [trafficFacts({ calls: 9, inputValidation: { seen: 9 } })] },
    expected: {
      ...always,
      kind: 'pass',
      reason: 'Requests are validated; checked or refused as invalid: 9, not checked: 0.',
      passed: 9,
      failed: 0,
    },
  },
  {
    name: 'the source says that no schema was applied',
    facts: {
      exposure: 'internal',
      traffic: [trafficFacts({ vantage: 'exchange', calls: 5, inputValidation: { notSeen: 4, unknown: 1 } })],
    },
    expected: {
      ...always,
      kind: 'fail',
      reason: 'No request was checked against a schema; requests that say so: 4.',
      passed: 0,
      failed: 4,
      unknown: 1,
      evidence: [
        {
          observed: 'requests to which no schema was applied',
          count: 4,
          source: 'exchange',
          firstSeen: '2026-01-01T00:00:00.000Z',
          lastSeen: '2026-01-01T01:00:00.000Z',
        },
      ],
    },
  },
  {
    name: 'the source says nothing about schemas',
    facts: { exposure: 'external', traffic: [trafficFacts({ calls: 70, inputValidation: { unknown: 70 } })] },
    expected: {
      ...always,
      kind: 'unknown',
      reason:
        'No exchange out of 70 shows whether requests are validated; a source that says so for each request (`schemaValidated` of the canonical exchange) would show it.',
      unknown: 70,
    },
  },
  {
    name: 'a spec describes it but no request was seen',
    facts: { exposure: 'external', traffic: [] },
    expected: { ...always, kind: 'unknown' },
  },
  {
    name: 'near miss: one refused request outweighs many unchecked ones',
    facts: {
      exposure: 'external',
      traffic: [
        trafficFacts({ vantage: 'edge', calls: 1, inputValidation: { seen: 1 } }),
        trafficFacts({ vantage: 'mesh', calls: 60, inputValidation: { notSeen: 60 } }),
      ],
    },
    expected: { ...always, kind: 'pass', passed: 1, failed: 60 },
  },
  {
    name: 'near miss: 400 from the service behind says nothing about a schema',
    facts: {
      exposure: 'external',
      traffic: [trafficFacts({ calls: 3, status: { clientError: 3 }, inputValidation: { unknown: 3 } })],
    },
    expected: { ...always, kind: 'unknown', passed: 0, failed: 0, unknown: 3 },
  },
];
