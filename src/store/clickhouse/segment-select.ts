import type { TrafficFormat } from '../../model/traffic-format.ts';
import { canonicalColumns, exchangeRow, IS_BLANK, type SegmentPlan } from './exchange-row.ts';
import { steppedSelect } from './stepped-select.ts';

/** Where lines come from: a spool file (`file()`), or the body of the request on a server (`input()`). */
export interface LineSource {
  /** A table expression with one column `line String`. */
  readonly table: string;
  /** Expression for the 0-based index of the line. */
  readonly rowNumber: string;
}

/**
 * Which lines of a segment one statement takes. A server reads the body of a request once, so that each format
 * has a statement of its own; the parts of a segment share no line and together have all of them.
 */
export interface SegmentPart {
  /** Unique among the parts of a segment; goes into the deduplication token and the line counts. */
  readonly name: string;
  /**
   * `primary`: lines the format accepts, and blank lines: the whole of a clean segment, parsed once.
   * `claimed`: lines that the format is the first to claim, and if it is absent, lines that none claims.
   */
  readonly kind: 'primary' | 'claimed';
  readonly format?: TrafficFormat;
  /** Formats that claim before this one. */
  readonly earlier: readonly TrafficFormat[];
  /** Leaves out the lines that the primary part took. */
  readonly except?: TrafficFormat;
}

/** A line no format claims: counted, with the cheapest true reason. */
const UNCLAIMED: Pick<TrafficFormat, 'id' | 'parse' | 'accepts' | 'reasons'> & {
  columns: TrafficFormat['columns'];
} = {
  id: '',
  parse: [],
  accepts: '0',
  reasons: [
    // The framer puts this in the place of a line over its bound, so that line numbers stay true.
    [`startsWith(line, '\\x01line-too-long')`, 'line_too_long'],
    [`position(line, '\\0') > 0`, 'binary'],
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`startsWith(line, '{') AND NOT isValidJSON(line)`, 'bad_json'],
    ['1', 'unknown_format'],
  ],
  columns: { startedAt: `toDateTime64(0, 3, 'UTC')`, method: `''`, target: `''`, status: `toUInt16(0)` },
};

/** The parts of a segment in the order they are tried; the first may already take all of its lines. */
export function segmentParts(
  formats: readonly TrafficFormat[],
  primary: TrafficFormat | undefined,
): readonly SegmentPart[] {
  const left = primary === undefined ? {} : { except: primary };
  const claimed = formats.map((format, index): SegmentPart => {
    const earlier = formats.slice(0, index);
    return { name: `claimed:${format.id}`, kind: 'claimed', format, earlier, ...left };
  });
  const parts: SegmentPart[] = [
    ...claimed,
    { name: 'unclaimed', kind: 'claimed', earlier: formats, ...left },
  ];
  if (primary === undefined) return parts;
  return [{ name: `primary:${primary.id}`, kind: 'primary', format: primary, earlier: [] }, ...parts];
}

/** The SELECT that turns the lines of a part into rows of the staging table, every line exactly once. */
export function partSelect(part: SegmentPart, source: LineSource, plan: SegmentPlan): string {
  const all = `(SELECT toUInt32(${source.rowNumber}) AS row_index, line FROM ${source.table})`;
  const format = part.format ?? UNCLAIMED;
  if (part.kind === 'primary')
    return exchangeRow({ format, part: part.name, lines: all, plan, keep: 'accepted-or-blank' });
  const left = part.except === undefined ? all : notAccepted(part.except, all);
  const claims = part.format === undefined ? [] : [`(${part.format.claims})`];
  const conditions = [...claims, ...part.earlier.map((other) => `NOT (${other.claims})`)];
  const lines = `(SELECT row_index, line FROM ${left} WHERE ${conditions.join(' AND ')})`;
  return exchangeRow({ format, part: part.name, lines, plan, keep: 'all' });
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
  const parsed = steppedSelect({ from: lines, columns: ['row_index', 'line'], steps: format.parse });
  return `(SELECT row_index, line FROM (${parsed})
    WHERE NOT ifNull(${format.accepts}, 0) AND NOT ${IS_BLANK})`;
}
