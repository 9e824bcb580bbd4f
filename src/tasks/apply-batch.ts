import { z } from 'zod';
import { offeredFormats } from '../inputs/traffic/offered-formats.ts';
import { StanceError } from '../model/error.ts';
import { applySegment } from '../store/clickhouse/apply-segment.ts';
import type { BatchCounts } from '../store/clickhouse/batch-counts.ts';
import {
  applyBatch,
  listReceivedBatches,
  type ReceivedBatch,
  receiveBatch,
} from '../store/postgres/batches.ts';
import { commitChange } from '../store/postgres/commit-change.ts';
import { type SourceProgress, updateSource } from '../store/postgres/sources.ts';
import type { Workspace } from './open-workspace.ts';

/** How a batch is parsed, as kept in its manifest: a replay must give the same rows. */
const planSchema = z.strictObject({
  batch: z.int().positive(),
  firstLine: z.int().positive(),
  sourceName: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  primary: z.string().optional(),
  logFormat: z.string().optional(),
  format: z.string().optional(),
  fieldMap: z.string().optional(),
  /** Name of the spool segment. */
  segment: z.string(),
  /** What the source becomes when the batch is applied. */
  tailLength: z.int().nonnegative(),
  tailSha256: z.string(),
  openTail: z.boolean(),
});

export type BatchPlan = z.infer<typeof planSchema>;

/**
 * Takes a spooled batch through its life: manifest, traffic, state, and the segment's end.
 * Each step is durable before the next, and each can be repeated, so a crash between any two loses and doubles
 * nothing.
 */
export async function takeInBatch(workspace: Workspace, batch: ReceivedBatch): Promise<BatchCounts> {
  const { deps, state } = workspace;
  await commitChange(state, {
    actor: 'stance',
    actorKind: 'system',
    action: 'batch.receive',
    target: `batch/${batch.token}`,
    at: deps.now(),
    changes: receiveBatch(batch),
  });
  await deps.onStage('manifest-committed');
  return applyReceived(workspace, batch);
}

async function applyReceived(workspace: Workspace, batch: ReceivedBatch): Promise<BatchCounts> {
  const { deps, state, spool, traffic } = workspace;
  const plan = planSchema.parse(batch.plan);
  const counts = await applySegment(
    traffic,
    offeredFormats(plan),
    {
      path: spool.path(plan.segment),
      lines: batch.lines,
      token: batch.token,
      plan,
      ...(plan.primary !== undefined && { primary: plan.primary }),
    },
    workspace.hashKey,
  );
  await deps.onStage('traffic-applied');
  const { accepted, blank, rejected, timeMin, timeMax } = counts;
  const appliedAt = deps.now().toISOString();
  await commitChange(state, {
    actor: 'stance',
    actorKind: 'system',
    action: 'batch.apply',
    target: `batch/${batch.token}`,
    at: deps.now(),
    changes: [
      ...applyBatch(batch.token, {
        counts: { accepted, blank, rejected },
        appliedAt,
        ...(timeMin !== undefined && { timeMin }),
        ...(timeMax !== undefined && { timeMax }),
      }),
      ...updateSource(batch.sourceId, progress(batch, plan, counts)),
    ],
  });
  await deps.onStage('state-committed');
  await spool.remove(plan.segment);
  await deps.onStage('segment-deleted');
  return counts;
}

function progress(batch: ReceivedBatch, plan: BatchPlan, counts: BatchCounts): SourceProgress {
  return {
    committedOffset: batch.endOffset,
    committedLines: batch.firstLine + batch.lines - 1,
    tailLength: plan.tailLength,
    tailSha256: plan.tailSha256,
    openTail: plan.openTail,
    ...(counts.formats.length > 0 && { format: counts.formats.join('+') }),
  };
}

/** Finishes what an earlier run was stopped in, and wipes segments that no manifest names. */
export async function replayBatches(workspace: Workspace): Promise<number> {
  const { spool, state } = workspace;
  const received = await listReceivedBatches(state);
  const segments = new Set(await spool.list());
  for (const batch of received) {
    const { segment } = planSchema.parse(batch.plan);
    if (!segments.has(segment))
      throw damagedSegment(workspace, segment, `batch ${batch.token} was received, but its segment is gone`);
    if ((await spool.checksum(segment)) !== batch.crc32)
      throw damagedSegment(
        workspace,
        segment,
        `batch ${batch.token} was received with other bytes than its segment has`,
      );
    await applyReceived(workspace, batch);
    segments.delete(segment);
  }
  for (const orphan of segments) await spool.remove(orphan);
  return received.length;
}

function damagedSegment({ spool }: Workspace, segment: string, message: string): StanceError {
  return new StanceError('DATA_DAMAGED', message, { place: { file: spool.path(segment) } });
}
