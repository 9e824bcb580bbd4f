import { DATA_TYPES } from '../../model/data-type.ts';
import { STAGE_COLUMNS } from './exchange-row.ts';
import { SECURITY_HEADERS_MASK } from './header-signals.ts';

/** Distinct shapes kept per batch and origin before the rest share `{overflow}`. */
export const MAX_SHAPES = 10_000;
/** Shapes that only ever answered 404 or 405, kept per batch and origin before the rest share `{probe}`. */
export const MAX_PROBE_SHAPES = 1_000;
/** Distinct origins (gateway service, host, source) kept per batch. */
export const MAX_ORIGINS = 500;
export const OVERFLOW_SHAPE = '{overflow}';
export const PROBE_SHAPE = '{probe}';
/** Latency buckets: up to 1, 2, 4, … 32768 ms, and beyond. */
export const LATENCY_BUCKETS = 17;
const NO_LINE = '18446744073709551615';

/** How tables are laid out: one engine on this machine, or replicated shards behind Distributed tables. */
export type Layout = { readonly mode: 'local' } | { readonly mode: 'cluster'; readonly cluster: string };

interface Table {
  readonly name: string;
  readonly columns: readonly (readonly [name: string, type: string])[];
  readonly engine: 'MergeTree' | 'AggregatingMergeTree' | 'ReplacingMergeTree';
  readonly engineArguments?: string;
  readonly partitionBy?: string;
  readonly orderBy: string;
  /** On a cluster, rows with equal values live on one shard. */
  readonly shardBy: string;
}

type Aggregate = readonly [name: string, type: string, fromStage: string];

const sum = (name: string, condition: string): Aggregate => [
  name,
  'SimpleAggregateFunction(sum, UInt64)',
  `countIf(${condition})`,
];
const lineOf = (name: string, condition: string): Aggregate => [
  name,
  'SimpleAggregateFunction(min, UInt64)',
  `min(if(${condition}, bitShiftLeft(toUInt64(batch), 32) + n, ${NO_LINE}))`,
];

/**
 * What the 5-minute facts keep, with how each comes from staging rows. All are mergeable and deterministic:
 * the same input gives the same bytes whatever the order of batches.
 */
export const FACT_AGGREGATES: readonly Aggregate[] = [
  ['calls', 'SimpleAggregateFunction(sum, UInt64)', 'count()'],
  ['first_seen', `SimpleAggregateFunction(min, DateTime64(3, 'UTC'))`, 'min(ts)'],
  ['last_seen', `SimpleAggregateFunction(max, DateTime64(3, 'UTC'))`, 'max(ts)'],
  ['request_bytes', 'SimpleAggregateFunction(sum, UInt64)', 'sum(request_bytes)'],
  ['response_bytes', 'SimpleAggregateFunction(sum, UInt64)', 'sum(response_bytes)'],
  sum('status_1xx', 'status < 200'),
  sum('status_2xx', 'status BETWEEN 200 AND 299'),
  sum('status_3xx', 'status BETWEEN 300 AND 399'),
  sum('status_4xx', 'status BETWEEN 400 AND 499'),
  sum('status_5xx', 'status >= 500'),
  sum('found', 'status NOT IN (404, 405)'),
  sum('auth_credentialed', 'authentication = 1'),
  sum('auth_refused', 'authentication = 2'),
  sum('auth_anonymous', 'authentication = 3'),
  sum('tls_https', 'transport = 1'),
  sum('tls_redirected', 'transport = 2'),
  sum('tls_http', 'transport = 3'),
  sum('limit_announced', 'rate_limit = 1'),
  sum('limit_refused', 'rate_limit = 2'),
  sum('limit_absent', 'rate_limit = 3'),
  sum('cors_wildcard', 'cors = 1'),
  sum('cors_specific', 'cors = 2'),
  sum('cors_absent', 'cors = 3'),
  sum('headers_complete', `security_headers = ${SECURITY_HEADERS_MASK}`),
  sum('headers_incomplete', `headers_visible AND security_headers != ${SECURITY_HEADERS_MASK}`),
  sum('missing_content_type_options', 'headers_visible AND bitAnd(security_headers, 1) = 0'),
  sum('missing_strict_transport', 'headers_visible AND bitAnd(security_headers, 2) = 0'),
  sum('missing_frame_options', 'headers_visible AND bitAnd(security_headers, 4) = 0'),
  sum('missing_cache_control', 'headers_visible AND bitAnd(security_headers, 8) = 0'),
  sum('validation_seen', 'validation = 1'),
  sum('validation_not_seen', 'validation = 2'),
  sum('sunset_present', 'sunset = 1'),
  sum('sunset_absent', 'sunset = 2'),
  sum('client_public', 'client = 1'),
  sum('client_private', 'client = 2'),
  ...DATA_TYPES.map((type, index) => sum(`data_${type}`, `bitAnd(sensitive, ${2 ** index}) != 0`)),
  ...Array.from({ length: LATENCY_BUCKETS }, (_, index) => sum(`latency_${index}`, latencyCondition(index))),
  lineOf('line_anonymous', 'authentication = 3'),
  lineOf('line_http', 'transport = 3'),
  lineOf('line_cors', 'cors = 1'),
  lineOf('line_headers', `headers_visible AND security_headers != ${SECURITY_HEADERS_MASK}`),
  lineOf('line_sensitive', 'sensitive != 0'),
];

function latencyCondition(index: number): string {
  const above = index === 0 ? 'latency_ms >= 0' : `latency_ms > ${2 ** (index - 1)}`;
  return index === LATENCY_BUCKETS - 1 ? above : `${above} AND latency_ms <= ${2 ** index}`;
}

const CONSUMERS_TYPE = 'AggregateFunction(uniqCombined64(12), UInt64)';

const TABLES: readonly Table[] = [
  {
    name: 'observations',
    columns: Object.entries(STAGE_COLUMNS).filter(
      ([name]) =>
        !['why', 'example', 'format', 'service', 'host', 'source', 'method', 'shape'].includes(name),
    ),
    engine: 'MergeTree',
    partitionBy: 'toYYYYMM(ts)',
    orderBy: '(shape_id, ts)',
    shardBy: 'shape_id',
  },
  {
    name: 'facts',
    columns: [
      ['window', `DateTime('UTC')`],
      ['vantage', 'LowCardinality(String)'],
      ['shape_id', 'UInt64'],
      ...FACT_AGGREGATES.map(([name, type]) => [name, type] as const),
      ['consumers', CONSUMERS_TYPE],
    ],
    engine: 'AggregatingMergeTree',
    partitionBy: 'toYYYYMM(window)',
    orderBy: '(shape_id, vantage, window)',
    shardBy: 'shape_id',
  },
  {
    name: 'shapes',
    columns: [
      ['service', 'String'],
      ['host', 'String'],
      ['source', 'String'],
      ['method', 'LowCardinality(String)'],
      ['shape', 'String'],
      ['shape_id', 'UInt64'],
      ['calls', 'SimpleAggregateFunction(sum, UInt64)'],
      ['found', 'SimpleAggregateFunction(sum, UInt64)'],
      ['first_seen', `SimpleAggregateFunction(min, DateTime64(3, 'UTC'))`],
      ['last_seen', `SimpleAggregateFunction(max, DateTime64(3, 'UTC'))`],
    ],
    engine: 'AggregatingMergeTree',
    orderBy: '(service, host, source, method, shape, shape_id)',
    shardBy: 'shape_id',
  },
  {
    name: 'line_counts',
    columns: [
      ['batch', 'UInt32'],
      ['format', 'LowCardinality(String)'],
      ['why', 'LowCardinality(String)'],
      ['lines', 'SimpleAggregateFunction(sum, UInt64)'],
      ['time_min', `SimpleAggregateFunction(min, DateTime64(3, 'UTC'))`],
      ['time_max', `SimpleAggregateFunction(max, DateTime64(3, 'UTC'))`],
    ],
    engine: 'AggregatingMergeTree',
    orderBy: '(batch, format, why)',
    shardBy: 'batch',
  },
  {
    name: 'rejects',
    columns: [
      ['batch', 'UInt32'],
      ['why', 'LowCardinality(String)'],
      ['n', 'UInt32'],
      ['example', 'String'],
    ],
    engine: 'MergeTree',
    orderBy: '(batch, why, n)',
    shardBy: 'batch',
  },
  {
    name: 'shape_endpoints',
    columns: [
      ['shape_id', 'UInt64'],
      ['api_id', 'String'],
      ['version', 'UInt64'],
    ],
    engine: 'ReplacingMergeTree',
    engineArguments: 'version',
    orderBy: 'shape_id',
    shardBy: 'shape_id',
  },
];

/** Every MergeTree target of a view needs a window of its own; it must exceed the batches that may be replayed. */
const DEDUPLICATION_WINDOW = 10_000;

/** All statements that create the traffic store, each safe to run again. */
export function schemaStatements(layout: Layout = { mode: 'local' }): string[] {
  return [
    createStage(layout),
    ...TABLES.flatMap((table) => createTable(table, layout)),
    ...Object.entries(viewSelects()).map(([target, select]) => createView(target, select, layout)),
  ];
}

export const TRAFFIC_TABLES: readonly string[] = TABLES.map((table) => table.name);
/** Tables whose months can be dropped when they leave the retention window. */
export const PARTITIONED_TABLES = { observations: 'observations', facts: 'facts' } as const;

const onCluster = (layout: Layout) => (layout.mode === 'cluster' ? ` ON CLUSTER ${layout.cluster}` : '');
const columnList = (columns: readonly (readonly [string, string])[]) =>
  columns.map(([name, type]) => `${name} ${type}`).join(', ');

function createStage(layout: Layout): string {
  return `CREATE TABLE IF NOT EXISTS stage${onCluster(layout)} (${columnList(Object.entries(STAGE_COLUMNS))}) ENGINE = Null`;
}

/** On a cluster, `name` is the Distributed table that is written and read, and `name_local` holds the rows. */
function createTable(table: Table, layout: Layout): string[] {
  const partition = table.partitionBy === undefined ? '' : ` PARTITION BY ${table.partitionBy}`;
  const body = `(${columnList(table.columns)})`;
  const order = `${partition} ORDER BY ${table.orderBy}`;
  const engineArguments = table.engineArguments ?? '';
  if (layout.mode === 'local') {
    return [
      `CREATE TABLE IF NOT EXISTS ${table.name} ${body} ENGINE = ${table.engine}(${engineArguments})${order}
       SETTINGS non_replicated_deduplication_window = ${DEDUPLICATION_WINDOW}`,
    ];
  }
  const replicated = [
    `'/clickhouse/tables/{shard}/stance/${table.name}'`,
    `'{replica}'`,
    engineArguments,
  ].filter(Boolean);
  return [
    `CREATE TABLE IF NOT EXISTS ${table.name}_local${onCluster(layout)} ${body}
     ENGINE = Replicated${table.engine}(${replicated.join(', ')})${order}
     SETTINGS replicated_deduplication_window = ${DEDUPLICATION_WINDOW}`,
    `CREATE TABLE IF NOT EXISTS ${table.name}${onCluster(layout)} AS ${table.name}_local
     ENGINE = Distributed(${layout.cluster}, currentDatabase(), ${table.name}_local, sipHash64(${table.shardBy}))`,
  ];
}

function createView(target: string, select: string, layout: Layout): string {
  return `CREATE MATERIALIZED VIEW IF NOT EXISTS stage_to_${target}${onCluster(layout)} TO ${target} AS ${select}`;
}

function viewSelects(): Record<string, string> {
  const observationColumns = TABLES[0]?.columns.map(([name]) => name).join(', ');
  return {
    observations: `SELECT ${observationColumns} FROM stage WHERE why = ''`,
    facts: factsSelect(),
    shapes: shapesSelect(),
    line_counts: `SELECT batch, format, why, count() AS lines, min(ts) AS time_min, max(ts) AS time_max
      FROM stage GROUP BY batch, format, why`,
    rejects: `SELECT batch, why, n, example FROM stage WHERE why NOT IN ('', 'blank') ORDER BY batch, why, n LIMIT 3 BY batch, why`,
  };
}

const ORIGIN = 'service, host, source';

/**
 * Ranks the distinct shapes of a block, never its records, and folds what is over a bound into one shape.
 * `totals` must have the columns of ORIGIN, method, shape, calls and found, one row per shape or finer.
 */
function boundedShapes(inner: string, columns: string): string {
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

function factsSelect(): string {
  const aggregates = FACT_AGGREGATES.map(
    ([name, , expression]) => `${qualified(expression)} AS ${name}`,
  ).join(',\n');
  const inner = `SELECT toStartOfFiveMinutes(stage.ts) AS window, vantage, ${ORIGIN}, method, shape, shape_id,
      ${aggregates}, uniqCombined64State(12)(stage.consumer) AS consumers
    FROM stage WHERE why = '' GROUP BY window, vantage, ${ORIGIN}, method, shape, shape_id`;
  const names = FACT_AGGREGATES.map(([name]) => name);
  const merged = FACT_AGGREGATES.map(([name, type]) => `${/\((\w+),/.exec(type)?.[1]}(b.${name}) AS ${name}`);
  return `SELECT b.window AS window, b.vantage AS vantage, b.kept_id AS shape_id, ${merged.join(',\n')},
      uniqCombined64MergeState(12)(b.consumers) AS consumers
    FROM (${boundedShapes(inner, ['window', 'vantage', ...names, 'consumers'].join(', '))}) AS b
    GROUP BY window, vantage, shape_id`;
}

function shapesSelect(): string {
  const inner = `SELECT ${ORIGIN}, method, shape, shape_id, count() AS calls, countIf(status NOT IN (404, 405)) AS found,
      min(ts) AS first_seen, max(ts) AS last_seen
    FROM stage WHERE why = '' GROUP BY ${ORIGIN}, method, shape, shape_id`;
  return `SELECT b.kept_service AS service, b.kept_host AS host, b.kept_source AS source, b.kept_method AS method,
      b.kept_shape AS shape, b.kept_id AS shape_id, sum(b.calls) AS calls, sum(b.found) AS found,
      min(b.first_seen) AS first_seen, max(b.last_seen) AS last_seen
    FROM (${boundedShapes(inner, 'calls, found, first_seen, last_seen')}) AS b
    GROUP BY service, host, source, method, shape, shape_id`;
}

/** Aggregates share names with staging columns (`request_bytes`): inside the view the column is meant. */
function qualified(expression: string): string {
  return expression.replace(/\b(request_bytes|response_bytes)\b/g, 'stage.$1');
}
