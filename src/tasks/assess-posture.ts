import { checks } from '../checks/index.ts';
import { currentFailures } from '../engine/findings/current-failures.ts';
import { reconcileFindings } from '../engine/findings/reconcile-findings.ts';
import { evaluatePolicy } from '../engine/policy/evaluate-policies.ts';
import { compositeScore } from '../engine/score/composite-score.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Finding } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { Check, ControlId } from '../model/verdict.ts';
import { commitChange } from '../store/postgres/commit-change.ts';
import { listFindings, upsertFindings } from '../store/postgres/findings.ts';
import type { Effect, InventoryEntry } from './learn-routes.ts';
import type { Workspace } from './open-workspace.ts';

export interface Posture {
  readonly assessments: readonly Assessment[];
  readonly findings: readonly Finding[];
}

// Every control has exactly one check; the test of the checks holds it.
const CHECK_OF = Object.fromEntries(checks.map((check) => [check.control, check])) as Record<
  ControlId,
  Check
>;

interface Assessing {
  readonly inventory: readonly InventoryEntry[];
  readonly policies: readonly Policy[];
  readonly effect: Effect;
}

/** Judges every endpoint of the inventory and moves the findings on; the change of state is in the ledger. */
export async function assessPosture(
  workspace: Workspace,
  { inventory, policies, effect }: Assessing,
): Promise<Posture> {
  const { deps, state } = workspace;
  const assessments = inventory.map((entry) => assess(entry, policies));
  const previous = await listFindings(state);
  const { failing, judged } = currentFailures({ assessments, policies, checks: CHECK_OF });
  const { findings } = reconcileFindings({ previous, failing, judged, now: deps.now() });
  if (effect === 'look') return { assessments, findings };
  await commitChange(state, {
    actor: 'stance',
    actorKind: 'system',
    action: 'posture.assess',
    target: 'findings',
    at: deps.now(),
    changes: upsertFindings(findings),
  });
  return { assessments, findings };
}

/** Pure: the same facts and policies always give the same assessment. */
function assess({ endpoint, traffic }: InventoryEntry, policies: readonly Policy[]): Assessment {
  const facts = { exposure: endpoint.exposure, traffic };
  const verdicts = checks.map((check) => check.judge(facts));
  const score = compositeScore({
    verdicts,
    classification: endpoint.classification,
    documented: endpoint.documented,
    sensitiveDataTypes: endpoint.sensitiveDataTypes,
  });
  const outcomes = policies.map((policy) => evaluatePolicy(policy, { endpoint, verdicts, facts }));
  return { endpoint, facts, verdicts, score, outcomes };
}
