import type { ExchangeColumns, TrafficFormat } from '../../model/traffic-format.ts';
import { clientClass, withoutPort } from './client-address.ts';
import { keyedHash } from './hash-key.ts';
import {
  hasCredentialHeader,
  hasHeader,
  hasRateLimitHeader,
  headerIs,
  responseHeaderMask,
  SECURITY_HEADERS_MASK,
} from './header-signals.ts';
import { literal } from './literal.ts';
import { pathShape } from './path-shape.ts';
import { sensitiveCandidates, validatedMask } from './sensitive-scan.ts';
import { type Step, steppedSelect } from './stepped-select.ts';

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
  /** Names the statement among those of the segment. */
  readonly part: string;
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

/** A message said to be larger (64 GiB) has no known size: sums of what a broken log says must stay exact numbers. */
const MAX_MESSAGE_BYTES = 2 ** 36;
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
  part: 'LowCardinality(String)',
  n: 'UInt32',
  why: 'LowCardinality(String)',
  example: 'String',
  format: 'LowCardinality(String)',
  vantage: 'LowCardinality(String)',
  ts: `DateTime64(3, 'UTC')`,
  /** What names a shape, with NUL between: service, host, source, method and shape. None of them holds a NUL. */
  shape_key: 'String',
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

/** The SELECT of staging rows for the lines of one format. */
export function exchangeRow(request: RowRequest): string {
  return steppedSelect({
    from: `(${canonicalColumns(request)})`,
    columns: ['row_index', 'line', 'reason', ...COLUMN_NAMES],
    steps: [...DERIVED, [reasonOf(request.plan), 'why'], [EXAMPLE, 'example'], ...stageSteps(request)],
    names: Object.keys(STAGE_COLUMNS),
  });
}

function reasonOf(plan: SegmentPlan): string {
  return `multiIf(reason != '', reason,
    c_startedAt < toDateTime64(${literal(plan.notBefore)}, 3, 'UTC'), 'outside_retention',
    c_startedAt > toDateTime64(${literal(plan.notAfter)}, 3, 'UTC'), 'in_future',
    NOT (startsWith(c_target, '/') OR is_absolute), 'no_path', '')`;
}

/** One row per line: `reason`, empty when the format accepts it, and the canonical columns as `c_*`. */
export function canonicalColumns({ format, lines, keep }: Omit<RowRequest, 'plan' | 'part'>): string {
  const columns = Object.entries({ ...ABSENT, ...format.columns }).map(
    ([name, column]): Step => [column, `c_${name}`],
  );
  const reasons = format.reasons.map(([condition, reason]) => `ifNull(${condition}, 0), '${reason}',`);
  // Where other lines are left to another pass, nobody asks for their reasons, and not asking is analysed sooner.
  const others = keep === 'all' ? reasons.join('\n') : '';
  const reason = `multiIf(ifNull(${format.accepts}, 0), '', ${IS_BLANK}, 'blank', ${others} 'not_accepted')`;
  const select = steppedSelect({
    from: lines,
    columns: ['row_index', 'line'],
    steps: [...format.parse, [reason, 'reason'], ...columns],
    names: ['row_index', 'line', 'reason', ...COLUMN_NAMES],
  });
  return keep === 'all' ? select : withBarrier(select, `reason IN ('', 'blank')`);
}

/** As many rows as there may be. */
const ALL_ROWS = 2 ** 62;

/**
 * Rows of a SELECT that fulfil a condition on its columns. ClickHouse would take the condition down through the steps
 * and hash what it stands for in the end, each mention of a step anew: 0.5 s for API Gateway. No condition
 * passes a LIMIT.
 */
export function withBarrier(select: string, condition: string): string {
  return `SELECT * FROM (${select} LIMIT ${ALL_ROWS}) WHERE ${condition}`;
}

const COLUMN_NAMES = ['startedAt', 'method', 'target', 'status', ...Object.keys(ABSENT)].map(
  (name) => `c_${name}`,
);

export const IS_BLANK = `match(line, '^[ \\\\t\\\\r]*$')`;

/** Letters become x, digits 9 and all that is not printable ASCII `?`: the form stays, the content goes. */
const EXAMPLE = `if(why IN ('', 'blank'), '', replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(
  toValidUTF8(substring(line, 1, ${EXAMPLE_BYTES})), '[^\\\\x20-\\\\x7e]', '?'), '[A-Za-z]', 'x'), '[0-9]', '9'))`;

/** From the columns a format gives to what the common rules need; still one row per line. */
const DERIVED: readonly Step[] = [
  ['c_startedAt', 'ts'],
  ['c_status', 'status'],
  ['c_service', 'gateway_service'],
  ['c_consumer', 'consumer_name'],
  ['c_answeredBy', 'answered_by'],
  ['c_schemaValidated', 'schema_validated'],
  ['c_vantage', 'own_vantage'],
  [`ifNull(toFloat32(c_latencyMs), -1)`, 'latency_ms'],
  [messageSize('c_requestBytes'), 'request_bytes'],
  [messageSize('c_responseBytes'), 'response_bytes'],
  [`upper(c_method)`, 'verb'],
  [`NOT startsWith(c_target, '/') AND match(c_target, '^(?i:https?)://')`, 'is_absolute'],
  [`if(is_absolute, replaceRegexpOne(c_target, '^[^:]+://[^/?#]*/?', '/'), c_target)`, 'origin_form'],
  [`cutFragment(cutQueryString(origin_form))`, 'path'],
  [`lower(if(c_host = '' AND is_absolute, domainRFC(c_target), c_host))`, 'named_host'],
  // A name and password before it are the caller's.
  [`if(position(named_host, '@') = 0, named_host, splitByChar('@', named_host)[-1])`, 'full_host'],
  [`if(c_scheme != '', c_scheme, if(is_absolute, lower(protocol(c_target)), ''))`, 'scheme'],
  [withoutPort('c_clientAddress'), 'address'],
  [`if(consumer_name = '', address, consumer_name)`, 'caller'],
  [`${hasCredentialHeader('c_requestHeaders')} OR c_credentialSeen OR c_consumer != ''`, 'has_credential'],
  [`c_requestHeaderVisibility = 'full'`, 'request_visible'],
  [`c_responseHeaderVisibility = 'full'`, 'response_visible'],
  [responseHeaderMask('c_responseHeaders'), 'mask'],
  [hasRateLimitHeader('c_responseHeaders'), 'announces_limit'],
  [hasHeader('mask', 'access-control-allow-origin'), 'has_cors'],
  [headerIs('c_responseHeaders', 'access-control-allow-origin', '*'), 'allows_any_origin'],
  [`concat(if(position(c_target, '%') = 0, c_target, decodeURLComponent(c_target)), ' ', c_bodies)`, 'text'],
];

function messageSize(bytes: string): string {
  return `if(${bytes} <= ${MAX_MESSAGE_BYTES}, ifNull(${bytes}, 0), 0)`;
}

const SUCCEEDED = `(status BETWEEN 200 AND 299 OR status = 304)`;
/**
 * 1 credentialed, 2 refused, 3 anonymous and answered, 0 unknown; looked up in a table. As a multiIf the search
 * through the headers became lazy, and filtering the maps for it cost more than parsing the line.
 */
const AUTHENTICATION = `CAST([${authenticationTable().join(', ')}], 'Array(UInt8)')[
  1 + 16 * (status = 401) + 8 * (status = 403) + 4 * has_credential + 2 * request_visible + ${SUCCEEDED}]`;

function authenticationTable(): number[] {
  return Array.from({ length: 32 }, (_, index) => {
    const [is401, is403, hasCredential, isVisible, succeeded] = [16, 8, 4, 2, 1].map(
      (bit) => (index & bit) !== 0,
    );
    if (is401 || (is403 && isVisible && !hasCredential)) return 2;
    if (hasCredential) return 1;
    return isVisible && succeeded ? 3 : 0;
  });
}

const REDIRECTED = `status IN (301, 302, 303, 307, 308, 426)`;

const HOST = `if(NOT match(full_host, '[^a-z0-9.-]|[.]$'), full_host,
  replaceRegexpAll(replaceRegexpOne(full_host, '\\\\.?(:(80|443))?$', ''), '[^a-z0-9.:_\\\\[\\\\]-]', '?'))`;
const VERBS = KNOWN_METHODS.map((method) => `'${method}'`).join(', ');
/** No part holds a NUL: a service's name is rid of it, a host and a shape never have one. */
const KEY_PARTS = ['service', 'host', 'source', 'method', 'shape'];

function stageSteps({ format, part, plan }: RowRequest): readonly Step[] {
  const source = literal(plan.sourceName.replaceAll('\0', '?'));
  return [
    [`toUInt32(${plan.batch})`, 'batch'],
    [literal(part), 'part'],
    [`row_index + ${plan.firstLine}`, 'n'],
    [literal(format.id), 'format'],
    [`if(own_vantage = '', ${literal(format.id)}, substring(own_vantage, 1, 64))`, 'vantage'],
    [`replaceAll(toValidUTF8(substring(gateway_service, 1, 128)), '\\0', '?')`, 'service'],
    [`substring(${HOST}, 1, 255)`, 'host'],
    [`if(gateway_service = '' AND full_host = '', ${source}, '')`, 'source'],
    [`if(verb IN (${VERBS}), verb, 'OTHER')`, 'method'],
    [pathShape('path'), 'shape'],
    [`concat(${KEY_PARTS.join(`, '\\0', `)})`, 'shape_key'],
    // One string hashed once: five arguments took 0.44 µs a record, this takes 0.1.
    [`sipHash64(shape_key)`, 'shape_id'],
    [`${keyedHash(`consumer_name = ''`, 'caller')} * (caller != '')`, 'consumer'],
    [clientClass('address'), 'client'],
    [AUTHENTICATION, 'authentication'],
    [
      `multiIf(scheme = 'https', 1, scheme = 'http' AND ${REDIRECTED}, 2, scheme = 'http', 3, 0)`,
      'transport',
    ],
    [
      `multiIf(announces_limit, 1, status = 429 AND answered_by = 'gateway', 2, response_visible, 3, 0)`,
      'rate_limit',
    ],
    [`multiIf(allows_any_origin, 1, has_cors, 2, response_visible, 3, 0)`, 'cors'],
    [`bitAnd(mask, ${SECURITY_HEADERS_MASK})`, 'security_headers'],
    ['response_visible', 'headers_visible'],
    [
      `multiIf(schema_validated = 1 OR status = 422 OR (status = 400 AND answered_by = 'gateway'), 1,
        schema_validated = 0, 2, 0)`,
      'validation',
    ],
    [`multiIf(${hasHeader('mask', 'sunset')}, 1, response_visible, 2, 0)`, 'sunset'],
    [sensitiveCandidates('text'), 'candidates'],
    [validatedMask('candidates', 'text'), 'sensitive'],
  ];
}
