import type { ExchangeColumns, TrafficFormat } from '../../model/traffic-format.ts';
import { clientClass, withoutPort } from './client-address.ts';
import { keyedHash } from './hash-key.ts';
import {
  hasCredentialHeader,
  hasRateLimitHeader,
  headerValue,
  responseHeaderMask,
} from './header-signals.ts';
import { literal } from './literal.ts';
import { pathShape } from './path-shape.ts';
import { sensitiveCandidates, validatedMask } from './sensitive-scan.ts';

/** What is constant for one segment; frozen in the batch manifest, so that a replay means the same. */
export interface SegmentPlan {
  /** Names the batch in the traffic store; counts up from 1, below 2^31. */
  readonly batch: number;
  /** Number of the segment's first line in its input, from 1. */
  readonly firstLine: number;
  /** The source's name: the service of records that name neither service nor host. */
  readonly sourceName: string;
  /** RFC 3339; exchanges outside are rejected by reason. */
  readonly notBefore: string;
  readonly notAfter: string;
}

interface RowRequest {
  readonly format: Pick<TrafficFormat, 'id' | 'parse' | 'accepts' | 'reasons' | 'columns'>;
  /** A table expression with columns `row_index UInt32` and `line String`. */
  readonly lines: string;
  readonly plan: SegmentPlan;
  /** `accepted-or-blank` leaves the lines the format does not accept to another pass. */
  readonly keep: 'accepted-or-blank' | 'all';
}

/** What a format that does not carry a column contributes: unknown. */
const ABSENT: Required<Omit<ExchangeColumns, 'startedAt' | 'method' | 'target' | 'status'>> = {
  host: `''`,
  scheme: `''`,
  latencyMs: `CAST(NULL, 'Nullable(Float64)')`,
  requestBytes: `CAST(NULL, 'Nullable(UInt64)')`,
  responseBytes: `CAST(NULL, 'Nullable(UInt64)')`,
  service: `''`,
  consumer: `''`,
  clientAddress: `''`,
  credentialSeen: `0`,
  requestHeaders: `CAST(map(), 'Map(String, String)')`,
  responseHeaders: `CAST(map(), 'Map(String, String)')`,
  requestHeaderVisibility: `'none'`,
  responseHeaderVisibility: `'none'`,
  answeredBy: `''`,
  schemaValidated: `CAST(NULL, 'Nullable(Bool)')`,
  bodies: `''`,
  vantage: `''`,
};

/** A reject shows at most this much of its line, masked. */
const EXAMPLE_BYTES = 200;
const KNOWN_METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'QUERY',
  'CONNECT',
];

/** The columns of the staging table, in order, with their types. */
export const STAGE_COLUMNS = {
  batch: 'UInt32',
  n: 'UInt32',
  why: 'LowCardinality(String)',
  example: 'String',
  format: 'LowCardinality(String)',
  vantage: 'LowCardinality(String)',
  ts: `DateTime64(3, 'UTC')`,
  service: 'LowCardinality(String)',
  host: 'LowCardinality(String)',
  source: 'LowCardinality(String)',
  method: 'LowCardinality(String)',
  shape: 'String',
  shape_id: 'UInt64',
  status: 'UInt16',
  latency_ms: 'Float32',
  request_bytes: 'UInt64',
  response_bytes: 'UInt64',
  consumer: 'UInt64',
  client: 'UInt8',
  authentication: 'UInt8',
  transport: 'UInt8',
  rate_limit: 'UInt8',
  cors: 'UInt8',
  security_headers: 'UInt8',
  headers_visible: 'UInt8',
  validation: 'UInt8',
  sunset: 'UInt8',
  sensitive: 'UInt16',
} as const;

/** The SELECT of staging rows for the lines of one format, nested so that each expression runs once. */
export function exchangeRow(request: RowRequest): string {
  const judged = judgedLines(request);
  const read = `SELECT row_index, why, example, ${RAW_DERIVED} FROM (${judged})`;
  const shaped = `SELECT *, ${pathShape('path')} AS shape, ${sensitiveCandidates('text')} AS candidates FROM (${read})`;
  return `SELECT ${stageColumns(request)} FROM (${shaped})`;
}

function judgedLines({ format, lines, plan, keep }: RowRequest): string {
  const why = `multiIf(reason != '', reason,
    c_startedAt < toDateTime64(${literal(plan.notBefore)}, 3, 'UTC'), 'outside_retention',
    c_startedAt > toDateTime64(${literal(plan.notAfter)}, 3, 'UTC'), 'in_future',
    NOT match(c_target, '^(/|(?i:https?)://)'), 'no_path', '')`;
  return `SELECT row_index, line, ${why} AS why, ${EXAMPLE} AS example, ${COLUMN_NAMES.join(', ')}
    FROM (${canonicalColumns({ format, lines, keep })})`;
}

/** One row per line: `reason`, empty when the format accepts it, and the canonical columns as `c_*`. */
export function canonicalColumns({ format, lines, keep }: Omit<RowRequest, 'plan'>): string {
  const parsed = format.parse.map(([expression, alias]) => `${expression} AS ${alias}`);
  const raw = Object.entries({ ...ABSENT, ...format.columns }).map(
    ([name, column]) => `${column} AS c_${name}`,
  );
  const reasons = format.reasons.map(([condition, reason]) => `ifNull(${condition}, 0), '${reason}'`);
  const reason = `multiIf(ifNull(${format.accepts}, 0), '', ${IS_BLANK}, 'blank', ${[...reasons, `'not_accepted'`].join(',\n')})`;
  const wanted = keep === 'all' ? '' : `WHERE reason IN ('', 'blank')`;
  return `SELECT row_index, line, ${reason} AS reason, ${raw.join(', ')}
      FROM (SELECT ${['row_index', 'line', ...parsed].join(', ')} FROM ${lines}) ${wanted}`;
}

const COLUMN_NAMES = ['startedAt', 'method', 'target', 'status', ...Object.keys(ABSENT)].map(
  (name) => `c_${name}`,
);

const IS_BLANK = `match(line, '^[ \\\\t\\\\r]*$')`;

/** Letters become x, digits 9 and all that is not printable ASCII `?`: the form stays, the content goes. */
const EXAMPLE = `if(why IN ('', 'blank'), '', replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(
  substring(line, 1, ${EXAMPLE_BYTES}), '[^\\\\x20-\\\\x7e]', '?'), '[A-Za-z]', 'x'), '[0-9]', '9'))`;

const ABSOLUTE = `match(c_target, '^(?i:https?)://')`;

/** From the columns a format gives to what the common rules need; still one row per line. */
const RAW_DERIVED = `
  c_startedAt AS ts, c_status AS status, c_service AS gateway_service, c_consumer AS consumer_name,
  c_answeredBy AS answered_by, c_schemaValidated AS schema_validated, c_vantage AS own_vantage,
  ifNull(toFloat32(c_latencyMs), -1) AS latency, ifNull(c_requestBytes, 0) AS request_size, ifNull(c_responseBytes, 0) AS response_size,
  upper(c_method) AS verb,
  if(${ABSOLUTE}, concat('/', substring(c_target, position(c_target, '/', 9) + 1)), c_target) AS origin_form,
  splitByChar('?', splitByChar('#', origin_form, 1)[1], 1)[1] AS path,
  lower(if(c_host = '' AND ${ABSOLUTE}, domain(c_target), c_host)) AS full_host,
  if(c_scheme != '', c_scheme, if(${ABSOLUTE}, lower(protocol(c_target)), '')) AS scheme,
  ${withoutPort('c_clientAddress')} AS address,
  ${clientClass('address')} AS client_class,
  ${hasCredentialHeader('c_requestHeaders')} OR c_credentialSeen OR c_consumer != '' AS has_credential,
  c_requestHeaderVisibility = 'full' AS request_visible,
  c_responseHeaderVisibility = 'full' AS response_visible,
  ${responseHeaderMask('c_responseHeaders')} AS mask,
  ${hasRateLimitHeader('c_responseHeaders')} AS announces_limit,
  if(bitAnd(mask, 32) = 0, '', ${headerValue('c_responseHeaders', 'access-control-allow-origin')}) AS cors_origin,
  concat(if(position(c_target, '%') = 0, c_target, decodeURLComponent(c_target)), ' ', c_bodies) AS text`;

const SUCCEEDED = `(status BETWEEN 200 AND 299 OR status = 304)`;
const REDIRECTED = `status IN (301, 302, 303, 307, 308, 426)`;

function stageColumns({ format, plan }: RowRequest): string {
  const verbs = KNOWN_METHODS.map((method) => `'${method}'`).join(', ');
  const host = `replaceRegexpOne(replaceRegexpOne(full_host, '\\\\.?(:(80|443))?$', ''), '[^a-z0-9.:_\\\\[\\\\]-]', '?')`;
  const columns: Record<keyof typeof STAGE_COLUMNS, string> = {
    batch: `toUInt32(${plan.batch})`,
    n: `row_index + ${plan.firstLine}`,
    why: 'why',
    example: 'example',
    format: literal(format.id),
    vantage: `if(own_vantage = '', ${literal(format.id)}, substring(own_vantage, 1, 64))`,
    ts: 'ts',
    service: 'toValidUTF8(substring(gateway_service, 1, 128))',
    host: `substring(${host}, 1, 255)`,
    source: `if(gateway_service = '' AND full_host = '', ${literal(plan.sourceName)}, '')`,
    method: `if(verb IN (${verbs}), verb, 'OTHER')`,
    shape: 'shape',
    shape_id: 'sipHash64(service, host, source, method, shape)',
    status: 'status',
    latency_ms: 'latency',
    request_bytes: 'request_size',
    response_bytes: 'response_size',
    consumer: `multiIf(consumer_name != '', ${keyedHash('name', 'consumer_name')},
      address != '', ${keyedHash('address', 'address')}, 0)`,
    client: 'client_class',
    authentication: `multiIf(status = 401 OR (status = 403 AND request_visible AND NOT has_credential), 2,
      has_credential, 1, request_visible AND ${SUCCEEDED}, 3, 0)`,
    transport: `multiIf(scheme = 'https', 1, scheme = 'http' AND ${REDIRECTED}, 2, scheme = 'http', 3, 0)`,
    rate_limit: `multiIf(announces_limit, 1, status = 429 AND answered_by = 'gateway', 2, response_visible, 3, 0)`,
    cors: `multiIf(cors_origin = '*', 1, bitAnd(mask, 32) != 0, 2, response_visible, 3, 0)`,
    security_headers: 'bitAnd(mask, 15)',
    headers_visible: 'response_visible',
    validation: `multiIf(schema_validated = 1 OR status = 422 OR (status = 400 AND answered_by = 'gateway'), 1,
      schema_validated = 0, 2, 0)`,
    sunset: `multiIf(bitAnd(mask, 16) != 0, 1, response_visible, 2, 0)`,
    sensitive: validatedMask('candidates', 'text'),
  };
  return Object.entries(columns)
    .map(([name, expression]) => `${expression} AS ${name}`)
    .join(',\n');
}
