import { OVERFLOW_SHAPE, PROBE_SHAPE } from '../../model/shape.ts';
import type { Analytics } from './analytics.ts';

/** Calls whose own path form was not kept, since a bound was reached. */
export interface Overflow {
  /** Calls beyond the bounds on shapes and origins. */
  readonly overflowCalls: number;
  /** Calls of paths that only ever answered 404 or 405, beyond their bound. */
  readonly probeCalls: number;
}

/** How many calls the shapes `{overflow}` and `{probe}` stand for, over all origins. */
export async function readOverflow(analytics: Analytics): Promise<Overflow> {
  const [row] = await analytics.query<{ overflow_calls: string; probe_calls: string }>(
    `SELECT sumIf(s.calls, s.shape = {overflow:String}) AS overflow_calls, sumIf(s.calls, s.shape = {probe:String}) AS probe_calls
     FROM shapes AS s WHERE s.shape IN ({overflow:String}, {probe:String})`,
    { overflow: OVERFLOW_SHAPE, probe: PROBE_SHAPE },
  );
  return { overflowCalls: Number(row?.overflow_calls ?? 0), probeCalls: Number(row?.probe_calls ?? 0) };
}
