import { DATA_TYPES } from '../../model/data-type.ts';
import type { TrafficFacts } from '../../model/fact.ts';
import type { LineReference } from '../../model/verdict.ts';
import { LATENCY_BUCKETS, NO_LINE } from './fact-columns.ts';

/** Names the input of a batch, so that a line number leads somewhere. */
export type BatchInput = (batch: number) => { readonly input: string } | undefined;

/** The fact columns merged over the shapes of an endpoint; numbers arrive as decimal strings. */
export type FactRow = Readonly<Record<string, string>>;

/** The facts of one vantage point, from the merged columns. */
export function factsOfRow(row: FactRow, inputOf: BatchInput): TrafficFacts {
  // What a broken log says of its sizes may add up to more than a number holds exactly.
  const n = (column: string) => Math.min(Number(row[column] ?? 0), Number.MAX_SAFE_INTEGER);
  return {
    vantage: String(row.vantage),
    calls: n('calls'),
    firstSeen: String(row.first_seen),
    lastSeen: String(row.last_seen),
    status: {
      informational: n('status_1xx'),
      success: n('status_2xx'),
      redirect: n('status_3xx'),
      clientError: n('status_4xx'),
      serverError: n('status_5xx'),
    },
    ...controlFacts(row),
    ...sideFacts(row),
    sensitive: Object.fromEntries(
      DATA_TYPES.filter((type) => n(`data_${type}`) > 0).map((type) => [type, n(`data_${type}`)]),
    ),
    consumers: n('consumers'),
    requestBytes: n('request_bytes'),
    responseBytes: n('response_bytes'),
    ...latency(row),
    examples: examples(row, inputOf),
  };
}

type Sides<Side extends string> = Readonly<Record<Side | 'unknown', number>>;

/** Each side's count by its column, and the calls that are on no side. */
function sides<Side extends string>(row: FactRow, columns: Readonly<Record<Side, string>>): Sides<Side> {
  const counts = Object.entries<string>(columns).map(
    ([side, column]) => [side, Number(row[column] ?? 0)] as const,
  );
  const known = counts.reduce((sum, [, count]) => sum + count, 0);
  // Built from the entries of a record with exactly these keys.
  return { ...Object.fromEntries(counts), unknown: Number(row.calls ?? 0) - known } as Sides<Side>;
}

function controlFacts(row: FactRow) {
  const n = (column: string) => Number(row[column] ?? 0);
  return {
    authentication: sides(row, {
      anonymousSucceeded: 'auth_anonymous',
      refused: 'auth_refused',
      credentialed: 'auth_credentialed',
    }),
    transport: sides(row, { https: 'tls_https', http: 'tls_http', redirected: 'tls_redirected' }),
    rateLimiting: sides(row, {
      announced: 'limit_announced',
      refusedByGateway: 'limit_refused',
      absent: 'limit_absent',
    }),
    cors: sides(row, { wildcard: 'cors_wildcard', specific: 'cors_specific', absent: 'cors_absent' }),
    securityHeaders: {
      ...sides(row, { complete: 'headers_complete', incomplete: 'headers_incomplete' }),
      missing: {
        contentTypeOptions: n('missing_content_type_options'),
        strictTransportSecurity: n('missing_strict_transport'),
        frameOptions: n('missing_frame_options'),
        cacheControl: n('missing_cache_control'),
      },
    },
    inputValidation: sides(row, { seen: 'validation_seen', notSeen: 'validation_not_seen' }),
  };
}

function sideFacts(row: FactRow) {
  return {
    sunsetHeader: sides(row, { present: 'sunset_present', absent: 'sunset_absent' }),
    clients: sides(row, { publicAddress: 'client_public', privateAddress: 'client_private' }),
  };
}

/** The bucket's upper bound at each quantile; the last bucket is shown as its lower bound. */
function latency(row: FactRow): Pick<TrafficFacts, 'latencyMs'> {
  const buckets = Array.from({ length: LATENCY_BUCKETS }, (_, index) => Number(row[`latency_${index}`] ?? 0));
  const total = buckets.reduce((sum, count) => sum + count, 0);
  if (total === 0) return {};
  const at = (quantile: number) => {
    let seen = 0;
    const index = buckets.findIndex((count) => {
      seen += count;
      return seen >= quantile * total;
    });
    return 2 ** Math.min(index, LATENCY_BUCKETS - 2);
  };
  return { latencyMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99) } };
}

function examples(row: FactRow, inputOf: BatchInput): TrafficFacts['examples'] {
  const named = {
    anonymousSucceeded: lineReference(row.line_anonymous, inputOf),
    plainHttp: lineReference(row.line_http, inputOf),
    corsWildcard: lineReference(row.line_cors, inputOf),
    headersIncomplete: lineReference(row.line_headers, inputOf),
    sensitive: lineReference(row.line_sensitive, inputOf),
  };
  return Object.fromEntries(Object.entries(named).filter(([, reference]) => reference !== undefined));
}

/** The upper half of the number is the batch, the lower half the line in its input. */
function lineReference(packed: string | undefined, inputOf: BatchInput): LineReference | undefined {
  const value = BigInt(packed ?? NO_LINE);
  if (value === NO_LINE) return undefined;
  const batch = inputOf(Number(value >> 32n));
  return batch === undefined ? undefined : { input: batch.input, line: Number(value & 0xffffffffn) };
}
