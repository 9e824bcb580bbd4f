import type { Assessment } from '../../model/assessment.ts';
import type { Finding, FindingIdentity } from '../../model/finding.ts';
import type { Policy, PolicyOutcome } from '../../model/policy.ts';
import type { Check, ControlId, Verdict, VerdictKind } from '../../model/verdict.ts';
import { FINGERPRINT_VERSION, findingId, fingerprint } from './finding-identity.ts';

/** A rule that an endpoint fails now: a finding before it has a life. */
export type FindingCandidate = Omit<Finding, 'state' | 'openedAt' | 'lastConfirmedAt' | 'resolvedAt'>;

/** How each rule was judged now, by api id and rule; what is missing was not judged. */
export type Judged = ReadonlyMap<string, ReadonlyMap<string, VerdictKind>>;

export interface CurrentFailuresInput {
  readonly assessments: readonly Assessment[];
  readonly policies: readonly Policy[];
  /** What people are told about each control. */
  readonly checks: Readonly<Record<ControlId, Pick<Check, 'title' | 'remedy'>>>;
}

export interface CurrentFailures {
  readonly failing: readonly FindingCandidate[];
  readonly judged: Judged;
}

type Failure = Omit<
  FindingCandidate,
  'id' | 'fingerprintVersion' | 'fingerprint' | 'identity' | 'endpoint'
> & {
  readonly rule: string;
};

/** What fails now and how every rule was judged, from the verdicts of required controls and policy outcomes. */
export function currentFailures({ assessments, policies, checks }: CurrentFailuresInput): CurrentFailures {
  const policyByName = new Map(policies.map((policy) => [policy.name, policy]));
  const failing: FindingCandidate[] = [];
  const judged = new Map<string, Map<string, VerdictKind>>();
  for (const { endpoint, verdicts, outcomes } of assessments) {
    const kinds = new Map<string, VerdictKind>();
    for (const verdict of verdicts) {
      kinds.set(controlRule(verdict), verdict.required ? verdict.kind : 'not-applicable');
      if (verdict.required && fails(verdict.kind)) {
        failing.push(candidate(endpoint, controlFailure(verdict, checks[verdict.control])));
      }
    }
    for (const outcome of outcomes) {
      kinds.set(policyRule(outcome), outcome.kind);
      if (fails(outcome.kind)) failing.push(candidate(endpoint, policyFailure(outcome, policyByName)));
    }
    judged.set(endpoint.apiId, kinds);
  }
  return { failing, judged };
}

function fails(kind: VerdictKind): boolean {
  return kind === 'fail' || kind === 'mixed';
}

function controlRule(verdict: Verdict): string {
  return `control:${verdict.control}`;
}

function policyRule(outcome: PolicyOutcome): string {
  return `policy:${outcome.policy}`;
}

function controlFailure(verdict: Verdict, check: Pick<Check, 'title' | 'remedy'>): Failure {
  const { control, severity, reason, evidence } = verdict;
  const title = `${verdict.kind === 'mixed' ? 'Partly met' : 'Not met'}: ${check.title}`;
  return {
    rule: controlRule(verdict),
    control,
    title,
    severity,
    reason,
    remediation: check.remedy,
    evidence,
  };
}

function policyFailure(outcome: PolicyOutcome, policies: ReadonlyMap<string, Policy>): Failure {
  const policy = policies.get(outcome.policy);
  if (policy === undefined)
    throw new Error(`an outcome names the policy ${outcome.policy}, which was not given`);
  return {
    rule: policyRule(outcome),
    control: 'policy',
    title: `${outcome.kind === 'mixed' ? 'Partly met' : 'Not met'}: policy ${policy.name}`,
    severity: policy.severity,
    reason: outcome.reason,
    remediation: policy.remediation,
    evidence: outcome.evidence ?? [],
  };
}

function candidate(endpoint: Assessment['endpoint'], { rule, ...failure }: Failure): FindingCandidate {
  const { apiId, service, method, path } = endpoint;
  const identity: FindingIdentity = { rule, apiId };
  const hash = fingerprint(identity);
  return {
    id: findingId(hash),
    fingerprintVersion: FINGERPRINT_VERSION,
    fingerprint: hash,
    identity,
    endpoint: { apiId, service, method, path },
    ...failure,
  };
}
