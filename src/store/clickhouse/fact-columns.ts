import { DATA_TYPES } from '../../model/data-type.ts';
import { SECURITY_HEADERS_MASK } from './header-signals.ts';

/** Latency buckets: up to 1, 2, 4, … 32768 ms, and beyond. */
export const LATENCY_BUCKETS = 17;
/** Stands for "no such line" in the columns that point at an example. */
export const NO_LINE = 18446744073709551615n;
export const CONSUMERS_TYPE = 'AggregateFunction(uniqCombined64(12), UInt64)';

/**
 * An answer that shows there is something at the path. 404 and 405 show none, nor does a 400 by which the gateway
 * itself refuses a request that no service was found for.
 */
export const FOUND = `status NOT IN (404, 405) AND NOT (status = 400 AND validation = 1 AND service = '')`;

interface FactColumn {
  readonly name: string;
  /** How two values of the column become one. */
  readonly merge: 'sum' | 'min' | 'max';
  readonly type: 'UInt64' | `DateTime64(3, 'UTC')`;
  /** Aggregate over staging rows. */
  readonly fromStage: string;
}

const count = (name: string, condition: string): FactColumn => ({
  name,
  merge: 'sum',
  type: 'UInt64',
  fromStage: `countIf(${condition})`,
});
const total = (name: string, fromStage: string): FactColumn => ({
  name,
  merge: 'sum',
  type: 'UInt64',
  fromStage,
});
const moment = (name: string, merge: 'min' | 'max'): FactColumn => ({
  name,
  merge,
  type: `DateTime64(3, 'UTC')`,
  fromStage: `${merge}(ts)`,
});
/** The first line a condition holds for: the batch in the upper half of the number, the line in the lower. */
const line = (name: string, condition: string): FactColumn => ({
  name,
  merge: 'min',
  type: 'UInt64',
  fromStage: `min(if(${condition}, bitShiftLeft(toUInt64(batch), 32) + n, ${NO_LINE}))`,
});

const INCOMPLETE_HEADERS = `headers_visible AND security_headers != ${SECURITY_HEADERS_MASK}`;

/**
 * What the 5-minute facts keep, with how each comes from staging rows. All are mergeable and deterministic:
 * the same input gives the same bytes whatever the order of batches.
 */
export const FACT_COLUMNS: readonly FactColumn[] = [
  total('calls', 'count()'),
  moment('first_seen', 'min'),
  moment('last_seen', 'max'),
  // The table's name tells the column from the aggregate of the same name.
  total('request_bytes', 'sum(stage.request_bytes)'),
  total('response_bytes', 'sum(stage.response_bytes)'),
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
  ...Array.from({ length: LATENCY_BUCKETS }, (_, index) =>
    count(`latency_${index}`, latencyCondition(index)),
  ),
  line('line_anonymous', 'authentication = 3'),
  line('line_http', 'transport = 3'),
  line('line_cors', 'cors = 1'),
  line('line_headers', INCOMPLETE_HEADERS),
  line('line_sensitive', 'sensitive != 0'),
];

function latencyCondition(index: number): string {
  const above = index === 0 ? 'latency_ms >= 0' : `latency_ms > ${2 ** (index - 1)}`;
  return index === LATENCY_BUCKETS - 1 ? above : `${above} AND latency_ms <= ${2 ** index}`;
}
