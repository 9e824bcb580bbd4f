import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../model/finding.ts';
import { SEVERITIES } from '../../model/severity.ts';
import { VERDICT_KINDS, type VerdictKind } from '../../model/verdict.ts';
import type { FindingCandidate } from './current-failures.ts';
import { findingId, fingerprint } from './finding-identity.ts';
import { type ReconcileInput, reconcileFindings } from './reconcile-findings.ts';

const START_MS = Date.parse('2026-01-01T00:00:00.000Z');
const ALLOWED = ['→open', 'open→resolved', 'reopened→resolved', 'resolved→reopened'];

/** Few enough names that runs meet the same findings again. */
const identity = fc.record({
  rule: fc.constantFrom('control:authentication', 'policy:docs'),
  apiId: fc.constantFrom('00000000000000a1', '00000000000000b2', '00000000000000c3'),
});

const candidate: fc.Arbitrary<FindingCandidate> = fc
  .record({
    identity,
    severity: fc.constantFrom(...SEVERITIES),
    reason: fc.constantFrom('first', 'second'),
    service: fc.constantFrom('shop', 'bank'),
  })
  .map(({ service, ...given }) => {
    const hash = fingerprint(given.identity);
    return {
      ...given,
      id: findingId(hash),
      fingerprintVersion: 1,
      fingerprint: hash,
      endpoint: { apiId: given.identity.apiId, service, method: 'GET', path: '/orders' },
      control: 'policy',
      title: 'Not met',
      remediation: 'Mend it.',
      evidence: [],
    };
  });

/** One run: what fails and how rules were judged, which need not agree. */
const run = fc.record({
  failing: fc.array(candidate, { maxLength: 8 }),
  judgements: fc.array(fc.tuple(identity, fc.constantFrom(...VERDICT_KINDS)), { maxLength: 8 }),
});
type Run = typeof run extends fc.Arbitrary<infer Value> ? Value : never;

function inputOf(previous: readonly Finding[], { failing, judgements }: Run, day: number): ReconcileInput {
  const judged = new Map<string, Map<string, VerdictKind>>();
  for (const [{ rule, apiId }, kind] of judgements) {
    judged.set(apiId, (judged.get(apiId) ?? new Map()).set(rule, kind));
  }
  return { previous, failing, judged, now: new Date(START_MS + day * 86_400_000) };
}

/** Every state of the store over the runs, each with the input that led to it. */
function history(runs: readonly Run[]) {
  const steps: { input: ReconcileInput; result: ReturnType<typeof reconcileFindings> }[] = [];
  for (const [day, one] of runs.entries()) {
    const input = inputOf(steps.at(-1)?.result.findings ?? [], one, day);
    steps.push({ input, result: reconcileFindings(input) });
  }
  return steps;
}

const runs = fc.array(run, { minLength: 1, maxLength: 6 });

describe('over any history of runs, reconciling findings', () => {
  it('changes nothing when the same run comes twice', () => {
    fc.assert(
      fc.property(runs, (given) => {
        for (const { input, result } of history(given)) {
          const again = reconcileFindings({ ...input, previous: result.findings });
          expect(again).toEqual({ findings: result.findings, transitions: [] });
        }
      }),
    );
  });

  it('does not depend on the order of anything', () => {
    fc.assert(
      fc.property(runs, fc.nat(), (given, turn) => {
        for (const { input, result } of history(given)) {
          const shuffled = {
            ...input,
            previous: rotated(input.previous, turn).toReversed(),
            failing: rotated(input.failing, turn).toReversed(),
          };
          expect(reconcileFindings(shuffled)).toEqual(result);
        }
      }),
    );
  });

  it('makes only the steps of the state machine, and names each one it makes', () => {
    fc.assert(
      fc.property(runs, (given) => {
        for (const { input, result } of history(given)) {
          const before = new Map(input.previous.map(({ fingerprint: hash, state }) => [hash, state]));
          const moved = result.findings.flatMap(({ fingerprint: hash, state }) =>
            before.get(hash) === state ? [] : [`${hash} ${before.get(hash) ?? ''}→${state}`],
          );
          expect(
            result.transitions.map(({ fingerprint: hash, from, to }) => `${hash} ${from ?? ''}→${to}`),
          ).toEqual(moved);
          expect(ALLOWED).toEqual(expect.arrayContaining(moved.map((step) => step.split(' ')[1])));
        }
      }),
    );
  });

  it('never loses a finding, doubles one or forgets when it was opened', () => {
    fc.assert(
      fc.property(runs, (given) => {
        for (const { input, result } of history(given)) {
          const openedAt = new Map(result.findings.map((finding) => [finding.fingerprint, finding.openedAt]));
          expect(openedAt.size).toBe(result.findings.length);
          for (const finding of input.previous) {
            expect(openedAt.get(finding.fingerprint)).toBe(finding.openedAt);
          }
        }
      }),
    );
  });

  it('resolves on a pass or a rule that no longer applies, and on nothing else', () => {
    fc.assert(
      fc.property(runs, (given) => {
        for (const { input, result } of history(given)) {
          for (const { fingerprint: hash } of result.transitions.filter(({ to }) => to === 'resolved')) {
            const finding = result.findings.find((one) => one.fingerprint === hash);
            const kind = input.judged.get(finding?.identity.apiId ?? '')?.get(finding?.identity.rule ?? '');
            expect(['pass', 'not-applicable']).toContain(kind);
            expect(input.failing.map((one) => one.fingerprint)).not.toContain(hash);
          }
        }
      }),
    );
  });

  it('gives a time of resolution to resolved findings only', () => {
    fc.assert(
      fc.property(runs, (given) => {
        for (const { findings } of history(given).map(({ result }) => result)) {
          for (const { state, resolvedAt } of findings) {
            expect(resolvedAt !== undefined).toBe(state === 'resolved');
          }
        }
      }),
    );
  });
});

function rotated<Item>(items: readonly Item[], turn: number): Item[] {
  const start = items.length === 0 ? 0 : turn % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
