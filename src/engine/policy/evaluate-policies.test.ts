import { describe, expect, it } from 'vitest';
import { exampleAssessment, exampleVerdict } from '../../model/assessment-example.ts';
import type { Classification, Endpoint } from '../../model/endpoint.ts';
import type { TrafficFacts } from '../../model/fact.ts';
import type { Policy, PolicyOutcome, PolicyRule } from '../../model/policy.ts';
import { type TrafficOverrides, trafficFacts } from '../../model/traffic-facts.ts';
import type { Verdict } from '../../model/verdict.ts';
import { evaluatePolicy } from './evaluate-policies.ts';

const NOT_VISIBLE: Expected = {
  kind: 'unknown',
  reason: 'No exchange out of 10 shows its response headers; a log with all response headers would show it.',
};
const ORIGIN: PolicyRule = { kind: 'cors-origin-is-not', control: 'cors_policy', origin: '*' };
const SUNSET: PolicyRule = { kind: 'header-present', header: 'Sunset' };

function policy(rule: PolicyRule, classification: readonly Classification[] = []): Policy {
  return {
    name: 'the-policy',
    description: 'For the test.',
    scope: { classification },
    rule,
    severity: 'high',
    remediation: 'Mend it.',
    source: { file: 'p.yaml', line: 2 },
  };
}

type Expected = Omit<PolicyOutcome, 'policy' | 'apiId'>;

interface TrafficCase {
  readonly name: string;
  readonly traffic: readonly TrafficFacts[];
  readonly expected: Expected;
}

interface Given {
  readonly endpoint?: Partial<Endpoint>;
  readonly verdicts?: readonly Verdict[];
  readonly traffic?: readonly TrafficFacts[];
}

function outcome(
  subjectPolicy: Policy,
  { endpoint = {}, verdicts = [], traffic = [] }: Given,
): PolicyOutcome {
  const subject = exampleAssessment({ endpoint, verdicts, facts: { exposure: 'external', traffic } });
  return evaluatePolicy(subjectPolicy, subject);
}

/** Outcomes name the policy and the endpoint; the cases show the rest. */
function named(rest: Expected): PolicyOutcome {
  return { policy: 'the-policy', apiId: '00000000000000a1', ...rest };
}

function seen(overrides: TrafficOverrides): TrafficFacts[] {
  return [trafficFacts({ calls: 10, ...overrides })];
}

function evidence(observed: string, count: number, more: object = {}) {
  const range = { firstSeen: '2026-01-01T00:00:00.000Z', lastSeen: '2026-01-01T01:00:00.000Z' };
  return { observed, count, source: 'kong', ...range, ...more };
}

describe('the scope of a policy', () => {
  const SHADOW = { lifecycle: 'shadow', classification: 'shadow' } as const;
  const IN_USE = { lifecycle: 'deprecated-in-use', classification: 'deprecated' } as const;
  const ZOMBIE = { lifecycle: 'zombie', classification: 'deprecated' } as const;
  const MARKED = { lifecycle: 'orphan', deprecated: true } as const;
  const UNKNOWN = { exposure: 'unknown', ...SHADOW } as const;
  const CASES: { name: string; listed: Classification[]; endpoint: Partial<Endpoint>; inScope: boolean }[] = [
    { name: 'no scope', listed: [], endpoint: {}, inScope: true },
    { name: 'its exposure', listed: ['internal', 'external'], endpoint: {}, inScope: true },
    { name: 'another exposure', listed: ['internal', 'partner'], endpoint: {}, inScope: false },
    { name: 'the exposure of a shadow endpoint', listed: ['external'], endpoint: SHADOW, inScope: true },
    { name: 'the lifecycle of an external endpoint', listed: ['shadow'], endpoint: SHADOW, inScope: true },
    { name: 'deprecated, for one in use', listed: ['deprecated'], endpoint: IN_USE, inScope: true },
    { name: 'deprecated, for a zombie', listed: ['deprecated'], endpoint: ZOMBIE, inScope: true },
    { name: 'deprecated, for one never called', listed: ['deprecated'], endpoint: MARKED, inScope: false },
    { name: 'unknown, for an unknown exposure', listed: ['unknown'], endpoint: UNKNOWN, inScope: true },
    { name: 'unknown, for a known exposure', listed: ['unknown'], endpoint: {}, inScope: false },
  ];

  it.each(CASES)('with $name', ({ listed, endpoint, inScope }) => {
    const found = outcome(policy({ kind: 'documented' }, listed), { endpoint });
    expect(found.kind !== 'not-applicable').toBe(inScope);
  });

  it('says why an endpoint is left out', () => {
    expect(outcome(policy(SUNSET, ['internal', 'partner']), { endpoint: ZOMBIE })).toEqual(
      named({
        kind: 'not-applicable',
        reason: 'The policy is about internal, partner endpoints; this one is external, deprecated.',
      }),
    );
  });
});

describe('a policy that requires a control', () => {
  const required = policy({ kind: 'control-required', control: 'cors_policy' });
  const proof = [evidence('responses that allow any origin', 4)];

  it.each(['pass', 'fail', 'mixed', 'unknown'] as const)('says %s as the verdict does', (kind) => {
    const verdicts = [
      exampleVerdict('authentication', 'pass'),
      exampleVerdict('cors_policy', kind, { evidence: proof }),
    ];
    expect(outcome(required, { verdicts })).toEqual(
      named({ kind, reason: `cors_policy is ${kind}.`, evidence: proof }),
    );
  });

  const COUNTED = [
    { passed: 3, failed: 0, kind: 'pass', counts: '3 exchanges met it, 0 did not' },
    { passed: 0, failed: 2, kind: 'fail', counts: '0 exchanges met it, 2 did not' },
    { passed: 1, failed: 2, kind: 'mixed', counts: '1 exchange met it, 2 did not' },
    { passed: 0, failed: 0, kind: 'unknown', counts: '0 exchanges met it, 0 did not' },
  ] as const;

  it.each(COUNTED)(
    'judges from what was seen where the control itself is not required: $counts',
    ({ passed, failed, kind, counts }) => {
      const verdicts = [exampleVerdict('cors_policy', 'not-applicable', { passed, failed, unknown: 7 })];
      const reason = `The policy requires cors_policy here; ${counts}.`;
      expect(outcome(required, { verdicts })).toEqual(named({ kind, reason, evidence: [] }));
    },
  );

  it('does not know without a verdict', () => {
    const verdicts = [exampleVerdict('authentication', 'fail')];
    expect(outcome(required, { verdicts })).toEqual(
      named({ kind: 'unknown', reason: 'The control cors_policy was not judged.' }),
    );
  });
});

describe('a policy on the origin', () => {
  const wildcardLine = { input: 'edge.ndjson', line: 8 };
  const CASES: TrafficCase[] = [
    {
      name: 'fails when any origin is allowed',
      traffic: seen({ cors: { wildcard: 4, absent: 6 }, examples: { corsWildcard: wildcardLine } }),
      expected: {
        kind: 'fail',
        reason: 'Responses with any origin: 4, a specific origin: 0, no CORS header: 6.',
        evidence: [evidence('responses that allow any origin', 4, { example: wildcardLine })],
      },
    },
    {
      name: 'is mixed over two gateways that differ',
      traffic: [
        ...seen({ cors: { wildcard: 1 } }),
        trafficFacts({ vantage: 'envoy', calls: 2, cors: { specific: 2 } }),
      ],
      expected: {
        kind: 'mixed',
        reason: 'Responses with any origin: 1, a specific origin: 2, no CORS header: 0.',
        evidence: [
          evidence('responses that allow any origin', 1),
          evidence('responses that allow specific origins', 2, { source: 'envoy' }),
        ],
      },
    },
    {
      name: 'passes with a specific origin',
      traffic: seen({ cors: { specific: 3 } }),
      expected: {
        kind: 'pass',
        reason: 'Responses with any origin: 0, a specific origin: 3, no CORS header: 0.',
        evidence: [evidence('responses that allow specific origins', 3)],
      },
    },
    {
      name: 'passes without any CORS header',
      traffic: seen({ cors: { absent: 10 } }),
      expected: {
        kind: 'pass',
        reason: 'Responses with any origin: 0, a specific origin: 0, no CORS header: 10.',
        evidence: [],
      },
    },
    {
      name: 'does not know when the log has no response headers',
      traffic: seen({ cors: { unknown: 10 } }),
      expected: NOT_VISIBLE,
    },
    {
      name: 'does not know without traffic',
      traffic: [],
      expected: {
        kind: 'unknown',
        reason: 'No traffic has been seen; a log with all response headers would show it.',
      },
    },
  ];

  it.each(CASES)('$name', ({ traffic, expected }) => {
    expect(outcome(policy(ORIGIN), { traffic })).toEqual(named(expected));
  });

  it('does not know of an origin that is not recorded', () => {
    const rule: PolicyRule = { ...ORIGIN, origin: 'https://shop.example' };
    expect(outcome(policy(rule), { traffic: seen({ cors: { wildcard: 10 } }) })).toEqual(
      named({ kind: 'unknown', reason: 'Of allowed origins only the wildcard is recorded.' }),
    );
  });
});

describe('a policy on documentation', () => {
  const CASES: { documented: Endpoint['documented']; expected: Expected }[] = [
    { documented: true, expected: { kind: 'pass', reason: 'An API description lists the operation.' } },
    {
      documented: false,
      expected: {
        kind: 'fail',
        reason: 'An API description claims the service shop and does not list the operation.',
      },
    },
    {
      documented: 'unknown',
      expected: { kind: 'unknown', reason: 'No API description claims the service shop.' },
    },
  ];

  it.each(CASES)('judges documented: $documented', ({ documented, expected }) => {
    expect(outcome(policy({ kind: 'documented' }), { endpoint: { documented } })).toEqual(named(expected));
  });
});

describe('a policy on the Sunset header', () => {
  const CASES: TrafficCase[] = [
    {
      name: 'passes when every visible response has it',
      traffic: seen({ sunsetHeader: { present: 6, unknown: 4 } }),
      expected: {
        kind: 'pass',
        reason: 'Responses with a Sunset header: 6, without one: 0.',
        evidence: [evidence('responses with a Sunset header', 6)],
      },
    },
    {
      name: 'fails when no visible response has it',
      traffic: seen({ sunsetHeader: { absent: 10 } }),
      expected: {
        kind: 'fail',
        reason: 'Responses with a Sunset header: 0, without one: 10.',
        evidence: [evidence('responses without a Sunset header', 10)],
      },
    },
    {
      name: 'is mixed when some have it',
      traffic: seen({ sunsetHeader: { present: 1, absent: 9 } }),
      expected: {
        kind: 'mixed',
        reason: 'Responses with a Sunset header: 1, without one: 9.',
        evidence: [
          evidence('responses without a Sunset header', 9),
          evidence('responses with a Sunset header', 1),
        ],
      },
    },
    {
      name: 'does not know when the log has no response headers',
      traffic: seen({ sunsetHeader: { unknown: 10 } }),
      expected: NOT_VISIBLE,
    },
  ];

  it.each(CASES)('$name', ({ traffic, expected }) => {
    expect(outcome(policy(SUNSET), { traffic })).toEqual(named(expected));
  });

  it('is found by a name in any case', () => {
    const traffic = seen({ sunsetHeader: { present: 1 } });
    expect(outcome(policy({ ...SUNSET, header: 'sUNSET' }), { traffic }).kind).toBe('pass');
  });

  it('does not speak for another header', () => {
    const traffic = seen({ sunsetHeader: { present: 1 } });
    expect(outcome(policy({ ...SUNSET, header: 'X-Frame-Options' }), { traffic })).toEqual(
      named({ kind: 'unknown', reason: 'Whether responses carry X-Frame-Options is not recorded.' }),
    );
  });
});
