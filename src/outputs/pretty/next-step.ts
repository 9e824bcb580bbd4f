import { compareSeverity } from '../../model/order.ts';
import type { FindingReport, ScanReport } from '../../model/report.ts';

/** What to do now, one sentence to a line. */
export function nextSteps(report: ScanReport): readonly string[] {
  if (!report.complete)
    return ['Run the same command again. With --data it goes on where it was interrupted.'];
  if (report.report.empty) {
    return [
      'Give `stance scan` access logs or API descriptions.',
      'docs/reference/formats.md lists what it reads.',
    ];
  }
  const worst = worstOpenFinding(report.findings);
  if (worst !== undefined) return [fixText(worst), 'Every finding: --output json=report.json'];
  if (report.report.not_assessed === report.report.total_apis) {
    return ['Let the gateway log request and response headers: without them no control can be judged.'];
  }
  return ['Nothing is open. `--fail-on high` in CI keeps it so.'];
}

function worstOpenFinding(findings: readonly FindingReport[]): FindingReport | undefined {
  return findings
    .filter(({ state }) => state !== 'resolved')
    .reduce<FindingReport | undefined>((worst, finding) => {
      const isWorse = worst === undefined || compareSeverity(finding.severity, worst.severity) < 0;
      return isWorse ? finding : worst;
    }, undefined);
}

function fixText({ id, title, endpoint, remediation }: FindingReport): string {
  const where = `${endpoint.method} ${endpoint.path} (${endpoint.service})`;
  return `${id}: ${title}: ${where}. ${remediation}`;
}
