import type { TrafficFormat } from '../../model/traffic-format.ts';
import { canonicalColumns, exchangeRow, type SegmentPlan } from './exchange-row.ts';

/** Where lines come from: a spool file (`file()`), or the body of the request on a server (`input()`). */
export interface LineSource {
  /** A table expression with one column `line String`. */
  readonly table: string;
  /** Expression for the 0-based index of the line. */
  readonly rowNumber: string;
}

/** Which lines of a segment a SELECT covers. */
export type SegmentPass =
  /** Lines the format accepts, and blank lines: the whole of a clean segment, parsed once. */
  | { readonly kind: 'primary'; readonly format: TrafficFormat }
  /** Every line, each through the first format that claims it. */
  | { readonly kind: 'all'; readonly formats: readonly TrafficFormat[] }
  /** The lines a primary pass left, each through the first format that claims it. */
  | { readonly kind: 'rest'; readonly formats: readonly TrafficFormat[]; readonly except: TrafficFormat };

const IS_BLANK = `match(line, '^[ \\\\t\\\\r]*$')`;
/** The framer puts this in the place of a line over its bound, so that line numbers stay true. */
export const TOO_LONG_MARKER = '\u0001line-too-long';

/** A line no format claims: counted, with the cheapest true reason. */
const UNCLAIMED: Pick<TrafficFormat, 'id' | 'parse' | 'accepts' | 'reasons'> & {
  columns: TrafficFormat['columns'];
} = {
  id: '',
  parse: [],
  accepts: '0',
  reasons: [
    [`startsWith(line, '\\x01line-too-long')`, 'line_too_long'],
    [`position(line, '\\0') > 0`, 'binary'],
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`startsWith(line, '{') AND NOT isValidJSON(line)`, 'bad_json'],
    ['1', 'unknown_format'],
  ],
  columns: { startedAt: `toDateTime64(0, 3, 'UTC')`, method: `''`, target: `''`, status: `toUInt16(0)` },
};

/** The SELECT that turns the lines of a segment into rows of the staging table, every line exactly once. */
export function segmentSelect(pass: SegmentPass, source: LineSource, plan: SegmentPlan): string {
  const lines = `(SELECT toUInt32(${source.rowNumber}) AS row_index, line FROM ${source.table})`;
  if (pass.kind === 'primary')
    return exchangeRow({ format: pass.format, lines, plan, keep: 'accepted-or-blank' });
  const left = pass.kind === 'all' ? lines : notAccepted(pass.except, lines);
  // One filtered branch per format: routing with if() inside one SELECT is four times slower.
  const branches = pass.formats.map((format, index) => {
    const earlier = pass.formats.slice(0, index).map((other) => `NOT (${other.claims})`);
    const claimed = `(SELECT row_index, line FROM ${left} WHERE ${[`(${format.claims})`, ...earlier].join(' AND ')})`;
    return exchangeRow({ format, lines: claimed, plan, keep: 'all' });
  });
  const nobody = pass.formats.map((format) => `NOT (${format.claims})`).join(' AND ');
  const rest = `(SELECT row_index, line FROM ${left} WHERE ${nobody})`;
  return [...branches, exchangeRow({ format: UNCLAIMED, lines: rest, plan, keep: 'all' })].join(
    '\nUNION ALL\n',
  );
}

/** Counts which of the sample `{lines:Array(String)}` each format claims: one row, `f0`, `f1`, … and `others`. */
export function claimCounts(formats: readonly TrafficFormat[]): string {
  const columns = formats.map((format, index) => {
    const earlier = formats.slice(0, index).map((other) => `NOT (${other.claims})`);
    return `countIf(${[`(${format.claims})`, ...earlier].join(' AND ')}) AS f${index}`;
  });
  const nobody = formats.map((format) => `NOT (${format.claims})`).join(' AND ');
  return `SELECT ${columns.join(', ')}, countIf(${nobody} AND NOT ${IS_BLANK}) AS others
    FROM (SELECT arrayJoin({lines:Array(String)}) AS line)`;
}

/**
 * What a format reads from each line: `reason` (empty when accepted) and the canonical columns under their
 * own names, times as RFC 3339. For the worked examples of formats, and for looking into a format.
 */
export function exchangeColumnsSelect(format: TrafficFormat, source: LineSource): string {
  const lines = `(SELECT toUInt32(${source.rowNumber}) AS row_index, line FROM ${source.table})`;
  return `SELECT reason, replaceOne(toString(c_startedAt), ' ', 'T') || 'Z' AS startedAt, c_method AS method,
      c_target AS target, c_status AS status, c_host AS host, c_scheme AS scheme,
      toFloat64(c_latencyMs) AS latencyMs, toFloat64(c_requestBytes) AS requestBytes,
      toFloat64(c_responseBytes) AS responseBytes, c_service AS service, c_consumer AS consumer,
      c_clientAddress AS clientAddress, CAST(c_credentialSeen, 'Bool') AS credentialSeen,
      c_requestHeaders AS requestHeaders, c_responseHeaders AS responseHeaders,
      c_requestHeaderVisibility AS requestHeaderVisibility, c_responseHeaderVisibility AS responseHeaderVisibility,
      c_answeredBy AS answeredBy, c_schemaValidated AS schemaValidated, c_bodies AS bodies, c_vantage AS vantage
    FROM (${canonicalColumns({ format, lines, keep: 'all' })}) ORDER BY row_index`;
}

function notAccepted(format: TrafficFormat, lines: string): string {
  const aliases = format.parse.map(([expression, alias]) => `${expression} AS ${alias}`);
  return `(SELECT row_index, line FROM (SELECT ${['row_index', 'line', ...aliases].join(',\n')} FROM ${lines})
    WHERE NOT ifNull(${format.accepts}, 0) AND NOT ${IS_BLANK})`;
}
