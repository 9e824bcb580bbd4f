import { boundedShapes, MAX_ORIGINS, MAX_PROBE_SHAPES, MAX_SHAPES, ORIGIN } from './bounded-shapes.ts';
import { FACT_COLUMNS, FOUND } from './fact-columns.ts';
import { OBSERVATION_COLUMNS } from './tables.ts';

/** A view by its name, the table whose inserted blocks it reads, and the table it fills. */
export interface View {
  readonly name: string;
  readonly target: string;
  readonly select: string;
}

/** The views over the staging tables, in the order they are created. */
export function views(): View[] {
  const observed = OBSERVATION_COLUMNS.map(([name]) => name).join(', ');
  return [
    fromStage('observations', `SELECT ${observed} FROM stage WHERE why = ''`),
    fromStage('grouped', groupedSelect()),
    { name: 'grouped_to_facts', target: 'facts', select: factsSelect() },
    { name: 'grouped_to_bounded_facts', target: 'facts', select: boundedFactsSelect() },
    fromStage('shapes', shapesSelect()),
    fromStage(
      'line_counts',
      `SELECT batch, part, format, why, count() AS lines, min(ts) AS time_min, max(ts) AS time_max
      FROM stage GROUP BY batch, part, format, why`,
    ),
    fromStage(
      'rejects',
      `SELECT batch, why, n, example FROM stage WHERE why NOT IN ('', 'blank') ORDER BY batch, why, n LIMIT 3 BY batch, why`,
    ),
  ];
}

const fromStage = (target: string, select: string): View => ({ name: `stage_to_${target}`, target, select });

const FACT_NAMES = FACT_COLUMNS.map(({ name }) => name).join(', ');

/**
 * The facts of a block before its bounds are looked at. Whether any bound is exceeded is counted over the whole
 * block, which costs no sorting: ranking shapes did, and took three quarters of the time of a block that needed none.
 */
function groupedSelect(): string {
  const aggregates = FACT_COLUMNS.map(({ name, fromStage: expression }) => `${expression} AS ${name}`).join(
    ',\n',
  );
  const groups = `SELECT toStartOfFiveMinutes(stage.ts) AS window, vantage, ${ORIGIN}, method, shape, shape_id,
      ${aggregates}, uniqCombined64StateIf(12)(stage.consumer, stage.consumer != 0) AS consumers
    FROM stage WHERE why = '' GROUP BY window, vantage, ${ORIGIN}, method, shape, shape_id`;
  return `SELECT *, uniqExact(shape_id) OVER () > ${MAX_SHAPES} OR uniqExact(shape_id) OVER () - uniqExactIf(shape_id, found > 0) OVER () > ${MAX_PROBE_SHAPES}
      OR uniqExact((${ORIGIN})) OVER () > ${MAX_ORIGINS} AS is_over_bound FROM (${groups})`;
}

/** A block within its bounds goes in as it is; the table merges equal keys. */
function factsSelect(): string {
  return `SELECT window, vantage, shape_id, ${FACT_NAMES}, consumers FROM grouped WHERE NOT is_over_bound`;
}

function boundedFactsSelect(): string {
  const inner = `SELECT * FROM grouped WHERE is_over_bound`;
  return `SELECT b.window AS window, b.vantage AS vantage, b.kept_id AS shape_id,
      ${FACT_COLUMNS.map(({ name }) => `b.${name} AS ${name}`).join(', ')}, b.consumers AS consumers
    FROM (${boundedShapes(inner, `window, vantage, ${FACT_NAMES}, consumers`)}) AS b`;
}

function shapesSelect(): string {
  const inner = `SELECT ${ORIGIN}, method, shape, shape_id, count() AS calls, countIf(${FOUND}) AS found,
      min(ts) AS first_seen, max(ts) AS last_seen
    FROM stage WHERE why = '' GROUP BY ${ORIGIN}, method, shape, shape_id`;
  return `SELECT b.kept_service AS service, b.kept_host AS host, b.kept_source AS source, b.kept_method AS method,
      b.kept_shape AS shape, b.kept_id AS shape_id, sum(b.calls) AS calls, sum(b.found) AS found,
      min(b.first_seen) AS first_seen, max(b.last_seen) AS last_seen
    FROM (${boundedShapes(inner, 'calls, found, first_seen, last_seen')}) AS b
    GROUP BY service, host, source, method, shape, shape_id`;
}
