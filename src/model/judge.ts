import type { TrafficFacts } from './fact.ts';
import type { Evidence, LineReference, Verdict, VerdictKind } from './verdict.ts';

/** Exchanges of one vantage point for which something holds. */
export type Count = (traffic: TrafficFacts) => number;

/** One side of a control: what was seen, how often, and a line that shows it. */
export interface Side {
  /** In words, for the evidence: `anonymous calls answered 2xx or 304`. */
  readonly observed: string;
  readonly count: Count;
  readonly example?: (traffic: TrafficFacts) => LineReference | undefined;
}

/** How a control reads the facts of one vantage point. */
export interface Reading {
  readonly failing: Side;
  readonly passing: Side;
  readonly unknown: Count;
}

/** A reading summed over vantage points; all numbers are exchanges. */
export interface Tally {
  readonly calls: number;
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  /** All of the failing side, then all of the passing side, each in the order of the vantage points. */
  readonly evidence: readonly Evidence[];
}

/** Sums a count over vantage points. */
export function total(traffic: readonly TrafficFacts[], count: Count): number {
  return traffic.reduce((sum, one) => sum + count(one), 0);
}

/** Sums a reading over vantage points and collects its evidence. */
export function tallyOf(traffic: readonly TrafficFacts[], reading: Reading): Tally {
  return {
    calls: total(traffic, (one) => one.calls),
    passed: total(traffic, reading.passing.count),
    failed: total(traffic, reading.failing.count),
    unknown: total(traffic, reading.unknown),
    evidence: [...evidenceOf(traffic, reading.failing), ...evidenceOf(traffic, reading.passing)],
  };
}

function evidenceOf(traffic: readonly TrafficFacts[], side: Side): Evidence[] {
  return traffic
    .filter((one) => side.count(one) > 0)
    .map((one) => {
      const example = side.example?.(one);
      return {
        observed: side.observed,
        count: side.count(one),
        source: one.vantage,
        firstSeen: one.firstSeen,
        lastSeen: one.lastSeen,
        ...(example === undefined ? {} : { example }),
      };
    });
}

/** The kind for a control that every exchange must meet: evidence on both sides is `mixed`. */
export function kindByBothSides(tally: Tally): 'pass' | 'fail' | 'mixed' | 'unknown' {
  if (tally.failed > 0 && tally.passed > 0) return 'mixed';
  return kindByAnyPass(tally);
}

/** The kind for a control that one sign proves: failing evidence decides only where no sign was seen. */
export function kindByAnyPass(tally: Tally): 'pass' | 'fail' | 'unknown' {
  if (tally.passed > 0) return 'pass';
  return tally.failed > 0 ? 'fail' : 'unknown';
}

/** What a check concludes, before the counts and the evidence are added. */
export interface Judgement extends Pick<Verdict, 'control' | 'required' | 'severity' | 'reason'> {
  readonly kind: VerdictKind;
}

/** Joins a judgement and the tally it rests on. */
export function verdictOf(judgement: Judgement, tally: Tally): Verdict {
  const { passed, failed, unknown, evidence } = tally;
  const share = judgement.kind === 'mixed' ? { failedShare: failedShare(tally) } : {};
  return { ...judgement, passed, failed, unknown, ...share, evidence };
}

function failedShare({ passed, failed }: Tally): number {
  return Math.round((failed / (passed + failed)) * 10_000) / 10_000;
}

/** Evidence that a control lacks. */
export interface MissingEvidence {
  /** `whether callers authenticate`. */
  readonly question: string;
  /** `a log with all request headers`. */
  readonly source: string;
}

/** The reason of an `unknown` verdict: one sentence that names the evidence and where it comes from. */
export function unknownReason(calls: number, { question, source }: MissingEvidence): string {
  if (calls === 0) return `No traffic has been seen, so it is unknown ${question}; ${source} would show it.`;
  return `No exchange out of ${calls} shows ${question}; ${source} would show it.`;
}

/** `1 call`, `2 calls`. */
export function quantity(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
