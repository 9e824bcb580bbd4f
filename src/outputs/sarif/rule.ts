import { compareSeverity, compareText } from '../../model/order.ts';
import type { FindingReport } from '../../model/report.ts';
import type { Severity } from '../../model/severity.ts';
import { messageText } from './message.ts';

/** GitHub shows at most ten of the twenty tags a rule may carry. */
const MAX_TAGS = 10;

/** GitHub reads above 9 as critical, from 7 as high, from 4 as medium, below as low. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.5',
};

export const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** One descriptor per rule that has a finding, by id; as severe as its most severe finding. */
export function rulesOf(findings: readonly FindingReport[]) {
  const worstByRule = new Map<string, FindingReport>();
  for (const finding of findings) {
    const known = worstByRule.get(finding.rule);
    if (known === undefined || compareSeverity(finding.severity, known.severity) < 0)
      worstByRule.set(finding.rule, finding);
  }
  return [...worstByRule.values()].sort((left, right) => compareText(left.rule, right.rule)).map(ruleOf);
}

function ruleOf({ rule, title, remediation, severity, control }: FindingReport) {
  return {
    id: rule,
    shortDescription: { text: messageText(title) },
    fullDescription: { text: messageText(title) },
    help: { text: messageText(remediation) },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: {
      'security-severity': SECURITY_SEVERITY[severity],
      tags: [...new Set(['security', 'api', control])].slice(0, MAX_TAGS),
    },
  };
}
