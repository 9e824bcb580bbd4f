import { DATA_TYPES, type DataType } from '../../model/data-type.ts';
import type { Classification, Documented } from '../../model/endpoint.ts';
import type { Contribution, RiskScore } from '../../model/score.ts';
import { RISK_LEVEL, type RiskBand } from '../../model/severity.ts';
import { CONTROLS, type Verdict } from '../../model/verdict.ts';

const WEIGHT_PER_LEVEL = 5;
const UNDOCUMENTED_PENALTY = 10n;
const SENSITIVE_TYPE_PENALTY = 5n;
/** 100 points, in tenths of a point. */
const CAP_TENTHS = 1000n;
const CONFIDENCE_STEPS = 10_000n;

/** Ten times the factor of each classification. */
const FACTOR_TENTHS: Readonly<Record<Classification, bigint>> = {
  shadow: 20n,
  deprecated: 18n,
  external: 15n,
  partner: 13n,
  internal: 10n,
  unknown: 10n,
};

const NOT_ASSESSED: RiskScore = {
  value: 0,
  band: 'unknown',
  assessed: false,
  confidence: 0,
  contributions: [],
};

export interface ScoreInput {
  /** One verdict per control, in any order. */
  readonly verdicts: readonly Verdict[];
  readonly classification: Classification;
  readonly documented: Documented;
  /** Repeated types count once. */
  readonly sensitiveDataTypes: readonly DataType[];
}

/** A part of the score before it is turned into points: weight / maximum. */
interface Part {
  readonly factor: string;
  readonly weight: bigint;
  readonly maximum: bigint;
  readonly reason: string;
}

/**
 * The composite risk score of an endpoint, 0-100 with one decimal, half up:
 * `min(100, 100 × factor × (failed / assessedMax + penalties / fullMax))`, weights being severity × 5.
 * Required controls of kind fail or mixed are failed; unknown ones weigh in `fullMax` only; those that are not
 * required weigh in both maxima. Computed in exact fractions, so that neither order nor platform changes a digit.
 */
export function compositeScore(input: ScoreInput): RiskScore {
  const fullMax = sumOfWeights(input.verdicts);
  const assessedMax = sumOfWeights(input.verdicts.filter((verdict) => !isOpen(verdict)));
  if (assessedMax === 0n || !input.verdicts.some(isJudged)) return NOT_ASSESSED;

  const factorTenths = FACTOR_TENTHS[input.classification];
  const times = `times ${Number(factorTenths) / 10} (${input.classification})`;
  const parts = [...failedControls(input.verdicts, assessedMax, times), ...penalties(input, fullMax, times)];
  const tenths = tenthsOf(parts, factorTenths, assessedMax * fullMax);
  const uncapped = tenths.reduce((sum, one) => sum + one, 0n);
  const value = Number(uncapped < CAP_TENTHS ? uncapped : CAP_TENTHS) / 10;
  const contributions = parts.map(({ factor, reason }, index) => ({
    factor,
    points: Number(tenths[index]) / 10,
    reason,
  }));
  return {
    value,
    band: bandOf(value),
    assessed: true,
    confidence: Number(halfUp(assessedMax * CONFIDENCE_STEPS, fullMax)) / Number(CONFIDENCE_STEPS),
    contributions: [...contributions, ...capLine(uncapped)],
  };
}

/** The band of an assessed score: critical from 75, high from 50, medium from 25, else low. */
export function bandOf(value: number): Exclude<RiskBand, 'unknown'> {
  if (value >= 75) return 'critical';
  if (value >= 50) return 'high';
  return value >= 25 ? 'medium' : 'low';
}

function weightOf(verdict: Verdict): bigint {
  return BigInt(RISK_LEVEL[verdict.severity] * WEIGHT_PER_LEVEL);
}

function sumOfWeights(verdicts: readonly Verdict[]): bigint {
  return verdicts.reduce((sum, verdict) => sum + weightOf(verdict), 0n);
}

function isOpen(verdict: Verdict): boolean {
  return verdict.required && verdict.kind === 'unknown';
}

function isJudged({ kind }: Verdict): boolean {
  return kind === 'pass' || kind === 'fail' || kind === 'mixed';
}

function isFailed({ required, kind }: Verdict): boolean {
  return required && (kind === 'fail' || kind === 'mixed');
}

function failedControls(verdicts: readonly Verdict[], maximum: bigint, times: string): Part[] {
  return verdicts
    .filter(isFailed)
    .sort((left, right) => CONTROLS.indexOf(left.control) - CONTROLS.indexOf(right.control))
    .map((verdict) => ({
      factor: verdict.control,
      weight: weightOf(verdict),
      maximum,
      reason: `Weight ${weightOf(verdict)} of ${maximum} assessed, ${times}${shareNote(verdict)}: ${verdict.reason}`,
    }));
}

function shareNote({ kind, failedShare }: Verdict): string {
  if (kind !== 'mixed' || failedShare === undefined) return '';
  return `, counted in full although ${Number((failedShare * 100).toFixed(2))} % failed`;
}

function penalties({ documented, sensitiveDataTypes }: ScoreInput, maximum: bigint, times: string): Part[] {
  const penalty = (factor: string, weight: bigint, why: string): Part => ({
    factor,
    weight,
    maximum,
    reason: `Penalty ${weight} of ${maximum} in all, ${times}: ${why}.`,
  });
  const undocumented =
    documented === false
      ? [penalty('undocumented', UNDOCUMENTED_PENALTY, 'the specs of its service leave this endpoint out')]
      : [];
  const sensitive = DATA_TYPES.filter((type) => sensitiveDataTypes.includes(type)).map((type) =>
    penalty(`sensitive:${type}`, SENSITIVE_TYPE_PENALTY, `${type} was found in its traffic`),
  );
  return [...undocumented, ...sensitive];
}

/**
 * Points of each part in tenths, summing to the exact total rounded half up: every part is cut to whole tenths, and
 * the tenths left over go to the largest remainders, the earlier part first among equals.
 */
function tenthsOf(parts: readonly Part[], factorTenths: bigint, denominator: bigint): bigint[] {
  const numerators = parts.map(
    ({ weight, maximum }) => 100n * factorTenths * weight * (denominator / maximum),
  );
  const exact = numerators.reduce((sum, one) => sum + one, 0n);
  const whole = numerators.map((one) => one / denominator);
  const leftOver = halfUp(exact, denominator) - whole.reduce((sum, one) => sum + one, 0n);
  const raised = numerators
    .map((numerator, index) => ({ index, remainder: numerator % denominator }))
    .sort((left, right) => Number(right.remainder - left.remainder))
    .slice(0, Number(leftOver))
    .map(({ index }) => index);
  return whole.map((one, index) => (raised.includes(index) ? one + 1n : one));
}

function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

function capLine(uncapped: bigint): Contribution[] {
  if (uncapped <= CAP_TENTHS) return [];
  const points = Number(CAP_TENTHS - uncapped) / 10;
  return [
    { factor: 'cap', points, reason: `A score ends at 100; the parts sum to ${Number(uncapped) / 10}.` },
  ];
}
