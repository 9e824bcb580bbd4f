import { writeFile } from 'node:fs/promises';
import { asUtf8, beginning, type Encoding, openBytes } from '../inputs/records/open-bytes.ts';
import { recordStream } from '../inputs/records/open-records.ts';
import { offeredFormats, type ReadingOptions } from '../inputs/traffic/offered-formats.ts';
import type { TrafficFormat } from '../model/traffic-format.ts';
import type { Analytics } from '../store/clickhouse/analytics.ts';
import { possibleFormats } from '../store/clickhouse/apply-segment.ts';
import { claimsOf, readAs, reasonsOf, type SampleRow } from '../store/clickhouse/read-sample.ts';
import { AMBIGUOUS } from '../store/clickhouse/segment-select.ts';
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
   * `certain`: one or several formats claim every record. `partly`: they claim some. `ambiguous`: some could be of
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

/** So much is looked at. */
const SAMPLE_BYTES = 2 * 1024 * 1024;
const SAMPLE_RECORDS = 1000;
const EXAMPLES = 3;
const NEWLINE = 0x0a;
const LINE_END = Buffer.from('\n');

/**
 * Says what a file holds, from its first records, which `sampleFile` is overwritten with. Throws what the file system
 * and the store throw.
 */
export async function detectFormat(
  analytics: Analytics,
  path: string,
  { sampleFile, ...reading }: ReadingOptions & { readonly sampleFile: string },
): Promise<Detection> {
  const formats = offeredFormats(reading);
  const { encoding, layout } = await lookIntoFile(path);
  const stream = recordStream(asUtf8(openBytes(path, encoding)), layout);
  const records = linesIn(await beginning(stream, SAMPLE_BYTES));
  await writeFile(
    sampleFile,
    records.flatMap((record) => [record, LINE_END]),
    { mode: 0o600 },
  );
  const claims = await claimsOf(analytics, formats, sampleFile);
  const found = formats.filter(({ id }) => claims.includes(id));
  const read = await Promise.all(
    found.map(async (format) => {
      const rows = await readAs(analytics, format, sampleFile);
      return readFormat(
        format,
        rows.filter((_, index) => claims[index] === format.id),
      );
    }),
  );
  const reasons = claims.includes('') ? await reasonsOf(analytics, formats, sampleFile) : [];
  const unclaimed = reasons.filter((_, index) => claims[index] === '');
  const nobodys = records.filter((_, index) => claims[index] === '').map(String);
  const possible = unclaimed.includes(AMBIGUOUS) ? await possibleFormats(analytics, formats, nobodys) : [];
  return {
    path,
    encoding,
    ...(layout.document !== undefined && { document: layout.document }),
    wrappers: layout.wrappers,
    records: records.length,
    confidence: confidenceOf({ found: found.length, unclaimed: unclaimed.length, possible: possible.length }),
    formats: read.map(({ detected }) => detected).sort((left, right) => right.claimed - left.claimed),
    unclaimed: countsOf(unclaimed),
    possible,
    examples: read.flatMap(({ examples }) => examples).slice(0, EXAMPLES),
  };
}

interface Reading {
  readonly detected: DetectedFormat;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

function readFormat(format: TrafficFormat, rows: readonly SampleRow[]): Reading {
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
  if (counts.possible > 0) return 'ambiguous';
  if (counts.found === 0) return 'none';
  return counts.unclaimed === 0 ? 'certain' : 'partly';
}

function countsOf(reasons: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of [...reasons].sort()) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** The records that are not blank; the last only when it is whole, or the only one. */
function linesIn(records: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < records.length && lines.length < SAMPLE_RECORDS; ) {
    const newline = records.indexOf(NEWLINE, from);
    const end = newline === -1 ? records.length : newline;
    const line = records.subarray(from, end);
    const isCut = newline === -1 && records.length === SAMPLE_BYTES && lines.length > 0;
    if (!isCut && line.toString('latin1').trim() !== '') lines.push(line);
    from = end + 1;
  }
  return lines;
}
