import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealChangeSet } from '../engine/ledger/seal-change-set.ts';
import type { Config } from '../model/config.ts';
import type { Deps } from '../model/deps.ts';
import { StanceError } from '../model/error.ts';
import type { Analytics } from '../store/clickhouse/analytics.ts';
import { dropEngineProcess } from '../store/clickhouse/engine-process.ts';
import type { HashKey } from '../store/clickhouse/hash-key.ts';
import { openChdb } from '../store/clickhouse/open-chdb.ts';
import { openClickhouse } from '../store/clickhouse/open-clickhouse.ts';
import { createSchema, schemaFingerprint } from '../store/clickhouse/schema.ts';
import { acquireDataLock, isAbandoned } from '../store/data-lock.ts';
import { lastBatchNumber } from '../store/postgres/batch-inputs.ts';
import { openState, type StateStore } from '../store/postgres/open-state.ts';
import { openSpool, type Spool } from '../store/spool/spool.ts';

/** Everything a run works on, opened and locked. */
export interface Workspace {
  readonly deps: Deps;
  readonly config: Config;
  readonly state: StateStore;
  readonly traffic: Analytics;
  readonly spool: Spool;
  /** The installation's key for identifiers. */
  readonly hashKey: HashKey;
  /** A kept folder is extended by later runs and has a retention window; a temporary one has neither. */
  readonly isKept: boolean;
  /** Batch numbers count up over the life of the installation. */
  readonly nextBatch: () => number;
  readonly close: () => Promise<void>;
}

const TEMPORARY_PREFIX = 'stance-run-';
const KEY_FILE = 'installation.key';

/**
 * Opens the stores in `directory`, or in a temporary folder that goes away with the workspace.
 * Throws DATA_LOCKED when another run holds the folder, and what the stores throw.
 */
export async function openWorkspace(
  options: { directory?: string; config: Config },
  deps: Deps,
): Promise<Workspace> {
  const isKept = options.directory !== undefined;
  if (!isKept) refuseServers(options.config);
  const directory = options.directory ?? (await temporaryDirectory());
  const lock = await acquireDataLock(directory);
  try {
    return await openLocked({ directory, isKept, config: options.config, deps, release: lock.release });
  } catch (error) {
    if (!isKept) await rm(directory, { recursive: true, force: true });
    await lock.release();
    throw error;
  }
}

/** A server outlives the run, but the key of its identifiers and the batches under way would go with the run's folder. */
function refuseServers({ stores }: Config): void {
  if (stores.databaseUrl === undefined && stores.clickhouseUrl === undefined) return;
  throw new StanceError(
    'CONFIG_INVALID',
    'a ClickHouse or PostgreSQL server is configured, and no data folder: name one with --data, which holds the key of identifiers and the batches under way',
  );
}

interface Opening {
  readonly directory: string;
  readonly isKept: boolean;
  readonly config: Config;
  readonly deps: Deps;
  readonly release: () => Promise<void>;
}

async function openLocked({ directory, isKept, config, deps, release }: Opening): Promise<Workspace> {
  const spool = await openSpool(join(directory, 'spool'), () =>
    Buffer.from(deps.randomBytes(8)).toString('hex'),
  );
  const hashKey = isKept ? await installationKey(directory, deps) : TEMPORARY_KEY;
  const [state, traffic] = await openStores({ directory, isKept, config, deps });
  let batch = await lastBatchNumber(state).catch(async (error) => {
    await Promise.allSettled([traffic.close(), state.close()]);
    throw error;
  });
  return {
    deps,
    config,
    state,
    traffic,
    spool,
    hashKey,
    isKept,
    nextBatch: () => {
      batch += 1;
      return batch;
    },
    close: async () => {
      await Promise.allSettled([traffic.close(), state.close()]);
      if (!isKept) await rm(directory, { recursive: true, force: true });
      await release();
    },
  };
}

/** Both start at once: the engine's process warms up while the database does. */
async function openStores(options: Omit<Opening, 'release'>): Promise<[StateStore, Analytics]> {
  const { directory, isKept, config, deps } = options;
  const { databaseUrl, clickhouseUrl } = config.stores;
  // Unpacking a data folder to disk takes a second that a run without one need not wait.
  const embedded = { kind: 'pglite' as const, ...(isKept && { directory: join(directory, 'state') }) };
  const opened = await Promise.allSettled([
    openState(databaseUrl === undefined ? embedded : { kind: 'postgres', url: databaseUrl }, {
      randomBytes: deps.randomBytes,
      sealChangeSet,
    }),
    openTraffic(clickhouseUrl, join(directory, 'traffic')),
  ]);
  const [state, traffic] = opened;
  if (state.status === 'fulfilled' && traffic.status === 'fulfilled') return [state.value, traffic.value];
  await Promise.allSettled(
    opened.map((store) => (store.status === 'fulfilled' ? store.value.close() : undefined)),
  );
  throw opened.find((store) => store.status === 'rejected')?.reason;
}

async function openTraffic(url: string | undefined, directory: string): Promise<Analytics> {
  if (url !== undefined) dropEngineProcess();
  else await requireSameSchema(directory);
  const traffic = url === undefined ? await openChdb({ directory }) : await openClickhouse(url);
  try {
    await createSchema(traffic);
    return traffic;
  } catch (error) {
    await traffic.close();
    throw error;
  }
}

/** The tables of a folder are those of the version that made it, which wrote down what they are. */
async function requireSameSchema(directory: string): Promise<void> {
  const path = join(directory, 'schema');
  const [known, own] = [await readText(path), schemaFingerprint()];
  if (known === undefined) {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await writeWhole(path, `${own}\n`);
  } else if (known.trim() !== own) {
    throw new StanceError(
      'DATA_NEWER',
      `the traffic in ${directory} was written by another version of Stance`,
    );
  }
}

/** Nothing hashed under it outlives the run, and equal runs must give equal bytes. */
const TEMPORARY_KEY: HashKey = ['1', '2'];

async function installationKey(directory: string, deps: Deps): Promise<HashKey> {
  const path = join(directory, KEY_FILE);
  const known = await readText(path);
  const hex = known?.trim() ?? Buffer.from(deps.randomBytes(16)).toString('hex');
  if (!/^[0-9a-f]{32}$/.test(hex)) {
    throw new StanceError('DATA_DAMAGED', 'this is not the key of an installation', {
      place: { file: path },
    });
  }
  if (known === undefined) await writeWhole(path, `${hex}\n`);
  return [BigInt(`0x${hex.slice(0, 16)}`).toString(), BigInt(`0x${hex.slice(16)}`).toString()];
}

function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
}

/** The file is there with all its content or not at all, whenever the process is stopped. */
async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = `${path}.unfinished`;
  await writeFile(unfinished, text, { mode: 0o600 });
  await rename(unfinished, path);
}

/** Its lock names this process, so that a later run can wipe what a killed one left. */
async function temporaryDirectory(): Promise<string> {
  await wipeAbandoned();
  const directory = await mkdtemp(join(tmpdir(), TEMPORARY_PREFIX));
  await chmod(directory, 0o700);
  await mkdir(join(directory, 'spool'), { mode: 0o700 });
  return directory;
}

async function wipeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(TEMPORARY_PREFIX) || !(await isAbandoned(join(tmpdir(), name)))) continue;
    // Another user's leftovers cannot be removed, and are that user's to remove.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}
