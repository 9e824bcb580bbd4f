import type { Finding } from '../../model/finding.ts';

const WINDOW_DAYS = 90;
export const DAY_MS = 86_400_000;

/** A finding that is resolved, with the moment it was. */
type ResolvedFinding = Finding & { readonly resolvedAt: string };

/** Whether a finding was resolved within the last 90 days; a clock set back hides none. */
export function isResolvedLately(finding: Finding, now: Date): finding is ResolvedFinding {
  if (finding.state !== 'resolved' || finding.resolvedAt === undefined) return false;
  return now.getTime() - Date.parse(finding.resolvedAt) <= WINDOW_DAYS * DAY_MS;
}
