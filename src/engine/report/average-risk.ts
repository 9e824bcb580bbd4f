import type { Assessment } from '../../model/assessment.ts';
import { oneDecimal } from './one-decimal.ts';

export interface AverageRisk {
  /** Mean score of the assessed endpoints, one decimal, half up; 0 when none is assessed. */
  readonly value: number;
  /** Sum of the scores, one decimal. */
  readonly sum: number;
  readonly assessed: number;
  readonly notAssessed: number;
}

/** The average risk score; endpoints that could not be assessed are counted beside it. */
export function averageRisk(assessments: readonly Assessment[]): AverageRisk {
  const assessed = assessments.filter(({ score }) => score.assessed);
  const tenths = assessed.reduce((sum, { score }) => sum + Math.round(score.value * 10), 0);
  return {
    value: assessed.length === 0 ? 0 : oneDecimal(tenths, 10 * assessed.length),
    sum: tenths / 10,
    assessed: assessed.length,
    notAssessed: assessments.length - assessed.length,
  };
}
