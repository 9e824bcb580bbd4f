import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, openAsBlob } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { sealChangeSet } from '../src/engine/ledger/seal-change-set.ts';
import { acquireDataLock } from '../src/store/data-lock.ts';
import { commitChange } from '../src/store/postgres/commit-change.ts';
import { dumpState } from '../src/store/postgres/dump-state.ts';
import { listEndpoints, upsertEndpoints } from '../src/store/postgres/endpoints.ts';
import { openState, type StateLocation, type StateStore } from '../src/store/postgres/open-state.ts';
import { listServices } from '../src/store/postgres/services.ts';
import { describeCommits, describeLargeCommit } from './state-store/commit-contract.ts';
import { describeQueries } from './state-store/queries-contract.ts';
import { recomputeLedger } from './state-store/recompute-ledger.ts';
import { exampleAct, exampleBareEndpoint, exampleEndpoint } from './state-store/state-examples.ts';

/** `postgres://user:password@host/database` of a server on which tests may create schemas. */
const POSTGRES_URL = process.env.STANCE_TEST_DATABASE_URL;
const NO_POSTGRES = 'set STANCE_TEST_DATABASE_URL to run';

const open = (location: StateLocation) => openState(location, { randomBytes, sealChangeSet });

describe('the state store in memory', () => {
  describe('queries', () => describeQueries(() => open({ kind: 'pglite' })));
  describe('commits', () => describeCommits(() => open({ kind: 'pglite' })));
  describe('large commits', () => describeLargeCommit(() => open({ kind: 'pglite' })));
});

describe.skipIf(POSTGRES_URL === undefined)(
  `the state store in PostgreSQL${POSTGRES_URL === undefined ? ` (${NO_POSTGRES})` : ''}`,
  () => {
    describe('queries', () => describeQueries(() => openFreshSchema()));
    describe('commits', () => describeCommits(() => openFreshSchema()));
    describe('large commits', () => describeLargeCommit(() => openFreshSchema()));
    afterAll(dropSchemas);

    it('is migrated once when several processes open it at the same time', async () => {
      const url = await createSchema();
      const stores = await Promise.all(Array.from({ length: 4 }, () => open({ kind: 'postgres', url })));
      await Promise.all(stores.map((store) => commitOne(store)));
      const ledgers = await Promise.all(stores.map(recomputeLedger));
      expect(ledgers.map(({ entries }) => entries.length)).toEqual([1, 1, 1, 1]);
      await Promise.all(stores.map((store) => store.close()));
    });
  },
);

describe('a PostgreSQL that cannot be reached', () => {
  it('is named as such, without the password', async () => {
    const failure = open({ kind: 'postgres', url: 'postgres://stance:s3cret@127.0.0.1:1/stance' });
    await expect(failure).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.not.stringContaining('s3cret'),
    });
  });
});

describe('the state store on disk', () => {
  const folders: string[] = [];
  const openReopened = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stance-state-'));
    folders.push(folder);
    const location = { kind: 'pglite', directory: join(folder, 'state') } as const;
    await (await open(location)).close();
    return open(location);
  };
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  describe('queries', () => describeQueries(openReopened));
  describe('commits', () => describeCommits(openReopened));
});

describe('the folder of a state store', () => {
  let data: string;
  let directory: string;
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'stance-state-'));
    directory = join(data, 'state');
  });
  afterEach(() => rm(data, { recursive: true }));

  it('keeps everything over a restart, and goes on with the same chain', async () => {
    const first = await open({ kind: 'pglite', directory });
    await commitOne(first);
    await first.close();
    await first.close();
    const second = await open({ kind: 'pglite', directory });
    expect(await listEndpoints(second)).toEqual([exampleEndpoint]);
    await commitChange(second, { ...exampleAct, changes: upsertEndpoints([exampleBareEndpoint]) });
    expect((await recomputeLedger(second)).entries).toHaveLength(2);
    await second.close();
    expect(await readdir(data)).toEqual(['state']);
  });

  it('starts over when the first opening was interrupted, and removes what it left', async () => {
    await mkdir(join(data, 'state.new-4711', 'base'), { recursive: true });
    await writeFile(join(data, 'state.new-4711', 'PG_VERSION'), '18');
    const store = await open({ kind: 'pglite', directory });
    await store.close();
    expect(await readdir(data)).toEqual(['state']);
  });

  it('refuses a folder that holds something else, and leaves it as it is', async () => {
    await mkdir(directory);
    await writeFile(join(directory, 'notes.txt'), 'mine');
    await expect(open({ kind: 'pglite', directory })).rejects.toMatchObject({ code: 'DATA_DAMAGED' });
    expect(await readdir(directory)).toEqual(['notes.txt']);
  });

  it.each(['global/pg_control', 'PG_VERSION', 'global/1262'])('says so when %s is damaged', async (file) => {
    await (await open({ kind: 'pglite', directory })).close();
    await writeFile(join(directory, file), 'damaged');
    await expect(open({ kind: 'pglite', directory })).rejects.toMatchObject({
      code: 'DATA_DAMAGED',
      message: `the state in ${directory} cannot be opened`,
    });
  });

  it('refuses a state that a newer version wrote, and leaves it as it is', async () => {
    const store = await open({ kind: 'pglite', directory });
    await sql`insert into schema_migrations (name) values ('9999-from-the-future')`.execute(store.db);
    await store.close();
    await expect(open({ kind: 'pglite', directory })).rejects.toMatchObject({
      code: 'DATA_NEWER',
      message: 'the state was written by a newer version (it has "9999-from-the-future")',
    });
  });

  it('writes dumps that restore, and keeps two', async () => {
    const store = await open({ kind: 'pglite', directory });
    await commitOne(store);
    const dumps = join(data, 'dumps');
    const days = [20, 21, 22].map((day) => new Date(`2026-11-${day}T10:00:00.000Z`));
    for (const at of days) await dumpState(store, { directory: dumps, at });
    await store.close();
    expect((await readdir(dumps)).sort()).toEqual([
      'state-2026-11-21T10-00-00.000Z.tar.gz',
      'state-2026-11-22T10-00-00.000Z.tar.gz',
    ]);
    const loadDataDir = await openAsBlob(join(dumps, 'state-2026-11-22T10-00-00.000Z.tar.gz'));
    const restored = await PGlite.create({ loadDataDir });
    const result = await restored.query('select api_id from endpoints');
    expect(result.rows).toEqual([{ api_id: exampleEndpoint.apiId }]);
    await restored.close();
  });

  it('loses nothing that was acknowledged when the process is killed in the middle of commits', async () => {
    const acknowledged: string[] = [];
    for (const [round, enough] of [200, 20, 1_000].entries()) {
      acknowledged.push(...(await writeUntilKilled(data, `round${round}`, enough)));
    }
    const lock = await acquireDataLock(data);
    const store = await open({ kind: 'pglite', directory });
    const { rows } = await recomputeLedger(store);
    const kept = new Set((await listServices(store)).map(({ name }) => name));
    expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
    expect(rows.flat()).toHaveLength(kept.size);
    expect(kept.size).toBeGreaterThanOrEqual(acknowledged.length);
    await store.close();
    await lock.release();
  });

  it('is refused to a second process, which is told who has it', async () => {
    const { child } = startWriter(data, 'first');
    await firstLine(child);
    await expect(acquireDataLock(data)).rejects.toMatchObject({
      code: 'DATA_LOCKED',
      message: expect.stringContaining(`folder ${data} is in use by process ${child.pid} since 20`),
    });
    child.kill('SIGKILL');
    await ended(child);
    await (await acquireDataLock(data)).release();
    expect(existsSync(join(data, 'stance.lock'))).toBe(false);
  });
});

async function commitOne(store: StateStore): Promise<void> {
  await commitChange(store, { ...exampleAct, changes: upsertEndpoints([exampleEndpoint]) });
}

/** Gives the names that the process had acknowledged when it died. */
async function writeUntilKilled(data: string, prefix: string, enough: number): Promise<readonly string[]> {
  const { child, lines } = startWriter(data, prefix);
  const names: string[] = [];
  for await (const name of lines) {
    names.push(name);
    if (names.length === enough) child.kill('SIGKILL');
  }
  await ended(child);
  return names;
}

function startWriter(data: string, prefix: string) {
  const script = join(import.meta.dirname, 'state-store', 'state-writer.ts');
  const child = spawn(process.execPath, [script, data, prefix], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, lines: createInterface({ input: child.stdout }) };
}

async function firstLine(child: ChildProcess): Promise<void> {
  await new Promise((resolve) => child.stdout?.once('data', resolve));
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

async function openFreshSchema(): Promise<StateStore> {
  return open({ kind: 'postgres', url: await createSchema() });
}

const schemas: string[] = [];

/** Gives a URL whose tables are in a schema of its own. */
async function createSchema(): Promise<string> {
  const schema = `stance_test_${randomBytes(6).toString('hex')}`;
  schemas.push(schema);
  await runOnPostgres([`create schema ${schema}`]);
  const url = new URL(POSTGRES_URL ?? '');
  url.searchParams.set('options', `-c search_path=${schema}`);
  return url.href;
}

async function dropSchemas(): Promise<void> {
  await runOnPostgres(schemas.map((schema) => `drop schema ${schema} cascade`));
}

async function runOnPostgres(statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: POSTGRES_URL });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
