import { basename } from 'node:path';
import { type FramedSegment, LineFramer } from '../inputs/records/frame-lines.ts';
import { asUtf8, type Encoding, openBytes, skipBytes } from '../inputs/records/open-bytes.ts';
import { type RecordLayout, recordStream } from '../inputs/records/open-records.ts';
import { offeredFormats, type ReadingOptions } from '../inputs/traffic/offered-formats.ts';
import { maskedText } from '../model/masked-text.ts';
import type { InputReport } from '../model/report.ts';
import { possibleFormats, primaryFormat } from '../store/clickhouse/apply-segment.ts';
import type { BatchCounts } from '../store/clickhouse/batch-counts.ts';
import { AMBIGUOUS } from '../store/clickhouse/segment-select.ts';
import { commitChange } from '../store/postgres/commit-change.ts';
import { addSource, nextSourceId, type SourceProgress, updateSource } from '../store/postgres/sources.ts';
import { type BatchPlan, takeInBatch } from './apply-batch.ts';
import { findResumePoint, headOf, type OpenLines, sha256 } from './find-source.ts';
import type { Workspace } from './open-workspace.ts';

export interface TrafficInput {
  /** As given, for people. */
  readonly path: string;
  readonly encoding: Encoding;
  readonly layout: RecordLayout;
}

export interface IngestOptions {
  readonly reading: ReadingOptions;
  /** Exchanges outside are rejected by reason. */
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** A batch ends with the line that takes it to this size; smaller than 63 MiB only to make more batches in tests. */
  readonly segmentBytes?: number;
  readonly onProgress?: (progress: { readonly bytes: number; readonly lines: number }) => void;
}

interface KnownSource {
  readonly id: number;
  readonly offset: number;
  readonly lines: number;
  readonly isShorter: boolean;
}

interface Spooled {
  readonly framed: FramedSegment;
  readonly segment: string;
  readonly checksum: string;
}

/** Takes in what is new in a file, and accounts for every line of it. */
export async function ingestFile(
  workspace: Workspace,
  input: TrafficInput,
  options: IngestOptions,
): Promise<InputReport> {
  const open = () => lineStream(input);
  const source = await knownSource(workspace, input, open);
  const { segmentBytes } = options;
  const framer = new LineFramer(skipBytes(open(), source.offset), {
    startOffset: source.offset,
    ...(segmentBytes !== undefined && { segmentBytes }),
  });
  const counts: BatchCounts[] = [];
  let firstLine = source.lines + 1;
  let ambiguous: readonly string[] | undefined;
  // While one segment is applied the next is read: the two run in different processes.
  let next = spoolNext(workspace, framer);
  for (let spooled = await next; spooled !== undefined; spooled = await next) {
    next = workspace.deps.signal.aborted ? Promise.resolve(undefined) : spoolNext(workspace, framer);
    // Awaited at the top of the loop; until then a failure must not count as unhandled.
    next.catch(() => undefined);
    const expected = expectedFormat(counts.at(-1), options.reading);
    const batch = await takeIn({ workspace, input, options, source, spooled, firstLine, expected });
    counts.push(batch);
    if (AMBIGUOUS in batch.rejected) ambiguous ??= spooled.framed.sample;
    firstLine += spooled.framed.lines;
    options.onProgress?.({
      bytes: spooled.framed.endOffset - spooled.framed.startOffset,
      lines: spooled.framed.lines,
    });
  }
  const report = inputReport(input, { source, counts, framer });
  if (ambiguous === undefined) return report;
  const formats = offeredFormats(options.reading);
  return { ...report, possibleFormats: [...(await possibleFormats(workspace.traffic, formats, ambiguous))] };
}

/** Formats that the user described may claim lines of others, so that all must be asked. */
function expectedFormat(last: BatchCounts | undefined, reading: ReadingOptions): string | undefined {
  const isDescribed = reading.logFormat !== undefined || reading.fieldMap !== undefined;
  return isDescribed || last?.formats.length !== 1 ? undefined : last.formats[0];
}

function lineStream({ path, encoding, layout }: TrafficInput): AsyncIterable<Buffer> {
  return recordStream(asUtf8(openBytes(path, encoding)), layout);
}

async function knownSource(workspace: Workspace, input: TrafficInput, open: OpenLines): Promise<KnownSource> {
  const { deps, state } = workspace;
  const head = await headOf(open);
  const now = deps.now().toISOString();
  const seen: SourceProgress = {
    path: input.path,
    headLength: head.length,
    headSha256: sha256(head),
    lastSeen: now,
  };
  const resume = await findResumePoint(state, head, open);
  const act = { actor: 'stance', actorKind: 'system', at: deps.now() } as const;
  if (resume !== undefined) {
    const { id } = resume.source;
    const longer = head.length >= resume.source.headLength ? seen : { path: input.path, lastSeen: now };
    await commitChange(state, {
      ...act,
      action: 'source.see',
      target: `source/${id}`,
      changes: updateSource(id, longer),
    });
    return { id, offset: resume.offset, lines: resume.lines, isShorter: resume.isShorter };
  }
  const id = await nextSourceId(state);
  const changes = addSource({
    id,
    headLength: head.length,
    headSha256: sha256(head),
    tailLength: 0,
    tailSha256: sha256(Buffer.alloc(0)),
    committedOffset: 0,
    committedLines: 0,
    openTail: false,
    format: '',
    name: sourceName(input.path),
    path: input.path,
    firstSeen: now,
    lastSeen: now,
  });
  await commitChange(state, { ...act, action: 'source.add', target: `source/${id}`, changes });
  return { id, offset: 0, lines: 0, isShorter: false };
}

/** The file name up to its first dot: `access.log.1.gz` and `access.log` are one source by name. */
function sourceName(path: string): string {
  return basename(path).replace(/(?<=.)\..*$/, '');
}

async function spoolNext(workspace: Workspace, framer: LineFramer): Promise<Spooled | undefined> {
  const writer = await workspace.spool.create();
  const framed = await framer.next(writer);
  if (framed === undefined) {
    await writer.discard();
    return undefined;
  }
  const { name, checksum } = await writer.finish();
  await workspace.deps.onStage('segment-spooled');
  return { framed, segment: name, checksum };
}

interface TakeIn {
  readonly workspace: Workspace;
  readonly input: TrafficInput;
  readonly options: IngestOptions;
  readonly source: KnownSource;
  readonly spooled: Spooled;
  readonly firstLine: number;
  /** The format of the segment before. */
  readonly expected: string | undefined;
}

async function takeIn({
  workspace,
  input,
  options,
  source,
  spooled,
  firstLine,
  expected,
}: TakeIn): Promise<BatchCounts> {
  const { framed, segment, checksum } = spooled;
  const { reading } = options;
  const { sample } = framed;
  const primary = await primaryFormat(workspace.traffic, offeredFormats(reading), sample, expected);
  const plan: BatchPlan = {
    batch: workspace.nextBatch(),
    firstLine,
    sourceName: sourceName(input.path),
    notBefore: clickhouseTime(options.notBefore),
    notAfter: clickhouseTime(options.notAfter),
    segment,
    tailLength: framed.tail.length,
    tailSha256: sha256(framed.tail),
    openTail: framed.endsOpen,
    ...(primary !== undefined && { primary }),
    ...reading,
  };
  return takeInBatch(workspace, {
    token: `${source.id}-${framed.startOffset}-${checksum}`,
    sourceId: source.id,
    startOffset: framed.startOffset,
    endOffset: framed.endOffset,
    firstLine,
    lines: framed.lines,
    crc32: checksum,
    plan,
    receivedAt: workspace.deps.now().toISOString(),
  });
}

const clickhouseTime = (time: Date) => time.toISOString().replace('T', ' ').replace('Z', '');

interface Outcome {
  readonly source: KnownSource;
  readonly counts: readonly BatchCounts[];
  readonly framer: LineFramer;
}

function inputReport(input: TrafficInput, { source, counts, framer }: Outcome): InputReport {
  const rejected: InputReport['rejected'] = {};
  for (const batch of counts) {
    for (const [reason, { count, examples }] of Object.entries(batch.rejected)) {
      const known = rejected[reason];
      rejected[reason] = {
        count: (known?.count ?? 0) + count,
        examples: [...(known?.examples ?? []), ...examples].slice(0, 3),
      };
    }
  }
  const cutOff = framer.cutOffLine;
  if (cutOff !== undefined) rejected.cut_off = { count: 1, examples: [maskedText(cutOff)] };
  const sum = (count: (batch: BatchCounts) => number) =>
    counts.reduce((total, batch) => total + count(batch), 0);
  const { document, wrappers } = input.layout;
  return {
    path: input.path,
    ...(document !== undefined && { document }),
    ...(wrappers.length > 0 && { wrappers: [...wrappers] }),
    format: [...new Set(counts.flatMap((batch) => batch.formats))].sort().join('+'),
    read: source.lines + sum((batch) => batch.lines) + (cutOff === undefined ? 0 : 1),
    accepted: sum((batch) => batch.accepted),
    duplicate: source.lines,
    blank: sum((batch) => batch.blank),
    rejected,
    ...problemOf(source, framer),
  };
}

function problemOf(source: KnownSource, framer: LineFramer): Pick<InputReport, 'problem'> {
  if (framer.problem !== undefined)
    return { problem: `read up to a damaged place: ${framer.problem.message}` };
  if (source.isShorter) return { problem: 'shorter than when it was read before: all of it counts as known' };
  return {};
}
