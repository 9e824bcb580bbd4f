import type { METRIC_IDS, Metric } from '../../model/report.ts';
import { oneDecimal } from './one-decimal.ts';

export type MetricId = (typeof METRIC_IDS)[number];

interface Goal {
  readonly title: string;
  readonly unit: Metric['unit'];
  readonly target: string;
  readonly meets: (value: number) => boolean;
}

const GOALS: Readonly<Record<MetricId, Goal>> = {
  discovery_coverage: above(95, 'percent', 'Discovery coverage'),
  average_risk: below(25, 'score', 'Average risk'),
  critical_findings: exactly(0, 'count', 'Critical endpoints'),
  shadow_apis: exactly(0, 'count', 'Shadow APIs'),
  authentication_coverage: exactly(100, 'percent', 'Authentication coverage'),
  tls_coverage: exactly(100, 'percent', 'TLS coverage'),
  policy_compliance: above(90, 'percent', 'Policy compliance'),
  mean_time_to_remediate: below(7, 'days', 'Mean time to remediate'),
};

/** A metric with its goal; without anything known the value is null, whatever was counted. */
export function metric(
  id: MetricId,
  { value, ...rest }: Pick<Metric, 'known' | 'unknown' | 'how'> & { readonly value: number },
): Metric {
  const { title, unit, target, meets } = GOALS[id];
  if (rest.known === 0) return { id, title, value: null, unit, target, met: 'unknown', ...rest };
  return { id, title, value, unit, target, met: meets(value) ? 'met' : 'missed', ...rest };
}

/**
 * A share in percent, to one decimal. Rounding never moves it across the target: 99.96 of 100 shows as 99.9, and
 * 95.04 of more than 95 as 95.1.
 */
export function percentage(id: MetricId, part: number, whole: number): number {
  if (whole === 0) return 0;
  const rounded = oneDecimal(100 * part, whole);
  const { meets } = GOALS[id];
  const met = meets((100 * part) / whole);
  if (meets(rounded) === met) return rounded;
  const tenths = (1000 * part) / whole;
  return (met ? Math.ceil(tenths) : Math.floor(tenths)) / 10;
}

function above(bound: number, unit: Metric['unit'], title: string): Goal {
  return { title, unit, target: `> ${bound}`, meets: (value) => value > bound };
}

function below(bound: number, unit: Metric['unit'], title: string): Goal {
  return { title, unit, target: `< ${bound}`, meets: (value) => value < bound };
}

function exactly(value: number, unit: Metric['unit'], title: string): Goal {
  return { title, unit, target: `= ${value}`, meets: (found) => found === value };
}
