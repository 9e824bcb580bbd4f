import type { Assessment } from '../../model/assessment.ts';
import type { Finding } from '../../model/finding.ts';
import { quantity } from '../../model/judge.ts';
import type { Metric } from '../../model/report.ts';
import type { ControlId } from '../../model/verdict.ts';
import { averageRisk } from './average-risk.ts';
import { countControlKinds } from './count-control-kinds.ts';
import { metric, percentage } from './metric-goals.ts';
import { oneDecimal } from './one-decimal.ts';
import { DAY_MS, isResolvedLately } from './resolved-lately.ts';

export interface MetricsInput {
  readonly assessments: readonly Assessment[];
  readonly findings: readonly Finding[];
  readonly now: Date;
}

/** The eight dashboard metrics; each value is null when nothing is known, and says what it rests on. */
export function metrics({ assessments, findings, now }: MetricsInput): Metric[] {
  return [
    discoveryCoverage(assessments),
    averageRiskMetric(assessments),
    criticalFindings(assessments),
    shadowApis(assessments),
    controlCoverage('authentication_coverage', 'authentication', assessments),
    controlCoverage('tls_coverage', 'transport_encryption', assessments),
    policyCompliance(assessments),
    meanTimeToRemediate(findings, now),
  ];
}

function discoveryCoverage(assessments: readonly Assessment[]): Metric {
  const documented = assessments.filter(({ endpoint }) => endpoint.documented === true).length;
  const unknown = assessments.filter(({ endpoint }) => endpoint.documented === 'unknown').length;
  const known = assessments.length - unknown;
  const value = percentage('discovery_coverage', documented, known);
  const how = `${documented} of ${endpoints(known)} in services with an API description are described; ${unclaimed(unknown)}.`;
  return metric('discovery_coverage', { value, known, unknown, how });
}

function averageRiskMetric(assessments: readonly Assessment[]): Metric {
  const { value, sum, assessed, notAssessed } = averageRisk(assessments);
  const how = `The scores of ${endpoints(assessed)} add up to ${sum}; ${notAssessed} could not be assessed.`;
  return metric('average_risk', { value, known: assessed, unknown: notAssessed, how });
}

function criticalFindings(assessments: readonly Assessment[]): Metric {
  const value = assessments.filter(({ score }) => score.band === 'critical').length;
  const known = assessments.filter(({ score }) => score.assessed).length;
  const unknown = assessments.length - known;
  const how = `${value} of ${endpoints(known)} have a score in the critical band; ${unknown} could not be assessed.`;
  return metric('critical_findings', { value, known, unknown, how });
}

function shadowApis(assessments: readonly Assessment[]): Metric {
  const value = assessments.filter(({ endpoint }) => endpoint.lifecycle === 'shadow').length;
  const unknown = assessments.filter(({ endpoint }) => endpoint.lifecycle === 'unknown').length;
  const known = assessments.length - unknown;
  const how = `${value} of ${endpoints(known)} in services with an API description were called without being described; ${unclaimed(unknown)}.`;
  return metric('shadow_apis', { value, known, unknown, how });
}

function controlCoverage(
  id: 'authentication_coverage' | 'tls_coverage',
  control: ControlId,
  assessments: readonly Assessment[],
): Metric {
  const { pass, fail, mixed, unknown } = countControlKinds(assessments, control);
  const known = pass + fail + mixed;
  const value = percentage(id, pass, known);
  const how = `${pass} of ${endpoints(known)} pass ${control}, ${fail} fail and ${mixed} do both; ${unknown} could not be judged.`;
  return metric(id, { value, known, unknown, how });
}

function policyCompliance(assessments: readonly Assessment[]): Metric {
  const standings = assessments.map(policyStanding);
  const compliant = standings.filter((standing) => standing === 'compliant').length;
  const violating = standings.filter((standing) => standing === 'violating').length;
  const unknown = standings.filter((standing) => standing === 'unknown').length;
  const known = compliant + violating;
  const value = percentage('policy_compliance', compliant, known);
  const how = `${compliant} of ${endpoints(known)} pass every policy in scope; ${unknown} violate none but have one that could not be judged; ${standings.length - known - unknown} are in no scope.`;
  return metric('policy_compliance', { value, known, unknown, how });
}

/** One violation settles the matter; without one, everything in scope must have been judged. */
function policyStanding({ outcomes }: Assessment): 'compliant' | 'violating' | 'unknown' | 'out-of-scope' {
  const inScope = outcomes.filter(({ kind }) => kind !== 'not-applicable');
  if (inScope.length === 0) return 'out-of-scope';
  if (inScope.some(({ kind }) => kind === 'fail' || kind === 'mixed')) return 'violating';
  return inScope.some(({ kind }) => kind === 'unknown') ? 'unknown' : 'compliant';
}

function meanTimeToRemediate(findings: readonly Finding[], now: Date): Metric {
  const resolved = findings.filter((finding) => isResolvedLately(finding, now));
  const unresolved = findings.filter(({ state }) => state !== 'resolved').length;
  const totalMs = resolved.reduce((sum, { openedAt, resolvedAt }) => {
    return sum + Math.max(0, Date.parse(resolvedAt) - Date.parse(openedAt));
  }, 0);
  const known = resolved.length;
  const value = known === 0 ? 0 : oneDecimal(totalMs, known * DAY_MS);
  const took = `${quantity(known, 'finding')} resolved in the last 90 days took ${oneDecimal(totalMs, DAY_MS)} days together`;
  const how = `${took}, from first opening to resolution; not resolved yet: ${unresolved}.`;
  return metric('mean_time_to_remediate', { value, known, unknown: 0, how });
}

function endpoints(count: number): string {
  return quantity(count, 'endpoint');
}

function unclaimed(count: number): string {
  return `no description claims the service of ${count}`;
}
