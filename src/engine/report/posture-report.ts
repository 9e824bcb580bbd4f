import type { Assessment } from '../../model/assessment.ts';
import type { Classification } from '../../model/endpoint.ts';
import { compareEndpoints } from '../../model/order.ts';
import type { PostureReport } from '../../model/report.ts';
import { averageRisk } from './average-risk.ts';
import { countControlKinds } from './count-control-kinds.ts';

const TOP_RISKS = 20;

export interface PostureReportInput {
  readonly assessments: readonly Assessment[];
  readonly now: Date;
}

/** The posture of the whole inventory in numbers; what is not known is counted beside what is. */
export function postureReport({ assessments, now }: PostureReportInput): PostureReport {
  const average = averageRisk(assessments);
  const authentication = countControlKinds(assessments, 'authentication');
  const tls = countControlKinds(assessments, 'transport_encryption');
  return {
    report_date: now.toISOString(),
    empty: assessments.length === 0,
    total_apis: assessments.length,
    average_risk_score: average.value,
    not_assessed: average.notAssessed,
    risk_distribution: riskDistribution(assessments),
    classification: classificationCounts(assessments),
    undocumented_apis: assessments.filter(({ endpoint }) => endpoint.documented === false).length,
    documentation_unknown: assessments.filter(({ endpoint }) => endpoint.documented === 'unknown').length,
    missing_authentication: authentication.fail + authentication.mixed,
    authentication_unknown: authentication.unknown,
    missing_tls: tls.fail + tls.mixed,
    tls_unknown: tls.unknown,
    top_risks: topRisks(assessments),
  };
}

/** INFO belongs to the mission's levels, but no composite score has that band. */
function riskDistribution(assessments: readonly Assessment[]): PostureReport['risk_distribution'] {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
  for (const { score } of assessments) counts[score.band] += 1;
  return {
    CRITICAL: counts.critical,
    HIGH: counts.high,
    MEDIUM: counts.medium,
    LOW: counts.low,
    INFO: 0,
    UNKNOWN: counts.unknown,
  };
}

function classificationCounts(assessments: readonly Assessment[]): Record<Classification, number> {
  const counts = { external: 0, internal: 0, partner: 0, shadow: 0, deprecated: 0, unknown: 0 };
  for (const { endpoint } of assessments) counts[endpoint.classification] += 1;
  return counts;
}

function topRisks(assessments: readonly Assessment[]): PostureReport['top_risks'] {
  return assessments
    .toSorted(
      (left, right) =>
        right.score.value - left.score.value || compareEndpoints(left.endpoint, right.endpoint),
    )
    .slice(0, TOP_RISKS)
    .map(({ endpoint, score }) => ({
      api_id: endpoint.apiId,
      method: endpoint.method,
      path: endpoint.path,
      service: endpoint.service,
      risk_score: score.value,
      classification: endpoint.classification,
    }));
}
