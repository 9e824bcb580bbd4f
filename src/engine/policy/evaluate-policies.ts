import type { Classification, Endpoint } from '../../model/endpoint.ts';
import type { EndpointFacts } from '../../model/fact.ts';
import { kindByBothSides, quantity, type Reading, type Tally, tallyOf, total } from '../../model/judge.ts';
import type { Policy, PolicyOutcome, PolicyRule } from '../../model/policy.ts';
import type { ControlId, Verdict } from '../../model/verdict.ts';

const ORIGINS: Reading = {
  failing: {
    observed: 'responses that allow any origin',
    count: (one) => one.cors.wildcard,
    example: (one) => one.examples.corsWildcard,
  },
  passing: { observed: 'responses that allow specific origins', count: (one) => one.cors.specific },
  unknown: (one) => one.cors.unknown,
};

const SUNSET: Reading = {
  failing: { observed: 'responses without a Sunset header', count: (one) => one.sunsetHeader.absent },
  passing: { observed: 'responses with a Sunset header', count: (one) => one.sunsetHeader.present },
  unknown: (one) => one.sunsetHeader.unknown,
};

/** One endpoint with what is known of it. */
export interface PolicySubject {
  readonly endpoint: Endpoint;
  readonly verdicts: readonly Verdict[];
  readonly facts: EndpointFacts;
}

type Judgement = Pick<PolicyOutcome, 'kind' | 'reason' | 'evidence'>;

/** Judges one endpoint by one policy; `not-applicable` when the policy's scope leaves the endpoint out. */
export function evaluatePolicy(policy: Policy, subject: PolicySubject): PolicyOutcome {
  const { endpoint } = subject;
  const names = { policy: policy.name, apiId: endpoint.apiId };
  const listed = policy.scope.classification;
  const words = scopeWords(endpoint);
  if (listed.length > 0 && !listed.some((word) => words.has(word))) {
    const reason = `The policy is about ${listed.join(', ')} endpoints; this one is ${[...words].join(', ')}.`;
    return { ...names, kind: 'not-applicable', reason };
  }
  return { ...names, ...judge(policy.rule, subject) };
}

/** An external shadow endpoint is both: the classification is the lifecycle's word where there is one. */
function scopeWords({ exposure, classification }: Endpoint): ReadonlySet<Classification> {
  return new Set([exposure, classification]);
}

function judge(rule: PolicyRule, { endpoint, verdicts, facts }: PolicySubject): Judgement {
  switch (rule.kind) {
    case 'control-required':
      return judgeControl(rule.control, verdicts);
    case 'cors-origin-is-not':
      return judgeOrigin(rule.origin, facts);
    case 'documented':
      return judgeDocumented(endpoint);
    case 'header-present':
      return judgeHeader(rule.header, facts);
  }
}

function judgeControl(control: ControlId, verdicts: readonly Verdict[]): Judgement {
  const verdict = verdicts.find((candidate) => candidate.control === control);
  if (verdict === undefined) return { kind: 'unknown', reason: `The control ${control} was not judged.` };
  const { evidence, passed, failed, unknown } = verdict;
  if (verdict.kind !== 'not-applicable') return { kind: verdict.kind, reason: verdict.reason, evidence };
  // The control is not required by itself, but the policy requires it: what was seen decides.
  const reason = `The policy requires ${control} here; ${quantity(passed, 'exchange')} met it, ${failed} did not.`;
  return {
    kind: kindByBothSides({ calls: passed + failed + unknown, passed, failed, unknown, evidence }),
    reason,
    evidence,
  };
}

function judgeOrigin(origin: string, { traffic }: EndpointFacts): Judgement {
  if (origin !== '*') {
    return { kind: 'unknown', reason: 'Of allowed origins only the wildcard is recorded.' };
  }
  const tally = tallyOf(traffic, ORIGINS);
  const absent = total(traffic, (one) => one.cors.absent);
  const seen = `any origin: ${tally.failed}, a specific origin: ${tally.passed}, no CORS header: ${absent}`;
  if (tally.failed > 0)
    return { kind: kindByBothSides(tally), reason: `Responses with ${seen}.`, evidence: tally.evidence };
  if (tally.passed + absent > 0)
    return { kind: 'pass', reason: `Responses with ${seen}.`, evidence: tally.evidence };
  return { kind: 'unknown', reason: nothingVisible(tally) };
}

function judgeHeader(header: string, { traffic }: EndpointFacts): Judgement {
  if (header.toLowerCase() !== 'sunset') {
    return { kind: 'unknown', reason: `Whether responses carry ${header} is not recorded.` };
  }
  const tally = tallyOf(traffic, SUNSET);
  const kind = kindByBothSides(tally);
  if (kind === 'unknown') return { kind, reason: nothingVisible(tally) };
  const seen = `a Sunset header: ${tally.passed}, without one: ${tally.failed}`;
  return { kind, reason: `Responses with ${seen}.`, evidence: tally.evidence };
}

function judgeDocumented({ documented, service }: Endpoint): Judgement {
  if (documented === 'unknown') {
    return { kind: 'unknown', reason: `No API description claims the service ${service}.` };
  }
  if (documented) return { kind: 'pass', reason: 'An API description lists the operation.' };
  const reason = `An API description claims the service ${service} and does not list the operation.`;
  return { kind: 'fail', reason };
}

function nothingVisible({ calls }: Tally): string {
  if (calls === 0) return 'No traffic has been seen; a log with all response headers would show it.';
  return `No exchange out of ${calls} shows its response headers; a log with all response headers would show it.`;
}
