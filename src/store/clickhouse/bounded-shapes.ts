import { OVERFLOW_SHAPE, PROBE_SHAPE } from '../../model/shape.ts';

/** Distinct shapes kept per insert block and origin before the rest share `{overflow}`. */
export const MAX_SHAPES = 10_000;
/** Shapes that only ever answered 404 or 405, kept per block and origin before the rest share `{probe}`. */
export const MAX_PROBE_SHAPES = 2_000;
/** Distinct origins (gateway service, host, source) kept per block. */
export const MAX_ORIGINS = 500;
const ORIGIN = 'service, host, source';

/**
 * A SELECT that ranks the distinct shapes of a block, never its records, and folds what is over a bound into
 * one shape. `inner` is a SELECT of shape_key, shape_id, calls and found, one row per shape or finer; `columns` are
 * those of its columns that are passed on beside `kept_key` and `kept_id`.
 */
export function boundedShapes(inner: string, columns: string): string {
  const split = `SELECT *, splitByChar('\\0', shape_key) AS key, key[1] AS service, key[2] AS host, key[3] AS source FROM (${inner})`;
  const ranked = `SELECT *, sum(calls) OVER (PARTITION BY shape_id) AS shape_calls,
      sum(found) OVER (PARTITION BY shape_id) AS shape_found,
      sum(calls) OVER (PARTITION BY ${ORIGIN}) AS origin_calls FROM (${split})`;
  const placed = `SELECT *, shape_found = 0 AS is_probe,
      dense_rank() OVER (ORDER BY origin_calls DESC, ${ORIGIN}) AS origin_rank,
      dense_rank() OVER (PARTITION BY ${ORIGIN}, shape_found = 0 ORDER BY shape_calls DESC, shape_id) AS shape_rank FROM (${ranked})`;
  const folded = `concat(if(is_far, '${OVERFLOW_SHAPE}\\0\\0', concat(service, '\\0', host, '\\0', source)), '\\0OTHER\\0',
      if(is_probe, '${PROBE_SHAPE}', '${OVERFLOW_SHAPE}'))`;
  return `SELECT ${columns},
      origin_rank > ${MAX_ORIGINS} AS is_far,
      is_far OR shape_rank > if(is_probe, ${MAX_PROBE_SHAPES}, ${MAX_SHAPES}) AS is_over,
      if(is_over, ${folded}, shape_key) AS kept_key,
      if(is_over, sipHash64(kept_key), shape_id) AS kept_id
    FROM (${placed})`;
}
