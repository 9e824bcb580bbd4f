import { sql } from 'kysely';
import type { StateStore } from './open-state.ts';

/** Which input a batch came from, by the number that names it in the traffic store. */
export interface BatchInputName {
  readonly batch: number;
  /** The path by which its source was given last. */
  readonly path: string;
}

/** All batches, the latest first. */
export async function listBatchInputs(store: StateStore): Promise<BatchInputName[]> {
  const result = await sql<BatchInputName>`
    select (b.plan ->> 'batch')::int as batch, s.path as path
    from batches as b inner join sources as s on s.id = b.source_id order by 1 desc`.execute(store.db);
  return result.rows;
}

/** The highest batch number in use; 0 before the first. */
export async function lastBatchNumber(store: StateStore): Promise<number> {
  const result = await sql<{ last: number | null }>`
    select max((b.plan ->> 'batch')::int) as last from batches as b`.execute(store.db);
  return result.rows[0]?.last ?? 0;
}
