import { MARKED_REASONS, markerLine } from '../../model/marker-line.ts';
import type { TrafficFormat } from '../../model/traffic-format.ts';
import { canonicalColumns, exchangeRow, IS_BLANK, type SegmentPlan, withBarrier } from './exchange-row.ts';
import { literal } from './literal.ts';
import { steppedSelect } from './stepped-select.ts';

/** For every statement that reads lines by formats. */
export const READING_SETTINGS = [
  'reject_expensive_hyperscan_regexps = 0',
  // Looking for chains of comparisons took 0.14 s of each statement's analysis, and found none.
  'optimize_and_compare_chain = 0',
  // Merged, the levels of the SELECT become one, and what is lazy in it is computed again for each use: 1.4 times the
  // time of a Kong log, 15 times that of Lambda events, and so much memory.
  'query_plan_merge_expressions = 0',
].join(', ');

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

/** What nginx and Apache write into their error logs: a time and a level, whatever comes of it. */
const ERROR_LOG =
  '^([0-9]{4}/[0-9]{2}/[0-9]{2} [0-9:]{8} \\\\[(debug|info|notice|warn|error|crit|alert|emerg)\\\\] |\\\\[[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]{2} [0-9:.]{8,15} [0-9]{4}\\\\] \\\\[([a-z0-9_]*:)?[a-z0-9]+\\\\] )';

/** What reading a line takes of a format. */
type LineReading = Pick<TrafficFormat, 'id' | 'parse' | 'accepts' | 'reasons' | 'columns'>;

/** Lines no format claims: counted, with the cheapest true reason. */
export function unclaimed(formats: readonly TrafficFormat[]): LineReading {
  return {
    id: '',
    parse: [[KEYS, 'keys']],
    accepts: '0',
    reasons: [
      ...MARKED_REASONS.map((reason) => [`line = ${literal(markerLine(reason))}`, reason] as const),
      [`position(line, '\\0') > 0`, 'binary'],
      [`NOT isValidUTF8(line)`, 'bad_utf8'],
      [`startsWith(line, '{') AND NOT isValidJSON(line)`, 'bad_json'],
      ...possibly(formats).map(({ possible }) => [`(${possible})`, AMBIGUOUS] as const),
      [`match(line, '${ERROR_LOG}')`, 'error_log'],
      [`startsWith(line, '#')`, 'comment'],
      ['1', 'unknown_format'],
    ],
    columns: { startedAt: `toDateTime64(0, 3, 'UTC')`, method: `''`, target: `''`, status: `toUInt16(0)` },
  };
}

/** The reason of a line that could be of several formats, none of which can claim it. */
export const AMBIGUOUS = 'ambiguous_format';

const possibly = (formats: readonly TrafficFormat[]) =>
  formats.filter(({ possible }) => possible !== undefined);

/** What claims may look at besides `line`: the top-level keys of a line that is a JSON object. */
const KEYS = `if(startsWith(line, '{'), JSONExtractKeys(line), CAST([], 'Array(String)'))`;

/** The pass that takes what the format of most lines accepts: of a clean segment, all of it. */
export function primaryPart(format: TrafficFormat): SegmentPart {
  return { name: `primary:${format.id}`, kind: 'primary', format, earlier: [] };
}

/**
 * The passes over the lines that the primary part left, one for each format that claims some of them, and one for
 * those nobody claims. `present` holds the ids of these formats; the empty one stands for nobody.
 */
export function claimedParts(
  formats: readonly TrafficFormat[],
  primary: TrafficFormat | undefined,
  present: readonly string[],
): readonly SegmentPart[] {
  const left = primary === undefined ? {} : { except: primary };
  const claimed = formats.map((format, index): SegmentPart => {
    const earlier = formats.slice(0, index);
    return { name: `claimed:${format.id}`, kind: 'claimed', format, earlier, ...left };
  });
  const unclaimed: SegmentPart = { name: 'unclaimed', kind: 'claimed', earlier: formats, ...left };
  return [...claimed, unclaimed].filter(({ format }) => present.includes(format?.id ?? ''));
}

/** The SELECT that turns the lines of a part into rows of the staging table, every line exactly once. */
export function partSelect(part: SegmentPart, source: LineSource, plan: SegmentPlan): string {
  const all = `(SELECT toUInt32(${source.rowNumber}) AS row_index, line FROM ${source.table})`;
  const format = part.format ?? unclaimed(part.earlier);
  if (part.kind === 'primary' && part.format !== undefined) {
    const own = ownOnly(part.format);
    return exchangeRow({ format: own, part: part.name, lines: all, plan, keep: 'accepted-or-blank' });
  }
  const left = part.except === undefined ? all : notAccepted(ownOnly(part.except), all);
  const claims = part.format === undefined ? [] : [`(${part.format.claims})`];
  const conditions = [...claims, ...part.earlier.map((other) => `NOT (${other.claims})`)];
  const lines = `(SELECT row_index, line FROM (SELECT row_index, line, ${KEYS} AS keys FROM ${left})
    WHERE ${conditions.join(' AND ') || '1'})`;
  return exchangeRow({ format, part: part.name, lines, plan, keep: 'all' });
}

/** Counts the lines each format claims, of those that the primary part left: `batch`, `format`, `lines`. */
export function claimsSelect(
  formats: readonly TrafficFormat[],
  { primary, batch }: { readonly primary: TrafficFormat | undefined; readonly batch: number },
  source: LineSource,
): string {
  const all = `(SELECT toUInt32(${source.rowNumber}) AS row_index, line FROM ${source.table})`;
  const left = primary === undefined ? all : notAccepted(ownOnly(primary), all);
  return `SELECT toUInt32(${batch}) AS batch, ${claimant(formats)} AS format, count() AS lines
    FROM (SELECT line, ${KEYS} AS keys FROM ${left}) GROUP BY format`;
}

/** Who claims each line, in their order: `format`. */
export function lineClaims(formats: readonly TrafficFormat[], source: LineSource): string {
  return `SELECT ${claimant(formats)} AS format
    FROM (SELECT toUInt32(${source.rowNumber}) AS row_index, line, ${KEYS} AS keys FROM ${source.table}) ORDER BY row_index`;
}

/** Who claims the lines of the sample `{lines:Array(String)}` that are not blank: `format`, `lines`. */
export function sampleClaims(formats: readonly TrafficFormat[]): string {
  return `SELECT ${claimant(formats)} AS format, count() AS lines
    FROM (SELECT line, ${KEYS} AS keys FROM (SELECT arrayJoin({lines:Array(String)}) AS line) WHERE NOT ${IS_BLANK})
    GROUP BY format`;
}

/** Which formats the lines of a sample could be of that nobody claims: `formats`, `lines`. */
export function samplePossible(formats: readonly TrafficFormat[]): string | undefined {
  const arms = possibly(formats).map(({ id, possible }) => `if(${possible}, '${id}', '')`);
  if (arms.length === 0) return undefined;
  return `SELECT arrayFilter(id -> id != '', [${arms.join(', ')}]) AS formats, count() AS lines
    FROM (SELECT line, ${KEYS} AS keys FROM (SELECT arrayJoin({lines:Array(String)}) AS line))
    WHERE ${claimant(formats)} = '' AND notEmpty(formats) GROUP BY formats`;
}

/** The id of the first format that claims a line; empty when none does. */
function claimant(formats: readonly TrafficFormat[]): string {
  const arms = formats.map(({ claims, id }) => `(${claims}), '${id}',`);
  return `multiIf(${arms.join('\n')} '')`;
}

/**
 * What a format reads from each line: `reason` (empty when accepted) and the canonical columns under their
 * own names, times as RFC 3339. For the worked examples of formats, and for looking into a format.
 */
export function exchangeColumnsSelect(format: LineReading, source: LineSource): string {
  const lines = `(SELECT toUInt32(${source.rowNumber}) AS row_index, line FROM ${source.table})`;
  return `SELECT reason, replaceOne(toString(c_startedAt), ' ', 'T') || 'Z' AS startedAt, c_method AS method,
      c_target AS target, c_status AS status, c_host AS host, c_scheme AS scheme,
      toFloat64(c_latencyMs) AS latencyMs, toFloat64(c_requestBytes) AS requestBytes,
      toFloat64(c_responseBytes) AS responseBytes, c_service AS service, c_consumer AS consumer,
      c_clientAddress AS clientAddress, CAST(c_credentialSeen, 'Bool') AS credentialSeen,
      c_requestHeaders AS requestHeaders, c_responseHeaders AS responseHeaders,
      c_requestHeaderVisibility AS requestHeaderVisibility, c_responseHeaderVisibility AS responseHeaderVisibility,
      c_answeredBy AS answeredBy, c_schemaValidated AS schemaValidated, c_bodies AS bodies, c_vantage AS vantage
    FROM (${canonicalColumns({ format, lines, keep: 'all' })}) ORDER BY row_index SETTINGS ${READING_SETTINGS}`;
}

/** The format taking only lines that it claims: a line has the same fate whatever its neighbours are. */
function ownOnly(format: TrafficFormat): TrafficFormat {
  const { own, claims, accepts, parse } = format;
  if (own !== undefined) return { ...format, accepts: `(${accepts}) AND (${own})` };
  return { ...format, parse: [[KEYS, 'keys'], ...parse], accepts: `(${accepts}) AND (${claims})` };
}

function notAccepted(format: TrafficFormat, lines: string): string {
  const isLeft = `NOT ifNull(${format.accepts}, 0) AND NOT ${IS_BLANK}`;
  const judged = steppedSelect({
    from: lines,
    columns: ['row_index', 'line'],
    steps: [...format.parse, [isLeft, 'is_left']],
    names: ['row_index', 'line', 'is_left'],
  });
  return `(SELECT row_index, line FROM (${withBarrier(judged, 'is_left')}))`;
}
