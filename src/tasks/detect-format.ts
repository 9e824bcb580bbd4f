import { asUtf8, beginning, type Encoding, openBytes } from '../inputs/records/open-bytes.ts';
import { recordLayout, recordStream } from '../inputs/records/open-records.ts';
import { offeredFormats, type ReadingOptions } from '../inputs/traffic/offered-formats.ts';
import type { TrafficFormat } from '../model/traffic-format.ts';
import type { Analytics } from '../store/clickhouse/analytics.ts';
import { possibleFormats } from '../store/clickhouse/apply-segment.ts';
import { claimsOf, readAs, reasonsOf, sampleOf } from '../store/clickhouse/read-sample.ts';
import { lookIntoFile } from './look-into-file.ts';
import { maskedExchange } from './masked-exchange.ts';

/** A format found in a sample: how many of its records it claims, and how many of these it reads. */
export interface DetectedFormat {
  readonly id: string;
  readonly title: string;
  /** What it is told by. */
  readonly signs: string;
  readonly claimed: number;
  readonly accepted: number;
  readonly rejected: Readonly<Record<string, number>>;
}

export interface Detection {
  readonly path: string;
  readonly encoding: Encoding;
  readonly document?: string;
  readonly wrappers: readonly string[];
  /** Records looked at; blank ones do not count. */
  readonly records: number;
  /**
   * `certain`: one or several formats claim every record. `partly`: they claim some. `ambiguous`: records could be of
   * several formats. `none`: nothing is recognised.
   */
  readonly confidence: 'certain' | 'partly' | 'ambiguous' | 'none';
  /** The most frequent first. */
  readonly formats: readonly DetectedFormat[];
  /** Records nobody claims, by reason. */
  readonly unclaimed: Readonly<Record<string, number>>;
  /** Formats that records nobody claims could be of. */
  readonly possible: readonly string[];
  /** The first records as canonical exchange, masked. */
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

/** Records are gathered up to this; of them, as many as one statement takes are looked at. */
const SAMPLE_BYTES = 1024 * 1024;
const SAMPLE_RECORDS = 1000;
const EXAMPLES = 3;

/** Says what a file holds, from its first records. Throws what the file system and the store throw. */
export async function detectFormat(
  analytics: Analytics,
  path: string,
  reading: ReadingOptions,
): Promise<Detection> {
  const formats = offeredFormats(reading);
  const { encoding, head } = await lookIntoFile(path);
  const layout = recordLayout(head);
  const stream = recordStream(asUtf8(openBytes(path, encoding)), head);
  const records = await beginning(stream, SAMPLE_BYTES);
  const lines = sampleOf(linesIn(records));
  const claims = await claimsOf(analytics, formats, lines);
  const linesOf = (id: string) => lines.filter((_, index) => claims[index] === id);
  const found = formats.filter(({ id }) => claims.includes(id));
  const read = await Promise.all(found.map((format) => readFormat(analytics, format, linesOf(format.id))));
  const nobodys = linesOf('');
  const possible = await possibleFormats(analytics, formats, nobodys);
  return {
    path,
    encoding,
    ...(layout.document !== undefined && { document: layout.document }),
    wrappers: layout.wrappers,
    records: lines.length,
    confidence: confidenceOf({ found: found.length, unclaimed: nobodys.length, possible: possible.length }),
    formats: read.map(({ detected }) => detected).sort((left, right) => right.claimed - left.claimed),
    unclaimed: countsOf(nobodys.length === 0 ? [] : await reasonsOf(analytics, formats, nobodys)),
    possible,
    examples: read.flatMap(({ examples }) => examples).slice(0, EXAMPLES),
  };
}

interface Reading {
  readonly detected: DetectedFormat;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

async function readFormat(
  analytics: Analytics,
  format: TrafficFormat,
  lines: readonly string[],
): Promise<Reading> {
  const rows = await readAs(analytics, format, lines);
  const accepted = rows.filter(({ reason }) => reason === '');
  const { id, title, states } = format;
  return {
    detected: {
      id,
      title,
      signs: states.signs,
      claimed: rows.length,
      accepted: accepted.length,
      rejected: countsOf(rows.filter(({ reason }) => reason !== '').map(({ reason }) => reason)),
    },
    examples: accepted.slice(0, EXAMPLES).map((row) => ({ format: id, ...maskedExchange(row) })),
  };
}

function confidenceOf(counts: {
  readonly found: number;
  readonly unclaimed: number;
  readonly possible: number;
}): Detection['confidence'] {
  if (counts.found > 0) return counts.unclaimed === 0 ? 'certain' : 'partly';
  return counts.possible > 0 ? 'ambiguous' : 'none';
}

function countsOf(reasons: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of [...reasons].sort()) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** The last line only when it is whole or the only one; NUL cannot stand in a parameter. */
function linesIn(records: Buffer): readonly string[] {
  const lines = records.toString('utf8').replaceAll('\0', '\u0001').split('\n');
  const whole = records.length < SAMPLE_BYTES || lines.length === 1 ? lines : lines.slice(0, -1);
  return whole.filter((line) => line.trim() !== '').slice(0, SAMPLE_RECORDS);
}
