import type { Endpoint } from './endpoint.ts';
import type { EndpointFacts } from './fact.ts';
import type { PolicyOutcome } from './policy.ts';
import type { RiskScore } from './score.ts';
import type { Verdict } from './verdict.ts';

/** Everything judged about one endpoint in one run: what reports and findings are made from. */
export interface Assessment {
  readonly endpoint: Endpoint;
  readonly facts: EndpointFacts;
  /** One per control that was judged. */
  readonly verdicts: readonly Verdict[];
  readonly score: RiskScore;
  /** One per policy, also for policies whose scope leaves the endpoint out. */
  readonly outcomes: readonly PolicyOutcome[];
}
