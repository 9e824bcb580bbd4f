import type { Finding, FindingState, FindingTransition } from '../../model/finding.ts';
import { compareFindings, compareText } from '../../model/order.ts';
import type { VerdictKind } from '../../model/verdict.ts';
import type { FindingCandidate, Judged } from './current-failures.ts';

/** What a run says about a rule: it fails, the evidence has turned, or nothing new is known. */
type Sign = 'fails' | 'turned' | 'silent';

/** The whole life of a finding; a rule that never failed has none. */
const NEXT_STATE = {
  none: { fails: 'open', turned: 'none', silent: 'none' },
  open: { fails: 'open', turned: 'resolved', silent: 'open' },
  reopened: { fails: 'reopened', turned: 'resolved', silent: 'reopened' },
  resolved: { fails: 'reopened', turned: 'resolved', silent: 'resolved' },
} as const satisfies Record<FindingState | 'none', Record<Sign, FindingState | 'none'>>;

export interface ReconcileInput {
  /** What the store holds: one finding per fingerprint. */
  readonly previous: readonly Finding[];
  readonly failing: readonly FindingCandidate[];
  readonly judged: Judged;
  readonly now: Date;
}

export interface Reconciled {
  /** All findings, severity first. */
  readonly findings: readonly Finding[];
  /** Only real changes of state, in the order of the findings. */
  readonly transitions: readonly FindingTransition[];
}

/**
 * Moves findings on by what was judged now. Only a pass or a control that no longer applies resolves a finding;
 * what is unknown or was not judged keeps its state. The same input again changes nothing.
 */
export function reconcileFindings({ previous, failing, judged, now }: ReconcileInput): Reconciled {
  const at = now.toISOString();
  const candidates = worstByFingerprint(failing);
  const known = new Map(previous.map((finding) => [finding.fingerprint, finding]));
  const fresh = [...candidates.values()].filter((candidate) => !known.has(candidate.fingerprint));
  const steps = [
    ...[...known.values()].map((finding) => step(finding, candidates.get(finding.fingerprint), judged, at)),
    ...fresh.map((candidate) => confirm(candidate, { state: 'none', openedAt: at }, at)),
  ].sort((left, right) => compareFindings(left.finding, right.finding));
  return {
    findings: steps.map(({ finding }) => finding),
    transitions: steps.flatMap(({ transition }) => (transition === undefined ? [] : [transition])),
  };
}

interface Step {
  readonly finding: Finding;
  readonly transition?: FindingTransition;
}

function step(finding: Finding, candidate: FindingCandidate | undefined, judged: Judged, at: string): Step {
  if (candidate !== undefined) return confirm(candidate, finding, at);
  const kind = judged.get(finding.identity.apiId)?.get(finding.identity.rule);
  const state = NEXT_STATE[finding.state][signOf(kind)];
  if (state === finding.state) return { finding };
  const reason = `The rule was judged ${kind}.`;
  return {
    finding: { ...finding, state, resolvedAt: at },
    transition: { ...nameOf(finding), from: finding.state, to: state, at, reason },
  };
}

/** Takes over everything the run says now, and keeps when it all began. */
function confirm(
  candidate: FindingCandidate,
  before: { readonly state: FindingState | 'none'; readonly openedAt: string },
  at: string,
): Step {
  const state = NEXT_STATE[before.state].fails;
  const finding: Finding = { ...candidate, state, openedAt: before.openedAt, lastConfirmedAt: at };
  if (state === before.state) return { finding };
  const from = before.state === 'none' ? {} : { from: before.state };
  return { finding, transition: { ...nameOf(finding), ...from, to: state, at, reason: candidate.reason } };
}

function nameOf({ id, fingerprint }: Finding): Pick<FindingTransition, 'id' | 'fingerprint'> {
  return { id, fingerprint };
}

function signOf(kind: VerdictKind | undefined): 'turned' | 'silent' {
  return kind === 'pass' || kind === 'not-applicable' ? 'turned' : 'silent';
}

/** When two checks fail the same rule, the worse one speaks, whatever the order they come in. */
function worstByFingerprint(failing: readonly FindingCandidate[]): ReadonlyMap<string, FindingCandidate> {
  const worst = new Map<string, FindingCandidate>();
  for (const candidate of failing) {
    const other = worst.get(candidate.fingerprint);
    if (other === undefined || speaksBefore(candidate, other)) worst.set(candidate.fingerprint, candidate);
  }
  return worst;
}

function speaksBefore(left: FindingCandidate, right: FindingCandidate): boolean {
  const order = compareFindings(left, right) || compareText(JSON.stringify(left), JSON.stringify(right));
  return order < 0;
}
