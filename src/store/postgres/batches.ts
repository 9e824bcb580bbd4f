import { type Selectable, sql } from 'kysely';
import { type Change, timestamp, update, upsert } from './change.ts';
import type { Database } from './database.ts';
import type { StateStore } from './open-state.ts';

export interface RejectedLines {
  readonly count: number;
  /** Masked before they come here. */
  readonly examples: readonly string[];
}

/** Where the lines of a batch went; with the duplicates, which no batch holds, every line is in one bucket. */
export interface BatchCounts {
  readonly accepted: number;
  readonly blank: number;
  readonly rejected: Readonly<Record<string, RejectedLines>>;
}

/** A stretch of one source that is applied as a whole or not at all. */
export interface ReceivedBatch {
  readonly token: string;
  readonly sourceId: number;
  /** Bytes of the decompressed stream, end exclusive. */
  readonly startOffset: number;
  readonly endOffset: number;
  /** Line number of its first line in the source, from 1. */
  readonly firstLine: number;
  readonly lines: number;
  /** CRC-32 of the segment, hex: a replay must find the same bytes. */
  readonly crc32: string;
  /** How it is parsed; kept so that a replay gives the same rows. Canonical JSON: integers only. */
  readonly plan: unknown;
  /** RFC 3339, UTC. */
  readonly receivedAt: string;
}

/** What is known once it is applied. */
export interface AppliedBatch {
  readonly counts: BatchCounts;
  /** RFC 3339, UTC: the times of its first and last exchange; absent when no line was accepted. */
  readonly timeMin?: string;
  readonly timeMax?: string;
  readonly appliedAt: string;
}

export interface Batch extends ReceivedBatch {
  readonly applied?: AppliedBatch;
}

/** Sums over the applied batches of a source. */
export interface SourceCounts {
  readonly lines: number;
  readonly accepted: number;
  readonly blank: number;
  /** Lines by reason. */
  readonly rejected: Readonly<Record<string, number>>;
}

/** Receiving the same token again changes nothing; another batch at the same offset of the source is refused. */
export function receiveBatch(batch: ReceivedBatch): Change[] {
  const initial = {
    source_id: batch.sourceId,
    start_offset: batch.startOffset,
    end_offset: batch.endOffset,
    first_line: batch.firstLine,
    lines: batch.lines,
    crc32: batch.crc32,
    state: 'received',
    plan: batch.plan,
    received_at: timestamp(batch.receivedAt),
  } as const;
  return [upsert('batches', { token: batch.token }, { initial })];
}

/** Commit it together with the source's progress. */
export function applyBatch(token: string, applied: AppliedBatch): Change[] {
  const { counts, timeMin, timeMax, appliedAt } = applied;
  const after = {
    state: 'applied',
    counts,
    time_min: timeMin === undefined ? null : timestamp(timeMin),
    time_max: timeMax === undefined ? null : timestamp(timeMax),
    applied_at: timestamp(appliedAt),
  } as const;
  return [update('batches', { token }, after)];
}

/** Batches whose traffic may or may not have reached the analytics store: replay them, in this order. */
export async function listReceivedBatches(store: StateStore): Promise<Batch[]> {
  const rows = await store.db
    .selectFrom('batches')
    .selectAll()
    .where('state', '=', 'received')
    .orderBy('source_id')
    .orderBy('start_offset')
    .execute();
  return rows.map(batchOf);
}

export async function findBatch(store: StateStore, token: string): Promise<Batch | undefined> {
  const row = await store.db.selectFrom('batches').selectAll().where('token', '=', token).executeTakeFirst();
  return row && batchOf(row);
}

/** What became of the lines of a source up to an offset: what another run over the same bytes need not apply again. */
export async function countSource(
  store: StateStore,
  sourceId: number,
  upToOffset: number,
): Promise<SourceCounts> {
  const result = await sql<SourceCounts>`
    with applied as (
      select b.lines, b.counts from batches as b
      where b.source_id = ${sourceId} and b.end_offset <= ${upToOffset} and b.state = 'applied'
    ), reasons as (
      select r.reason, sum((r.rejected ->> 'count')::bigint) as lines
      from applied as a, jsonb_each(a.counts -> 'rejected') as r (reason, rejected)
      group by r.reason
    )
    select
      coalesce(sum(a.lines), 0)::bigint as lines,
      coalesce(sum((a.counts ->> 'accepted')::bigint), 0)::bigint as accepted,
      coalesce(sum((a.counts ->> 'blank')::bigint), 0)::bigint as blank,
      (select coalesce(jsonb_object_agg(r.reason, r.lines), '{}') from reasons as r) as rejected
    from applied as a`.execute(store.db);
  const counts = result.rows[0];
  if (!counts) throw new Error('an aggregate without groups gave no row');
  return counts;
}

function batchOf(row: Selectable<Database['batches']>): Batch {
  return {
    token: row.token,
    sourceId: row.source_id,
    startOffset: row.start_offset,
    endOffset: row.end_offset,
    firstLine: row.first_line,
    lines: row.lines,
    crc32: row.crc32,
    plan: row.plan,
    receivedAt: row.received_at,
    ...(row.counts && row.applied_at && { applied: appliedOf(row, row.counts, row.applied_at) }),
  };
}

function appliedOf(
  row: Selectable<Database['batches']>,
  counts: BatchCounts,
  appliedAt: string,
): AppliedBatch {
  return {
    counts,
    ...(row.time_min !== null && { timeMin: row.time_min }),
    ...(row.time_max !== null && { timeMax: row.time_max }),
    appliedAt,
  };
}
