import { describe, expect, it } from 'vitest';
import type { Finding, FindingState } from '../../model/finding.ts';
import type { VerdictKind } from '../../model/verdict.ts';
import type { FindingCandidate, Judged } from './current-failures.ts';
import { findingId, fingerprint } from './finding-identity.ts';
import { reconcileFindings } from './reconcile-findings.ts';

const RULE = 'control:authentication';
const OPENED = '2026-01-01T00:00:00.000Z';
const CONFIRMED = '2026-01-02T00:00:00.000Z';
const RESOLVED = '2026-01-03T00:00:00.000Z';
const NOW = '2026-01-04T00:00:00.000Z';

function candidate(overrides: Partial<FindingCandidate> = {}): FindingCandidate {
  const identity = overrides.identity ?? { rule: RULE, apiId: '00000000000000a1' };
  const hash = fingerprint(identity);
  return {
    id: findingId(hash),
    fingerprintVersion: 1,
    fingerprint: hash,
    identity,
    endpoint: { apiId: identity.apiId, service: 'shop', method: 'GET', path: '/orders' },
    control: 'authentication',
    title: 'Not met: Authentication is required',
    severity: 'critical',
    reason: '4 anonymous calls succeeded.',
    remediation: 'Require a credential.',
    evidence: [],
    ...overrides,
  };
}

function finding(state: FindingState): Finding {
  const life = { state, openedAt: OPENED, lastConfirmedAt: CONFIRMED };
  return { ...candidate(), ...life, ...(state === 'resolved' ? { resolvedAt: RESOLVED } : {}) };
}

function judgedAs(kind: VerdictKind): Judged {
  return new Map([['00000000000000a1', new Map([[RULE, kind]])]]);
}

const { id, fingerprint: hash } = candidate();

describe('a finding', () => {
  it('opens when a rule fails for the first time', () => {
    const input = { previous: [], failing: [candidate()], judged: judgedAs('fail'), now: new Date(NOW) };
    expect(reconcileFindings(input)).toEqual({
      findings: [{ ...candidate(), state: 'open', openedAt: NOW, lastConfirmedAt: NOW }],
      transitions: [{ id, fingerprint: hash, to: 'open', at: NOW, reason: '4 anonymous calls succeeded.' }],
    });
  });

  it.each(['open', 'reopened'] as const)(
    'that is %s stays so while the rule fails, with what is known now',
    (state) => {
      const failing = [candidate({ severity: 'high', reason: 'Half of the calls.', title: 'Partly met' })];
      const input = { previous: [finding(state)], failing, judged: judgedAs('mixed'), now: new Date(NOW) };
      expect(reconcileFindings(input)).toEqual({
        findings: [{ ...failing[0], state, openedAt: OPENED, lastConfirmedAt: NOW }],
        transitions: [],
      });
    },
  );

  it('reopens when the rule fails again, and keeps its first opening', () => {
    const input = {
      previous: [finding('resolved')],
      failing: [candidate()],
      judged: judgedAs('fail'),
      now: new Date(NOW),
    };
    expect(reconcileFindings(input)).toEqual({
      findings: [{ ...candidate(), state: 'reopened', openedAt: OPENED, lastConfirmedAt: NOW }],
      transitions: [
        {
          id,
          fingerprint: hash,
          from: 'resolved',
          to: 'reopened',
          at: NOW,
          reason: '4 anonymous calls succeeded.',
        },
      ],
    });
  });

  const TURNED = (['open', 'reopened'] as const).flatMap((state) =>
    (['pass', 'not-applicable'] as const).map((kind) => ({ state, kind })),
  );

  it.each(TURNED)('that is $state is resolved by $kind', ({ state, kind }) => {
    const input = { previous: [finding(state)], failing: [], judged: judgedAs(kind), now: new Date(NOW) };
    expect(reconcileFindings(input)).toEqual({
      findings: [{ ...finding(state), state: 'resolved', resolvedAt: NOW }],
      transitions: [
        {
          id,
          fingerprint: hash,
          from: state,
          to: 'resolved',
          at: NOW,
          reason: `The rule was judged ${kind}.`,
        },
      ],
    });
  });

  const KEPT: { name: string; state: FindingState; judged: Judged }[] = [
    { name: 'open while unknown', state: 'open', judged: judgedAs('unknown') },
    { name: 'reopened while unknown', state: 'reopened', judged: judgedAs('unknown') },
    { name: 'resolved while unknown', state: 'resolved', judged: judgedAs('unknown') },
    { name: 'resolved at its time when the rule passes again', state: 'resolved', judged: judgedAs('pass') },
    { name: 'open when the endpoint was not judged', state: 'open', judged: new Map() },
    {
      name: 'open when another rule of the endpoint passes',
      state: 'open',
      judged: new Map([['00000000000000a1', new Map([['policy:docs', 'pass' as const]])]]),
    },
    {
      name: 'open when the rule passes for another endpoint',
      state: 'open',
      judged: new Map([['00000000000000b2', new Map([[RULE, 'pass' as const]])]]),
    },
  ];

  it.each(KEPT)('stays $name', ({ state, judged }) => {
    const input = { previous: [finding(state)], failing: [], judged, now: new Date(NOW) };
    expect(reconcileFindings(input)).toEqual({ findings: [finding(state)], transitions: [] });
  });

  it('of a rule that fails twice is one, told by the worse', () => {
    const failing = [
      candidate({ severity: 'medium', reason: 'b' }),
      candidate({ severity: 'high', reason: 'c' }),
      candidate({ severity: 'high', reason: 'a' }),
    ];
    const run = (given: FindingCandidate[]) =>
      reconcileFindings({ previous: [], failing: given, judged: new Map(), now: new Date(NOW) }).findings;
    expect(run(failing).map(({ severity, reason }) => [severity, reason])).toEqual([['high', 'a']]);
    expect(run(failing.toReversed())).toEqual(run(failing));
  });

  it('stands by severity, service, path, method and rule', () => {
    const places = [
      ['low', 'a', '/0', 'GET', 'policy:a'],
      ['critical', 'b', '/a', 'GET', 'policy:a'],
      ['critical', 'a', '/b', 'GET', 'policy:a'],
      ['critical', 'a', '/a', 'POST', 'policy:a'],
      ['critical', 'a', '/a', 'GET', 'policy:b'],
      ['critical', 'a', '/a', 'GET', 'policy:a'],
      ['info', 'Z', '/', 'GET', 'policy:a'],
    ] as const;
    const failing = places.map(([severity, service, path, method, rule]) => {
      const apiId = `${service} ${method} ${path}`;
      return candidate({ severity, identity: { rule, apiId }, endpoint: { apiId, service, method, path } });
    });
    const { findings } = reconcileFindings({ previous: [], failing, judged: new Map(), now: new Date(NOW) });
    expect(
      findings.map(({ severity, endpoint, identity }) => `${severity} ${endpoint.apiId} ${identity.rule}`),
    ).toEqual([
      'critical a GET /a policy:a',
      'critical a GET /a policy:b',
      'critical a POST /a policy:a',
      'critical a GET /b policy:a',
      'critical b GET /a policy:a',
      'low a GET /0 policy:a',
      'info Z GET / policy:a',
    ]);
  });
});
