import { MAX_ORIGINS, MAX_PROBE_SHAPES, MAX_SHAPES } from './bounds.ts';
import { FACT_COLUMNS, FOUND, GROUPED_AGGREGATES, GROUPED_KEYS } from './fact-columns.ts';
import { GROUPED_NAMES, OBSERVATION_COLUMNS } from './tables.ts';

/** A view by its name, the table whose inserted blocks it reads, and the table it fills. */
export interface View {
  readonly name: string;
  readonly target: string;
  readonly select: string;
}

const WITHIN_BOUNDS = 'WHERE NOT is_over_bound';

/**
 * The views over the passing tables, in the order they are created. Each of them is analysed for every statement,
 * whether rows reach it or not, so that blocks over a bound are set aside for a statement of their own.
 */
export function views(): View[] {
  const observed = OBSERVATION_COLUMNS.map(([name]) => name).join(', ');
  return [
    view('stage', 'observations', `SELECT ${observed} FROM stage WHERE why = ''`),
    view('stage', 'grouped', groupedSelect()),
    view('grouped', 'facts', factsSelect(`grouped ${WITHIN_BOUNDS}`)),
    view('grouped', 'shapes', shapesSelect(`grouped ${WITHIN_BOUNDS}`)),
    view('grouped', 'unbounded', unboundedSelect()),
    view('bounded', 'facts', factsSelect('bounded')),
    view('bounded', 'shapes', shapesSelect('bounded')),
    view('stage', 'line_counts', lineCountsSelect()),
    view(
      'stage',
      'rejects',
      `SELECT batch, why, n, example FROM stage WHERE why NOT IN ('', 'blank') ORDER BY batch, why, n LIMIT 3 BY batch, why`,
    ),
  ];
}

const view = (source: string, target: string, select: string): View => ({
  name: `${source}_to_${target}`,
  target,
  select,
});

/**
 * The exchanges of a block by shape, window and traits, before its bounds are looked at. Whether any bound is exceeded
 * is counted over the whole block, which costs no sorting: ranking shapes did, and took three quarters of the time of
 * a block that needed none. The key is carried along by its id: as five grouping keys it took four times as long.
 */
function groupedSelect(): string {
  const keys = GROUPED_KEYS.map(([name]) => `stage.${name} AS ${name}`);
  const aggregates = GROUPED_AGGREGATES.map(({ name, fromStage }) => `${fromStage} AS ${name}`);
  const groups = `SELECT toStartOfFiveMinutes(stage.ts) AS window, stage.vantage AS vantage,
      any(stage.shape_key) AS shape_key, stage.shape_id AS shape_id, ${[...keys, ...aggregates].join(', ')},
      uniqCombined64StateIf(12)(stage.consumer, stage.consumer != 0) AS consumers
    FROM stage WHERE stage.why = '' GROUP BY window, vantage, shape_id, ${GROUPED_KEYS.map(([name]) => name).join(', ')}`;
  return `SELECT *, uniqExact(shape_id) OVER () > ${MAX_SHAPES}
      OR uniqExact(shape_id) OVER () - uniqExactIf(shape_id, ${FOUND}) OVER () > ${MAX_PROBE_SHAPES}
      OR uniqExact(arraySlice(splitByChar('\\0', shape_key), 1, 3)) OVER () > ${MAX_ORIGINS} AS is_over_bound
    FROM (${groups})`;
}

/** Groups go in as they are; the table merges equal keys. */
function factsSelect(groups: string): string {
  const facts = FACT_COLUMNS.map(({ name, fromGrouped }) =>
    name === fromGrouped ? name : `${fromGrouped} AS ${name}`,
  );
  return `SELECT window, vantage, shape_id, ${facts.join(', ')}, consumers FROM ${groups}`;
}

function unboundedSelect(): string {
  return `SELECT toUInt32(bitShiftRight(first_line, 32)) AS batch, ${GROUPED_NAMES.join(', ')} FROM grouped WHERE is_over_bound`;
}

function shapesSelect(groups: string): string {
  const part = (name: string, place: number) => `splitByChar('\\0', key)[${place}] AS ${name}`;
  const shape = ['service', 'host', 'source', 'method', 'shape'].map((name, index) => part(name, index + 1));
  return `SELECT ${shape.join(', ')}, shape_id, calls, found, first_seen, last_seen
    FROM (SELECT any(g.shape_key) AS key, g.shape_id AS shape_id, sum(g.calls) AS calls, sumIf(g.calls, ${FOUND}) AS found,
        min(g.first_seen) AS first_seen, max(g.last_seen) AS last_seen
      FROM (SELECT * FROM ${groups}) AS g GROUP BY shape_id)`;
}

function lineCountsSelect(): string {
  return `SELECT batch, part, format, why, count() AS lines, min(ts) AS time_min, max(ts) AS time_max
    FROM stage GROUP BY batch, part, format, why`;
}
