import { STAGE_COLUMNS } from './exchange-row.ts';
import { CONSUMERS_TYPE, FACT_COLUMNS, GROUPED_AGGREGATES, GROUPED_KEYS } from './fact-columns.ts';

export interface Table {
  readonly name: string;
  readonly columns: readonly (readonly [name: string, type: string])[];
  readonly engine: 'MergeTree' | 'AggregatingMergeTree' | 'ReplacingMergeTree';
  readonly engineArguments?: string;
  readonly partitionBy?: string;
  readonly orderBy: string;
  /** On a cluster, rows with equal values live on one shard. */
  readonly shardBy: string;
}

const FIRST_SEEN = `SimpleAggregateFunction(min, DateTime64(3, 'UTC'))`;
const LAST_SEEN = `SimpleAggregateFunction(max, DateTime64(3, 'UTC'))`;
const SUM = 'SimpleAggregateFunction(sum, UInt64)';

/** What staging rows have beyond an observation: the accounting, and what the shape's id stands for. */
const NOT_OBSERVED = ['part', 'why', 'example', 'format', 'shape_key'];
export const OBSERVATION_COLUMNS: readonly (readonly [string, string])[] = Object.entries(
  STAGE_COLUMNS,
).filter(([name]) => !NOT_OBSERVED.includes(name));

const GROUPED_COLUMNS: Table['columns'] = [
  ['window', `DateTime('UTC')`],
  ['vantage', 'LowCardinality(String)'],
  ['shape_key', 'String'],
  ['shape_id', 'UInt64'],
  ...GROUPED_KEYS,
  ...GROUPED_AGGREGATES.map(({ name, type }) => [name, type] as const),
  ['consumers', CONSUMERS_TYPE],
];

export const GROUPED_NAMES: readonly string[] = GROUPED_COLUMNS.map(([name]) => name);

/**
 * Tables that keep nothing: what is inserted goes on through views. `grouped` has the facts of a block before its
 * bounds are looked at, `bounded` what the bounds leave of the facts of a block that exceeds one.
 */
export const PASSING_TABLES: Readonly<Record<string, Table['columns']>> = {
  stage: Object.entries(STAGE_COLUMNS),
  grouped: [...GROUPED_COLUMNS, ['is_over_bound', 'UInt8']],
  bounded: GROUPED_COLUMNS,
};

/** The tables that hold rows. */
export const TABLES: readonly Table[] = [
  {
    name: 'observations',
    columns: OBSERVATION_COLUMNS,
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
      ...FACT_COLUMNS.map(
        ({ name, merge, type }) => [name, `SimpleAggregateFunction(${merge}, ${type})`] as const,
      ),
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
      ['calls', SUM],
      ['found', SUM],
      ['first_seen', FIRST_SEEN],
      ['last_seen', LAST_SEEN],
    ],
    engine: 'AggregatingMergeTree',
    orderBy: '(service, host, source, method, shape, shape_id)',
    shardBy: 'shape_id',
  },
  {
    name: 'line_counts',
    columns: [
      ['batch', 'UInt32'],
      ['part', 'LowCardinality(String)'],
      ['format', 'LowCardinality(String)'],
      ['why', 'LowCardinality(String)'],
      ['lines', SUM],
      ['time_min', FIRST_SEEN],
      ['time_max', LAST_SEEN],
    ],
    engine: 'AggregatingMergeTree',
    orderBy: '(batch, part, format, why)',
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
    // Only until the batch is applied: which formats its mixed lines are of.
    name: 'claims',
    columns: [
      ['batch', 'UInt32'],
      ['format', 'LowCardinality(String)'],
      ['lines', 'UInt64'],
    ],
    engine: 'MergeTree',
    orderBy: '(batch, format)',
    shardBy: 'batch',
  },
  {
    // Only until the facts of a batch are folded into its bounds.
    name: 'unbounded',
    columns: [['batch', 'UInt32'], ...GROUPED_COLUMNS],
    engine: 'MergeTree',
    orderBy: '(batch, shape_id, vantage, window)',
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
