import type { Classification } from './endpoint.ts';
import type { Severity } from './severity.ts';
import type { ControlId, Evidence } from './verdict.ts';

/** What a policy demands of each endpoint in its scope. */
export type PolicyRule =
  | { readonly kind: 'control-required'; readonly control: ControlId }
  | { readonly kind: 'cors-origin-is-not'; readonly control: 'cors_policy'; readonly origin: string }
  | { readonly kind: 'documented' }
  | { readonly kind: 'header-present'; readonly header: string };

/** A policy as written in YAML, after parsing. */
export interface Policy {
  readonly name: string;
  readonly description: string;
  /** Matches an endpoint when its exposure, lifecycle word or classification is listed; empty means all. */
  readonly scope: { readonly classification: readonly Classification[] };
  readonly rule: PolicyRule;
  readonly severity: Severity;
  readonly remediation: string;
  readonly source: { readonly file: string; readonly line: number };
}

/** The outcome of one policy for one endpoint. */
export interface PolicyOutcome {
  readonly policy: string;
  readonly apiId: string;
  readonly kind: 'pass' | 'fail' | 'mixed' | 'unknown' | 'not-applicable';
  readonly reason: string;
  /** What the outcome rests on; absent when traffic has no part in it or shows nothing. */
  readonly evidence?: readonly Evidence[];
}
