import { OVERFLOW_SHAPE, PROBE_SHAPE } from '../../model/shape.ts';
import type { Analytics } from './analytics.ts';
import { MAX_ORIGINS, MAX_PROBE_SHAPES, MAX_SHAPES } from './bounds.ts';
import { FOUND } from './fact-columns.ts';
import { literal } from './literal.ts';
import { GROUPED_COLUMNS } from './tables.ts';

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
    `INSERT INTO bounded (${NAMES.join(', ')}) SETTINGS insert_deduplication_token = ${literal(token)}, ${settings} ${boundedSelect()}`,
    { batch },
  );
}

const NAMES = GROUPED_COLUMNS.map(([name]) => name);

/** The groups of a batch with the shapes its bounds leave, ranked by distinct shapes and never by records. */
function boundedSelect(): string {
  const split = `SELECT *, splitByChar('\\0', shape_key) AS key, key[1] AS service, key[2] AS host, key[3] AS source,
      if(${FOUND}, calls, 0) AS found FROM unbounded WHERE batch = {batch:UInt32}`;
  const ranked = `SELECT *, sum(calls) OVER (PARTITION BY shape_id) AS shape_calls,
      sum(found) OVER (PARTITION BY shape_id) AS shape_found,
      sum(calls) OVER (PARTITION BY ${ORIGIN}) AS origin_calls FROM (${split})`;
  const placed = `SELECT *, shape_found = 0 AS is_probe,
      dense_rank() OVER (ORDER BY origin_calls DESC, ${ORIGIN}) AS origin_rank,
      dense_rank() OVER (PARTITION BY ${ORIGIN}, shape_found = 0 ORDER BY shape_calls DESC, shape_id) AS shape_rank FROM (${ranked})`;
  const origin = `if(is_far, '${OVERFLOW_SHAPE}\\0\\0', concat(service, '\\0', host, '\\0', source))`;
  const folded = `concat(${origin}, '\\0OTHER\\0', if(is_probe, '${PROBE_SHAPE}', '${OVERFLOW_SHAPE}'))`;
  const kept = `SELECT *, origin_rank > ${MAX_ORIGINS} AS is_far,
      is_far OR shape_rank > if(is_probe, ${MAX_PROBE_SHAPES}, ${MAX_SHAPES}) AS is_over,
      if(is_over, ${folded}, shape_key) AS kept_key, if(is_over, sipHash64(kept_key), shape_id) AS kept_id FROM (${placed})`;
  const columns = NAMES.map((name) => {
    if (name === 'shape_key') return 'k.kept_key AS shape_key';
    return name === 'shape_id' ? 'k.kept_id AS shape_id' : `k.${name} AS ${name}`;
  });
  return `SELECT ${columns.join(', ')} FROM (${kept}) AS k ORDER BY ${NAMES.filter((name) => name !== 'consumers').join(', ')}`;
}
