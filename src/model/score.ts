import type { RiskBand } from './severity.ts';

/** One named part of a risk score, in points with one decimal. */
export interface Contribution {
  /** A control id, `undocumented`, `sensitive:<type>`, or `cap`. */
  readonly factor: string;
  readonly points: number;
  readonly reason: string;
}

/** The composite risk score of one endpoint. */
export interface RiskScore {
  /** 0-100, one decimal; 0 when nothing was assessed. */
  readonly value: number;
  readonly band: RiskBand;
  readonly assessed: boolean;
  /** Share of the control weights that could be judged, 0-1. */
  readonly confidence: number;
  /** Sums exactly to `value`; the cap line, when there is one, is negative and last. */
  readonly contributions: readonly Contribution[];
}
