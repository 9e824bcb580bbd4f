import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exposure, Lifecycle } from '../../model/endpoint.ts';
import { trafficFacts } from '../../model/traffic-facts.ts';
import { apiId, classification, dailyVolume, exposure, type LifecycleInput, lifecycle } from './classify.ts';

describe('the identity of an endpoint', () => {
  // Computed outside of this project: printf 'billing:GET:/users/{}' | sha256sum
  test('is the head of a SHA-256 that anyone can compute', () => {
    expect(apiId('billing', 'GET', '/users/{userId}')).toBe('76fff2aaa6ee448d');
  });

  const same: [string, string][] = [
    ['/users/{userId}', '/users/{}'],
    ['/users/{id}/orders/{order_id}', '/users/{userId}/orders/{}'],
    ['/files/{id}.json', '/files/{}.json'],
    ['/range/{from}-{to}', '/range/{}-{}'],
    ['/pair/{a}{b}', '/pair/{}{}'],
    ['/proxy/{proxy+}', '/proxy/{}'],
    ['/codes/{code:[0-9]{3}}', '/codes/{}'],
  ];
  test.each(same)('%s and %s are one endpoint', (left, right) => {
    expect(apiId('s', 'GET', left)).toBe(apiId('s', 'GET', right));
  });

  const different: [string, string][] = [
    ['/users/{id}', '/users/id'],
    ['/users/{id}', '/users/{id}/'],
    ['/users/{id}', '/Users/{id}'],
    ['/files/{id}.json', '/files/{id}'],
    ['/open{/close}', '/open{}'],
    ['/users/{a}/{b}', '/users/{a}'],
  ];
  test.each(different)('%s and %s are two endpoints', (left, right) => {
    expect(apiId('s', 'GET', left)).not.toBe(apiId('s', 'GET', right));
  });

  test('tells services and methods apart, and methods whatever their case', () => {
    const ids = [apiId('a', 'GET', '/x'), apiId('b', 'GET', '/x'), apiId('a', 'POST', '/x')];
    expect(new Set(ids).size).toBe(3);
    expect(apiId('a', 'get', '/x')).toBe(ids[0]);
  });

  test('does not depend on parameter names, and is the hash of the nameless template', () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.*+-]{0,8}$/);
    const literal = fc.stringMatching(/^[a-z0-9~._-]{0,6}$/);
    const segment = fc.tuple(literal, fc.option(name), literal);
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
        const write = (brace: (name: string) => string) =>
          segments.map(([head, name, tail]) => `/${head}${name === null ? '' : brace(name)}${tail}`).join('');
        const nameless = `svc:GET:${write(() => '{}')}`;
        const expected = createHash('sha256').update(nameless).digest('hex').slice(0, 16);
        expect(
          apiId(
            'svc',
            'GET',
            write((parameter) => `{${parameter}}`),
          ),
        ).toBe(expected);
      }),
    );
  });
});

describe('the classification', () => {
  const exposures: Exposure[] = ['external', 'partner', 'internal', 'unknown'];
  const words: Record<Lifecycle, string | undefined> = {
    'deprecated-in-use': 'deprecated',
    zombie: 'deprecated',
    shadow: 'shadow',
    documented: undefined,
    orphan: undefined,
    unknown: undefined,
  };
  const cases = Object.entries(words).flatMap(([state, word]) =>
    exposures.map((reach) => ({ state: state as Lifecycle, reach, word: word ?? reach })),
  );
  test.each(cases)('of $state and $reach is $word', ({ state, reach, word }) => {
    expect(classification(reach, state)).toBe(word);
  });
});

describe('the lifecycle', () => {
  const base: LifecycleInput = {
    documented: true,
    deprecated: false,
    hasTraffic: true,
    now: new Date('2026-06-15T12:00:00Z'),
  };
  const cases: [name: string, input: Partial<LifecycleInput>, expected: Lifecycle][] = [
    ['described and called', {}, 'documented'],
    ['described and never called', { hasTraffic: false }, 'orphan'],
    ['described, deprecated and never called', { hasTraffic: false, deprecated: true }, 'orphan'],
    ['described, past its sunset and never called', { hasTraffic: false, sunset: '2020-01-01' }, 'orphan'],
    ['called past its sunset', { sunset: '2026-06-14' }, 'zombie'],
    ['called past its sunset and deprecated', { sunset: '2026-01-01', deprecated: true }, 'zombie'],
    ['called on the day of its sunset', { sunset: '2026-06-15' }, 'documented'],
    ['called at the moment of its sunset', { sunset: '2026-06-15T14:00:00+02:00' }, 'zombie'],
    ['called a second before its sunset', { sunset: '2026-06-15T12:00:01Z' }, 'documented'],
    [
      'called before its sunset and deprecated',
      { sunset: '2027-01-01', deprecated: true },
      'deprecated-in-use',
    ],
    ['called, with a sunset that is no date', { sunset: '1' }, 'documented'],
    ['called and deprecated', { deprecated: true }, 'deprecated-in-use'],
    ['called and missing from the spec', { documented: false }, 'shadow'],
    ['called past a sunset but missing from the spec', { documented: false, sunset: '2020-01-01' }, 'shadow'],
    ['neither described nor called', { documented: false, hasTraffic: false }, 'unknown'],
    ['called while no spec claims the service', { documented: 'unknown' }, 'unknown'],
    [
      'never called while no spec claims the service',
      { documented: 'unknown', hasTraffic: false },
      'unknown',
    ],
    [
      'deprecated, not called and missing from the spec',
      { documented: false, deprecated: true, hasTraffic: false },
      'unknown',
    ],
    [
      'deprecated while no spec claims the service',
      { documented: 'unknown', deprecated: true },
      'deprecated-in-use',
    ],
  ];
  test.each(cases)('of an endpoint %s', (_name, input, expected) => {
    expect(lifecycle({ ...base, ...input })).toBe(expected);
  });
});

describe('the exposure', () => {
  const cases = [
    {
      name: 'is what the configuration says',
      input: { configured: 'partner', publicAddress: 12, privateAddress: 3 },
      expected: {
        exposure: 'partner',
        reason: 'The configuration says partner; calls from public addresses: 12, from private ones: 3.',
      },
    },
    {
      name: 'is external as soon as one public address called',
      input: { publicAddress: 1, privateAddress: 900 },
      expected: {
        exposure: 'external',
        reason: 'Clients of the internet reach it; calls from public addresses: 1, from private ones: 900.',
      },
    },
    {
      name: 'is internal when all known addresses are private',
      input: { publicAddress: 0, privateAddress: 4 },
      expected: {
        exposure: 'internal',
        reason: 'Only private networks reach it; calls from public addresses: 0, from private ones: 4.',
      },
    },
    {
      name: 'is unknown without addresses',
      input: { publicAddress: 0, privateAddress: 0 },
      expected: {
        exposure: 'unknown',
        reason: 'No client address is known; calls from public addresses: 0, from private ones: 0.',
      },
    },
  ] as const;
  test.each(cases)('$name', ({ input, expected }) => {
    expect(exposure(input)).toEqual(expected);
  });
});

describe('the daily volume', () => {
  const seen = (vantage: string, calls: number, lastSeen: string) =>
    trafficFacts({ vantage, calls, firstSeen: '2026-01-01T00:00:00.000Z', lastSeen });
  const cases = [
    { name: 'is zero without traffic', traffic: [], expected: 0 },
    {
      name: 'does not multiply up five minutes of log',
      traffic: [seen('edge', 300, '2026-01-01T00:05:00.000Z')],
      expected: 300,
    },
    {
      name: 'divides by the observed window, to one decimal',
      traffic: [seen('edge', 100, '2026-01-04T00:00:00.000Z')],
      expected: 33.3,
    },
    {
      name: 'counts windows of a day and a half',
      traffic: [seen('edge', 3, '2026-01-02T12:00:00.000Z')],
      expected: 2,
    },
    {
      name: 'is that of the largest vantage point, not the sum',
      traffic: [seen('edge', 90, '2026-01-01T10:00:00.000Z'), seen('mesh', 100, '2026-01-03T00:00:00.000Z')],
      expected: 90,
    },
  ];
  test.each(cases)('$name', ({ traffic, expected }) => {
    expect(dailyVolume(traffic)).toBe(expected);
  });
});
