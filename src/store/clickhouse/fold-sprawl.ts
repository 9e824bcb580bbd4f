import { OVERFLOW_SHAPE, PROBE_SHAPE } from '../../model/shape.ts';
import type { Analytics } from './analytics.ts';
import { MAX_ORIGINS, MAX_PROBE_SHAPES, MAX_SHAPES } from './bounds.ts';
import { FOUND } from './fact-columns.ts';
import { literal } from './literal.ts';
import { GROUPED_NAMES } from './tables.ts';

/** What makes an origin. */
const ORIGIN = 'service, host, source';

/**
 * Folds the facts of a batch that exceeded a bound, if it did, and puts them where those of other batches are.
 * Can be called again with the same token whenever a crash came in between. Throws STORE_FAILED.
 */
export async function foldSprawl(
  analytics: Analytics,
  { batch, token, settings }: { readonly batch: number; readonly token: string; readonly settings: string },
): Promise<void> {
  const rows = await analytics.query(
    'SELECT 1 AS found FROM unbounded AS u WHERE u.batch = {batch:UInt32} LIMIT 1',
    { batch },
  );
  if (rows.length === 0) return;
  await analytics.command(
    `INSERT INTO bounded (${GROUPED_NAMES.join(', ')}) SETTINGS insert_deduplication_token = ${literal(token)}, ${settings} ${boundedSelect()}`,
    { batch },
  );
}

/** The groups of a batch with the shapes its bounds leave. */
function boundedSelect(): string {
  const columns = GROUPED_NAMES.map((name) => {
    if (name === 'shape_key') return `if(o.folded_key = '', u.shape_key, o.folded_key) AS shape_key`;
    if (name === 'shape_id') return `if(o.folded_key = '', u.shape_id, sipHash64(o.folded_key)) AS shape_id`;
    return `u.${name} AS ${name}`;
  });
  return `SELECT ${columns.join(', ')} FROM (SELECT * FROM unbounded WHERE batch = {batch:UInt32}) AS u
    LEFT ANY JOIN (${foldedShapes()}) AS o ON o.shape_id = u.shape_id`;
}

/** What shapes over a bound become. Ranks distinct shapes and nothing else: over whole groups it took half a second. */
function foldedShapes(): string {
  const shapes = `SELECT shape_id, splitByChar('\\0', any(shape_key)) AS key, key[1] AS service, key[2] AS host, key[3] AS source,
      sum(calls) AS shape_calls, sumIf(calls, ${FOUND}) = 0 AS is_probe
    FROM unbounded WHERE batch = {batch:UInt32} GROUP BY shape_id`;
  const ranked = `SELECT *, sum(shape_calls) OVER (PARTITION BY ${ORIGIN}) AS origin_calls,
      row_number() OVER (PARTITION BY ${ORIGIN}, is_probe ORDER BY shape_calls DESC, shape_id) AS shape_rank FROM (${shapes})`;
  const placed = `SELECT *, dense_rank() OVER (ORDER BY origin_calls DESC, ${ORIGIN}) > ${MAX_ORIGINS} AS is_far FROM (${ranked})`;
  const origin = `if(is_far, '${OVERFLOW_SHAPE}\\0\\0', concat(service, '\\0', host, '\\0', source))`;
  return `SELECT shape_id, concat(${origin}, '\\0OTHER\\0', if(is_probe, '${PROBE_SHAPE}', '${OVERFLOW_SHAPE}')) AS folded_key
    FROM (${placed}) WHERE is_far OR shape_rank > if(is_probe, ${MAX_PROBE_SHAPES}, ${MAX_SHAPES})`;
}
