import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Deps } from '../../model/deps.ts';
import { StanceError } from '../../model/error.ts';
import type { SealChangeSet } from '../../model/ledger.ts';
import type { Database } from './database.ts';
import { migrateState } from './migrate.ts';
import { prebuiltRunFolder, prepareStateFolder } from './state-folder.ts';
import { storeFailure } from './store-failure.ts';
import { VALUE_PARSERS } from './value-parsers.ts';

const OLDEST_POSTGRES = 15;
const CONNECTION_TIMEOUT_MS = 10_000;

/**
 * PGlite's own defaults hold 128 MB of shared buffers and up to 1 GB of log on disk. With these, an open store takes
 * 240 instead of 360 MB of memory, and 100,000 rows are written as fast.
 */
const PGLITE_SETTINGS = ['shared_buffers=16MB', 'max_wal_size=64MB', 'min_wal_size=32MB'];

export type StateLocation =
  /** `directory` is the state folder inside a data folder whose lock is held; without it, state is in memory. */
  | { readonly kind: 'pglite'; readonly directory?: string }
  | { readonly kind: 'postgres'; readonly url: string };

export interface StateDeps {
  readonly randomBytes: Deps['randomBytes'];
  readonly sealChangeSet: SealChangeSet;
}

export interface StateStore extends StateDeps {
  readonly kind: StateLocation['kind'];
  /** For reading; every change goes through `commitChange`. */
  readonly db: Kysely<Database>;
  /** A gzip-packed copy of the whole data folder; absent on PostgreSQL, which has tools of its own. */
  readonly dump?: () => Promise<Blob>;
  /** Writes everything out and closes; more calls do nothing. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the state store and brings its schema up to date. One PGlite per process: each holds some 200 MB.
 *
 * @throws StanceError STORE_FAILED, DATA_DAMAGED, DATA_NEWER, or CONFIG_INVALID for a PostgreSQL older than 15
 */
export async function openState(location: StateLocation, deps: StateDeps): Promise<StateStore> {
  const store =
    location.kind === 'pglite' ? await openPglite(location, deps) : await openPostgres(location, deps);
  try {
    await migrateState(store.db);
    return store;
  } catch (error) {
    await store.close();
    throw storeFailure('the state could not be brought up to date', error);
  }
}

async function openPglite(location: { readonly directory?: string }, deps: StateDeps): Promise<StateStore> {
  const { directory } = location;
  if (directory !== undefined) await prepareStateFolder(directory);
  const pglite = await createPglite(directory);
  const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) });
  return {
    ...deps,
    kind: 'pglite',
    db,
    dump: () =>
      // Inside one connection, so that no other statement runs while the files are read.
      db.connection().execute(async (connection) => {
        await sql`checkpoint`.execute(connection);
        return pglite.dumpDataDir('gzip');
      }),
    close: once(async () => {
      try {
        // A run that keeps nothing has nothing to write out.
        if (directory !== undefined) await sql`checkpoint`.execute(db);
      } finally {
        await db.destroy();
      }
    }),
  };
}

async function createPglite(directory: string | undefined): Promise<PGlite> {
  const startParams = [
    ...PGlite.defaultStartParams,
    ...PGLITE_SETTINGS.flatMap((setting) => ['-c', setting]),
  ];
  const options = { startParams, parsers: { ...VALUE_PARSERS } };
  if (directory === undefined) {
    return PGlite.create({ ...options, loadDataDir: await prebuiltRunFolder() });
  }
  try {
    return await PGlite.create({ ...options, dataDir: directory });
  } catch (error) {
    throw new StanceError('DATA_DAMAGED', `the state in ${directory} cannot be opened`, { cause: error });
  }
}

async function openPostgres(location: { readonly url: string }, deps: StateDeps): Promise<StateStore> {
  const pool = new pg.Pool({
    connectionString: location.url,
    application_name: 'stance',
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    types: {
      getTypeParser: (id, format) =>
        format === 'binary'
          ? pg.types.getTypeParser(id, format)
          : (VALUE_PARSERS[id] ?? pg.types.getTypeParser(id)),
    },
  });
  // An idle connection that breaks is replaced; the next statement reports what still fails.
  pool.on('error', () => undefined);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  const close = once(() => pool.end());
  try {
    await requireSupportedVersion(db);
  } catch (error) {
    await close();
    throw storeFailure('PostgreSQL cannot be used', error);
  }
  return { ...deps, kind: 'postgres', db, close };
}

async function requireSupportedVersion(db: Kysely<Database>): Promise<void> {
  const result = await sql<{
    version: string;
  }>`select current_setting('server_version_num') as version`.execute(db);
  const version = Math.floor(Number(result.rows[0]?.version) / 10_000);
  if (version < OLDEST_POSTGRES) {
    throw new StanceError(
      'CONFIG_INVALID',
      `PostgreSQL ${version} is too old: ${OLDEST_POSTGRES} or newer is needed`,
    );
  }
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= close();
    return closing;
  };
}
