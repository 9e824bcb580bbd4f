import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import { StanceError } from '../../model/error.ts';
import { up as initialState } from '../migrations/0001-initial-state.ts';
import type { Database } from './database.ts';

interface Migration {
  readonly name: string;
  readonly up: (db: QueryExecutorProvider) => Promise<void>;
}

/** In order; a migration that was released is never edited. */
const MIGRATIONS: readonly Migration[] = [{ name: '0001-initial-state', up: initialState }];

/** Any number that nothing else on the same server uses as an advisory lock. */
const MIGRATION_LOCK = 7_823_661_054;

/**
 * Brings the schema up to date: all missing migrations in one transaction, one process at a time.
 *
 * @throws StanceError DATA_NEWER when a newer version has already migrated it
 */
export async function migrateState(db: Kysely<Database>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(tx);
    await sql`create table if not exists schema_migrations (
      name text primary key,
      applied_at timestamptz(3) not null default now()
    )`.execute(tx);
    const applied = await tx.selectFrom('schema_migrations').select('name').orderBy('name').execute();
    refuseNewer(applied.map((row) => row.name));
    const done = new Set(applied.map((row) => row.name));
    for (const migration of MIGRATIONS.filter(({ name }) => !done.has(name))) {
      await migration.up(tx);
      await tx.insertInto('schema_migrations').values({ name: migration.name }).execute();
    }
  });
}

function refuseNewer(applied: readonly string[]): void {
  const unknown = applied.find((name) => MIGRATIONS.every((migration) => migration.name !== name));
  if (unknown !== undefined) {
    throw new StanceError('DATA_NEWER', `the state was written by a newer version (it has "${unknown}")`);
  }
}
