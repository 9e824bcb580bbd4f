import { OVERFLOW_SHAPE, PROBE_SHAPE } from '../../model/shape.ts';

/** Distinct shapes kept per insert block and origin before the rest share `{overflow}`. */
export const MAX_SHAPES = 10_000;
/** Shapes that only ever answered 404 or 405, kept per block and origin before the rest share `{probe}`. */
export const MAX_PROBE_SHAPES = 2_000;
/** Distinct origins (gateway service, host, source) kept per block. */
export const MAX_ORIGINS = 500;
/** What makes an origin. */
export const ORIGIN = 'service, host, source';

/**
 * A SELECT that ranks the distinct shapes of a block, never its records, and folds what is over a bound into
 * one shape. `inner` is a SELECT of ORIGIN, method, shape, shape_id, calls and found, one row per shape or
 * finer; `columns` are those of its columns that are passed on beside the `kept_` ones.
 */
export function boundedShapes(inner: string, columns: string): string {
  const ranked = `SELECT *, sum(calls) OVER (PARTITION BY shape_id) AS shape_calls,
      sum(found) OVER (PARTITION BY shape_id) AS shape_found,
      sum(calls) OVER (PARTITION BY ${ORIGIN}) AS origin_calls FROM (${inner})`;
  const placed = `SELECT *, shape_found = 0 AS is_probe,
      dense_rank() OVER (ORDER BY origin_calls DESC, ${ORIGIN}) AS origin_rank,
      dense_rank() OVER (PARTITION BY ${ORIGIN}, shape_found = 0 ORDER BY shape_calls DESC, shape_id) AS shape_rank FROM (${ranked})`;
  return `SELECT ${columns},
      origin_rank > ${MAX_ORIGINS} AS is_far,
      is_far OR shape_rank > if(is_probe, ${MAX_PROBE_SHAPES}, ${MAX_SHAPES}) AS is_over,
      if(is_far, '${OVERFLOW_SHAPE}', service) AS kept_service, if(is_far, '', host) AS kept_host, if(is_far, '', source) AS kept_source,
      if(is_over, 'OTHER', method) AS kept_method,
      multiIf(NOT is_over, shape, is_probe, '${PROBE_SHAPE}', '${OVERFLOW_SHAPE}') AS kept_shape,
      if(is_over, sipHash64(kept_service, kept_host, kept_source, kept_method, kept_shape), shape_id) AS kept_id
    FROM (${placed})`;
}
