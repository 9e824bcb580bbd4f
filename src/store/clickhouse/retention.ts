import { StanceError } from '../../model/error.ts';
import type { Analytics } from './analytics.ts';
import { type Layout, onCluster, storedTable } from './schema.ts';

export interface Expiry {
  readonly observationsBefore: Date;
  readonly factsBefore: Date;
}

/**
 * Drops the months of observations and facts that lie wholly before the given instants; a month that reaches
 * beyond stays whole. Batches of a dropped month must not be replayed: the store no longer knows their tokens.
 * Throws STORE_FAILED.
 */
export async function dropExpired(
  analytics: Analytics,
  expiry: Expiry,
  layout: Layout = { mode: 'local' },
): Promise<void> {
  await dropMonths(analytics, 'observations', expiry.observationsBefore, layout);
  await dropMonths(analytics, 'facts', expiry.factsBefore, layout);
}

/** Drops what only batches under way need; call it only when no batch is left to be applied. Throws STORE_FAILED. */
export async function dropPassing(analytics: Analytics, layout: Layout = { mode: 'local' }): Promise<void> {
  for (const table of ['unbounded', 'claims']) {
    await analytics.command(`TRUNCATE TABLE ${storedTable(table, layout)}${onCluster(layout)}`);
  }
}

async function dropMonths(analytics: Analytics, table: string, before: Date, layout: Layout): Promise<void> {
  const stored = storedTable(table, layout);
  for (const month of await storedMonths(analytics, stored, layout)) {
    if (monthEnd(month) > before.getTime()) continue;
    // A validated id of six digits; the statement takes no parameter there.
    await analytics.command(`ALTER TABLE ${stored}${onCluster(layout)} DROP PARTITION ID '${month}'`);
  }
}

async function storedMonths(analytics: Analytics, stored: string, layout: Layout): Promise<string[]> {
  const parts =
    layout.mode === 'cluster' ? `clusterAllReplicas(${layout.cluster}, system.parts)` : 'system.parts';
  const rows = await analytics.query<{ month: string }>(
    `SELECT DISTINCT p.partition_id AS month FROM ${parts} AS p
     WHERE p.database = currentDatabase() AND p.table = {stored:String} AND p.active ORDER BY month`,
    { stored },
  );
  return rows.map(({ month }) => month);
}

/** The first instant after the month `YYYYMM`, in milliseconds. */
function monthEnd(month: string): number {
  const [, year, number] = /^(\d{4})(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined || number === undefined) {
    throw new StanceError('STORE_FAILED', 'A table of the traffic store is not partitioned by month.');
  }
  return Date.UTC(Number(year), Number(number));
}
