import { StanceError } from '../../model/error.ts';
import type { TrafficFormat } from '../../model/traffic-format.ts';
import type { Analytics } from './analytics.ts';
import { type BatchCounts, readBatchCounts, readPartLines } from './batch-counts.ts';
import { type SegmentPlan, STAGE_COLUMNS } from './exchange-row.ts';
import { foldSprawl } from './fold-sprawl.ts';
import { HASH_KEY_PARAMETERS, type HashKey } from './hash-key.ts';
import { literal } from './literal.ts';
import { sampleOf } from './read-sample.ts';
import {
  claimedParts,
  claimsSelect,
  type LineSource,
  partSelect,
  primaryPart,
  READING_SETTINGS,
  type SegmentPart,
  sampleClaims,
  samplePossible,
} from './segment-select.ts';

export interface Segment {
  /** The spool file. */
  readonly path: string;
  /** Lines in it; the counts must add up to this. */
  readonly lines: number;
  /** Deterministic name of the batch: the same bytes at the same place of the same source. */
  readonly token: string;
  readonly plan: SegmentPlan;
  /** Id of the format most lines are expected to have; absent when the first lines already differ. */
  readonly primary?: string;
}

/**
 * Block sizes and thread counts are part of what a deduplication token means: the same token with other
 * sizes inserted 589,432 rows again. They are frozen here and may change only with a new token scheme.
 */
const FROZEN_SETTINGS = [
  'max_threads = 1',
  'max_insert_threads = 1',
  'max_parsing_threads = 1',
  'input_format_parallel_parsing = 0',
  'max_block_size = 65409',
  'max_insert_block_size = 1048449',
  'min_insert_block_size_rows = 1048449',
  'min_insert_block_size_bytes = 268402944',
  'insert_deduplicate = 1',
  'insert_select_deduplicate = 1',
  'deduplicate_blocks_in_dependent_materialized_views = 1',
  'async_insert = 0',
  // Rows of equal keys are merged in the background, not on the way in: a third of the time of an insert.
  'optimize_on_insert = 0',
  // Through Distributed tables the rows are there when the statement returns, as they are without.
  'distributed_foreground_insert = 1',
  READING_SETTINGS,
].join(', ');

/**
 * The format that claims every line of a sample, or undefined when the lines differ or nobody claims them. The one that
 * is expected is asked alone first (all of them take 60 ms, one takes 10); no other may claim lines of its.
 */
export async function primaryFormat(
  analytics: Analytics,
  formats: readonly TrafficFormat[],
  sample: readonly string[],
  expected?: string,
): Promise<string | undefined> {
  const lines = sampleOf(sample);
  const only = formats.filter(({ id }) => id === expected);
  if (only.length > 0 && only.length < formats.length) {
    const found = await primaryFormat(analytics, only, lines);
    if (found !== undefined) return found;
  }
  const claims = await analytics.query<{ format: string }>(sampleClaims(formats), { lines });
  return claims.length === 1 ? claims[0]?.format || undefined : undefined;
}

/** Ids of the formats that lines of a sample could be of, where none can be told; all candidates when it holds no such line. */
export async function possibleFormats(
  analytics: Analytics,
  formats: readonly TrafficFormat[],
  sample: readonly string[],
): Promise<readonly string[]> {
  const select = samplePossible(formats);
  if (select === undefined) return [];
  const rows = await analytics.query<{ formats: readonly string[] }>(select, { lines: sampleOf(sample) });
  const found = new Set(rows.flatMap((row) => row.formats));
  if (found.size > 0) return [...found].sort();
  return formats.filter(({ possible }) => possible !== undefined).map(({ id }) => id);
}

/**
 * Reads a segment into the traffic store exactly once, however often it is called with the same segment,
 * and says what became of each line. Throws STORE_FAILED when counts do not add up.
 *
 * A segment whose lines look alike is read by its format alone, and only if lines are left over further
 * statements take those through all formats: a clean segment is parsed once and never asked what it is.
 */
export async function applySegment(
  analytics: Analytics,
  formats: readonly TrafficFormat[],
  segment: Segment,
  key: HashKey,
): Promise<BatchCounts> {
  const { batch } = segment.plan;
  const primary = formats.find((format) => format.id === segment.primary);
  const applied: string[] = [];
  if (primary !== undefined) {
    const part = primaryPart(primary);
    await insertPart(analytics, { segment, key, part });
    applied.push(part.name);
  }
  // Only parts applied by this call count: one that a crash cut short may have left its line counts alone.
  if ((await readPartLines(analytics, batch, applied)) < segment.lines) {
    const present = await claimedFormats(analytics, { formats, primary, segment });
    for (const part of claimedParts(formats, primary, present)) {
      await insertPart(analytics, { segment, key, part });
    }
  }
  await foldSprawl(analytics, { batch, token: segment.token, settings: FROZEN_SETTINGS });
  const counts = await readBatchCounts(analytics, batch);
  if (counts.lines === segment.lines) return counts;
  throw new StanceError(
    'STORE_FAILED',
    `Batch ${batch} has ${segment.lines} lines, but ${counts.lines} were counted.`,
  );
}

interface Leftover {
  readonly formats: readonly TrafficFormat[];
  readonly primary: TrafficFormat | undefined;
  readonly segment: Segment;
}

/** Ids of the formats that claim lines the primary part left; the empty one when nobody claims some. */
async function claimedFormats(
  analytics: Analytics,
  { formats, primary, segment }: Leftover,
): Promise<readonly string[]> {
  const { batch } = segment.plan;
  const token = literal(`${segment.token}:claims`);
  const statement = (source: LineSource) => `INSERT INTO claims (batch, format, lines)
    SETTINGS insert_deduplication_token = ${token}, ${FROZEN_SETTINGS}
    ${claimsSelect(formats, { primary, batch }, source)}`;
  await analytics.insertSegment(segment.path, statement);
  const rows = await analytics.query<{ format: string }>(
    'SELECT DISTINCT c.format AS format FROM claims AS c WHERE c.batch = {batch:UInt32}',
    { batch },
  );
  return rows.map(({ format }) => format);
}

interface PartInsert {
  readonly segment: Segment;
  readonly key: HashKey;
  readonly part: SegmentPart;
}

async function insertPart(analytics: Analytics, { segment, key, part }: PartInsert): Promise<void> {
  const token = literal(`${segment.token}:${part.name}`);
  const statement = (source: LineSource) => `INSERT INTO stage (${Object.keys(STAGE_COLUMNS).join(', ')})
    SETTINGS insert_deduplication_token = ${token}, ${FROZEN_SETTINGS}
    ${partSelect(part, source, segment.plan)}`;
  await analytics.insertSegment(segment.path, statement, HASH_KEY_PARAMETERS(key));
}
