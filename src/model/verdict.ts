import type { EndpointFacts } from './fact.ts';
import type { Severity } from './severity.ts';

export const VERDICT_KINDS = ['pass', 'fail', 'mixed', 'unknown', 'not-applicable'] as const;
/** No evidence is `unknown`: never a pass and never a fail. */
export type VerdictKind = (typeof VERDICT_KINDS)[number];

/** The six controls of the mission, in report order. */
export const CONTROLS = [
  'authentication',
  'transport_encryption',
  'rate_limiting',
  'cors_policy',
  'security_headers',
  'input_validation',
] as const;
export type ControlId = (typeof CONTROLS)[number];

/** A line of an input that shows the verdict: `input` is the path as given, `line` counts from 1. */
export interface LineReference {
  readonly input: string;
  readonly line: number;
}

/** One piece of what a verdict rests on; counts are exchanges. */
export interface Evidence {
  /** What was seen, in words: `anonymous calls answered 2xx`. */
  readonly observed: string;
  readonly count: number;
  /** The vantage point that saw it, for example `kong`. */
  readonly source: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly example?: LineReference;
}

/** What one check says of one endpoint. */
export interface Verdict {
  readonly control: ControlId;
  readonly kind: VerdictKind;
  readonly required: boolean;
  readonly severity: Severity;
  /** One sentence a person understands; for `unknown`, which evidence is missing. */
  readonly reason: string;
  /** Exchanges on each side. */
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  /** For `mixed`: failed / (passed + failed), 0-1. */
  readonly failedShare?: number;
  readonly evidence: readonly Evidence[];
}

/** A worked case of a check: read by its test and by the reference docs. */
export interface CheckExample {
  readonly name: string;
  readonly facts: EndpointFacts;
  /** What the verdict must say: the kind, and every other part that is given. */
  readonly expected: Pick<Verdict, 'kind' | 'required' | 'severity'> & Partial<Verdict>;
}

/**
 * A unit under `src/checks/`: judges one control from facts, without I/O, clock or randomness.
 *
 * @example defineCheck-style object: `{ id: 'authentication-is-required', control: 'authentication', ... }`
 */
export interface Check {
  /** A statement that is true when all is well, equal to the folder's name. */
  readonly id: string;
  readonly control: ControlId;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  judge(facts: EndpointFacts): Verdict;
}
