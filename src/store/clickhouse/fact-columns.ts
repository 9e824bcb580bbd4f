import { DATA_TYPES } from '../../model/data-type.ts';
import { STAGE_COLUMNS } from './exchange-row.ts';
import { SECURITY_HEADERS_MASK } from './header-signals.ts';

/** Latency buckets: up to 1, 2, 4, … 32768 ms, and beyond. */
export const LATENCY_BUCKETS = 17;
/** Stands for "no such line" in the columns that point at an example. */
export const NO_LINE = 18446744073709551615n;
export const CONSUMERS_TYPE = 'AggregateFunction(uniqCombined64(12), UInt64)';

/**
 * What an exchange was like, in small numbers. Exchanges of one shape, window and vantage that are alike are counted
 * together and looked at once: every other fact is a condition over these.
 */
const TRAITS = [
  'status',
  'authentication',
  'transport',
  'rate_limit',
  'cors',
  'security_headers',
  'headers_visible',
  'validation',
  'sunset',
  'client',
  'sensitive',
] as const;

type ColumnType = 'UInt64' | `DateTime64(3, 'UTC')`;

/** A column of the passing table `grouped`: one row per shape, vantage, window and traits. */
interface GroupedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Aggregate over staging rows; the table's name tells its columns from aggregates of the same name. */
  readonly fromStage: string;
}

/** A block has at most 1,048,449 rows, so that three counts share a number and none runs into the next. */
const COUNT_BITS = 21;
const COUNTS_PER_NUMBER = 3;
const LATENCY_NUMBERS = Math.ceil(LATENCY_BUCKETS / COUNTS_PER_NUMBER);

/** What is counted of the exchanges of a group. */
export const GROUPED_AGGREGATES: readonly GroupedColumn[] = [
  { name: 'calls', type: 'UInt64', fromStage: 'count()' },
  { name: 'first_seen', type: `DateTime64(3, 'UTC')`, fromStage: 'min(stage.ts)' },
  { name: 'last_seen', type: `DateTime64(3, 'UTC')`, fromStage: 'max(stage.ts)' },
  { name: 'request_bytes', type: 'UInt64', fromStage: 'sum(stage.request_bytes)' },
  { name: 'response_bytes', type: 'UInt64', fromStage: 'sum(stage.response_bytes)' },
  // The batch in the upper half of the number, the line in the lower.
  {
    name: 'first_line',
    type: 'UInt64',
    fromStage: 'min(bitShiftLeft(toUInt64(stage.batch), 32) + stage.n)',
  },
  ...Array.from({ length: LATENCY_NUMBERS }, (_, index) => packedLatency(index)),
];

function packedLatency(index: number): GroupedColumn {
  const first = index * COUNTS_PER_NUMBER;
  const buckets = Array.from(
    { length: Math.min(COUNTS_PER_NUMBER, LATENCY_BUCKETS - first) },
    (_, place) => `bitShiftLeft(toUInt64(${latencyCondition(first + place)}), ${place * COUNT_BITS})`,
  );
  return { name: `latencies_${index}`, type: 'UInt64', fromStage: `sum(${buckets.join(' + ')})` };
}

function latencyCondition(index: number): string {
  const above = index === 0 ? 'stage.latency_ms >= 0' : `stage.latency_ms > ${2 ** (index - 1)}`;
  return index === LATENCY_BUCKETS - 1 ? above : `${above} AND stage.latency_ms <= ${2 ** index}`;
}

/** The keys of `grouped` beside window, vantage and shape. */
export const GROUPED_KEYS: readonly (readonly [name: string, type: string])[] = TRAITS.map((name) => [
  name,
  STAGE_COLUMNS[name],
]);

interface FactColumn {
  readonly name: string;
  /** How two values of the column become one. */
  readonly merge: 'sum' | 'min' | 'max';
  readonly type: ColumnType;
  /** Over a row of `grouped`. */
  readonly fromGrouped: string;
}

const plain = (name: string, merge: FactColumn['merge'], type: ColumnType = 'UInt64'): FactColumn => ({
  name,
  merge,
  type,
  fromGrouped: name,
});
const count = (name: string, condition: string): FactColumn => ({
  name,
  merge: 'sum',
  type: 'UInt64',
  fromGrouped: `if(${condition}, calls, 0)`,
});
/** The first line a condition holds for. */
const line = (name: string, condition: string): FactColumn => ({
  name,
  merge: 'min',
  type: 'UInt64',
  fromGrouped: `if(${condition}, first_line, ${NO_LINE})`,
});
const latency = (index: number): FactColumn => ({
  name: `latency_${index}`,
  merge: 'sum',
  type: 'UInt64',
  fromGrouped: `bitAnd(bitShiftRight(latencies_${Math.floor(index / COUNTS_PER_NUMBER)},
    ${(index % COUNTS_PER_NUMBER) * COUNT_BITS}), ${2 ** COUNT_BITS - 1})`,
});

/**
 * An answer that shows there is something at the path. 404 and 405 show none, nor does a 400 by which the gateway
 * itself refuses a request that no service was found for. Over a row of `grouped`; a shape's key starts with its service.
 */
export const FOUND = `(status NOT IN (404, 405) AND NOT (status = 400 AND validation = 1 AND startsWith(shape_key, '\\0')))`;
const INCOMPLETE_HEADERS = `headers_visible AND security_headers != ${SECURITY_HEADERS_MASK}`;

/**
 * What the 5-minute facts keep. All are mergeable and deterministic: the same input gives the same bytes whatever
 * the order of batches.
 */
export const FACT_COLUMNS: readonly FactColumn[] = [
  plain('calls', 'sum'),
  plain('first_seen', 'min', `DateTime64(3, 'UTC')`),
  plain('last_seen', 'max', `DateTime64(3, 'UTC')`),
  plain('request_bytes', 'sum'),
  plain('response_bytes', 'sum'),
  count('status_1xx', 'status < 200'),
  count('status_2xx', 'status BETWEEN 200 AND 299'),
  count('status_3xx', 'status BETWEEN 300 AND 399'),
  count('status_4xx', 'status BETWEEN 400 AND 499'),
  count('status_5xx', 'status >= 500'),
  count('found', FOUND),
  count('auth_credentialed', 'authentication = 1'),
  count('auth_refused', 'authentication = 2'),
  count('auth_anonymous', 'authentication = 3'),
  count('tls_https', 'transport = 1'),
  count('tls_redirected', 'transport = 2'),
  count('tls_http', 'transport = 3'),
  count('limit_announced', 'rate_limit = 1'),
  count('limit_refused', 'rate_limit = 2'),
  count('limit_absent', 'rate_limit = 3'),
  count('cors_wildcard', 'cors = 1'),
  count('cors_specific', 'cors = 2'),
  count('cors_absent', 'cors = 3'),
  count('headers_complete', `security_headers = ${SECURITY_HEADERS_MASK}`),
  count('headers_incomplete', INCOMPLETE_HEADERS),
  count('missing_content_type_options', 'headers_visible AND bitAnd(security_headers, 1) = 0'),
  count('missing_strict_transport', 'headers_visible AND bitAnd(security_headers, 2) = 0'),
  count('missing_frame_options', 'headers_visible AND bitAnd(security_headers, 4) = 0'),
  count('missing_cache_control', 'headers_visible AND bitAnd(security_headers, 8) = 0'),
  count('validation_seen', 'validation = 1'),
  count('validation_not_seen', 'validation = 2'),
  count('sunset_present', 'sunset = 1'),
  count('sunset_absent', 'sunset = 2'),
  count('client_public', 'client = 1'),
  count('client_private', 'client = 2'),
  ...DATA_TYPES.map((type, index) => count(`data_${type}`, `bitAnd(sensitive, ${2 ** index}) != 0`)),
  ...Array.from({ length: LATENCY_BUCKETS }, (_, index) => latency(index)),
  line('line_anonymous', 'authentication = 3'),
  line('line_http', 'transport = 3'),
  line('line_cors', 'cors = 1'),
  line('line_headers', INCOMPLETE_HEADERS),
  line('line_sensitive', 'sensitive != 0'),
];
