import type { Severity } from './severity.ts';
import type { ControlId, Evidence } from './verdict.ts';

/** `open` → `resolved` when the evidence turns; `resolved` → `reopened` when it turns back. */
export type FindingState = 'open' | 'reopened' | 'resolved';

/** The part of a finding that identifies it for ever: no line, no evidence, no severity. */
export interface FindingIdentity {
  /** `control:<id>` or `policy:<name>`. */
  readonly rule: string;
  readonly apiId: string;
}

/** A failing verdict or policy, with a life of its own. */
export interface Finding {
  /** Short, stable, for people: `STN-` and 12 hex digits of the fingerprint. */
  readonly id: string;
  readonly fingerprintVersion: 1;
  /** SHA-256, hex, of the identity. */
  readonly fingerprint: string;
  readonly identity: FindingIdentity;
  readonly endpoint: {
    readonly apiId: string;
    readonly service: string;
    readonly method: string;
    readonly path: string;
  };
  readonly control: ControlId | 'policy';
  readonly title: string;
  readonly severity: Severity;
  readonly state: FindingState;
  readonly reason: string;
  readonly remediation: string;
  /** RFC 3339, UTC. */
  readonly openedAt: string;
  readonly lastConfirmedAt: string;
  readonly resolvedAt?: string;
  readonly evidence: readonly Evidence[];
}

/** One step of a finding through its states, as the ledger records it. */
export interface FindingTransition {
  readonly id: string;
  readonly fingerprint: string;
  /** Absent when the finding is new. */
  readonly from?: FindingState;
  readonly to: FindingState;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly reason: string;
}
