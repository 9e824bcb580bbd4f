/** How much a missing control, a violated policy or a finding matters; the order is the mission's. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Risk level of a severity: critical 4, high 3, medium 2, low 1, info 0. */
export const RISK_LEVEL: Readonly<Record<Severity, number>> = {
  critical: 4,
  high: 3,
  medium: 2,
  low: 1,
  info: 0,
};

/** The band of a risk score; `unknown` when nothing could be assessed. */
export type RiskBand = 'critical' | 'high' | 'medium' | 'low' | 'unknown';
