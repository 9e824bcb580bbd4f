import type { Assessment } from '../../model/assessment.ts';
import type { ControlId, VerdictKind } from '../../model/verdict.ts';

/** How many endpoints have each kind of verdict for a control; an endpoint without a verdict is unknown. */
export function countControlKinds(
  assessments: readonly Assessment[],
  control: ControlId,
): Readonly<Record<VerdictKind, number>> {
  const counts = { pass: 0, fail: 0, mixed: 0, unknown: 0, 'not-applicable': 0 };
  for (const { verdicts } of assessments) {
    counts[verdicts.find((verdict) => verdict.control === control)?.kind ?? 'unknown'] += 1;
  }
  return counts;
}
