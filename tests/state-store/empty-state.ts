import { sql } from 'kysely';
import type { StateStore } from '../../src/store/postgres/open-state.ts';

/** Empties every table as if the store were new. */
export async function emptyState(store: StateStore): Promise<void> {
  await sql`truncate installation, sources, batches, services, endpoints, shape_routes, specs, findings,
    ledger_entries, ledger_rows restart identity`.execute(store.db);
  await sql`update ledger_head set seq = -1, hash = decode(repeat('00', 32), 'hex')`.execute(store.db);
}
