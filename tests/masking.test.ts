import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { sealChangeSet } from '../src/engine/ledger/seal-change-set.ts';
import { openChdb } from '../src/store/clickhouse/open-chdb.ts';
import { openState } from '../src/store/postgres/open-state.ts';
import { CANARIES, canaryLogs, LOG_FORMAT } from './canaries.ts';
import { folderWith, NOW, ROOT, runCli, STANCE, startNode, temporaryFolder } from './run-cli.ts';
import type { DriverOrder } from './scan-driver.ts';

const SCAN = ['scan', 'logs', '--data', 'data', '--now', NOW, '--log-format', LOG_FORMAT];
const OUTPUTS = ['json=out.json', 'sarif=out.sarif', 'pretty=out.txt', 'pretty'];
const OUTPUT_FLAGS = OUTPUTS.flatMap((output) => ['--output', output]);
/** Accepted lines of all logs. */
const ACCEPTED = 90;

describe('what identifies people or opens doors', { timeout: 120_000 }, () => {
  it('is in no file, table, output or message after a scan', async () => {
    const place = folderWith(canaryLogs());
    const run = await runCli([...SCAN, ...OUTPUT_FLAGS], { cwd: place });
    expect(run.code).toBe(3);
    expectNoCanary({ stdout: run.stdout, stderr: run.stderr });
    await expectClean(place);
    const again = await runCli([...SCAN, ...OUTPUT_FLAGS], { cwd: place });
    expectNoCanary({ stdout: again.stdout, stderr: again.stderr });
    const [endpoint] = JSON.parse(readFileSync(join(place, 'out.json'), 'utf8')).endpoints;
    const explained = await runCli(['explain', endpoint.api_id, '--data', 'data', '--now', NOW], {
      cwd: place,
    });
    expect(explained.stdout).toContain(endpoint.api_id);
    expectNoCanary({ explained: explained.stdout + explained.stderr });
  });

  it('is nowhere either once a killed scan has been completed', async () => {
    const place = folderWith(canaryLogs());
    for (const stage of ['segment-spooled', 'manifest-committed', 'traffic-applied'] as const) {
      const order: DriverOrder = {
        paths: ['logs'],
        data: 'data',
        now: NOW,
        segmentBytes: 4_000,
        kill: { stage, occurrence: 3 },
      };
      const killed = await startNode([join(ROOT, 'tests/scan-driver.ts'), JSON.stringify(order)], {
        cwd: place,
      }).finished;
      expect(killed).toMatchObject({ signal: 'SIGKILL', stdout: '', stderr: '' });
    }
    const run = await runCli([...SCAN, ...OUTPUT_FLAGS], { cwd: place });
    expectNoCanary({ stdout: run.stdout, stderr: run.stderr });
    await expectClean(place);
  });

  it('is in no message when the engine fails, and nowhere once that was made good', async () => {
    const place = folderWith(canaryLogs());
    const { child, finished } = startNode([STANCE, ...SCAN, ...OUTPUT_FLAGS], { cwd: place });
    await until(() => segments(place).length > 0);
    for (const engine of childrenOf(child.pid ?? 0)) process.kill(engine, 'SIGKILL');
    const failed = await finished;
    expect(failed).toMatchObject({ code: 4, stdout: '' });
    expect(failed.stderr).toBe(
      'error: the engine process ended (SIGKILL) [STORE_FAILED]\n  Run again: what was not applied is replayed.\n',
    );
    const run = await runCli([...SCAN, ...OUTPUT_FLAGS], { cwd: place });
    expectNoCanary({ stdout: run.stdout, stderr: run.stderr });
    await expectClean(place);
  });

  it('leaves nothing behind when nothing is to be kept', async () => {
    const place = folderWith(canaryLogs());
    const temporary = temporaryFolder();
    const run = await runCli(['scan', 'logs', '--now', NOW], { cwd: place, env: { TMPDIR: temporary } });
    expect(run.code).toBe(3);
    expectNoCanary({ stdout: run.stdout, stderr: run.stderr });
    // Node's own cache of compiled code.
    expect(readdirSync(temporary).filter((name) => name !== 'node-compile-cache')).toEqual([]);
  });
});

function expectNoCanary(texts: Readonly<Record<string, string>>): void {
  const found = Object.entries(texts).flatMap(([where, text]) => {
    const lower = text.toLowerCase();
    return CANARIES.flatMap((canary) => {
      const at = lower.indexOf(canary);
      return at === -1 ? [] : [`${where}: ${text.slice(Math.max(0, at - 60), at + 60)}`];
    });
  });
  expect(found).toEqual([]);
}

/** Looks into the bytes of every file, and, since some are compressed, into every table as well. */
async function expectClean(place: string): Promise<void> {
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !path.startsWith('logs') && statSync(join(place, path)).isFile(),
  );
  expect(files.length).toBeGreaterThan(100);
  expectNoCanary(Object.fromEntries(files.map((path) => [path, contentOf(join(place, path))])));
  expect(segments(place)).toEqual([]);
  expectNoCanary(await tablesOfTraffic(join(place, 'data/traffic')));
  expectNoCanary(await tablesOfState(join(place, 'data/state')));
}

function contentOf(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
}

async function tablesOfTraffic(directory: string): Promise<Record<string, string>> {
  const traffic = await openChdb({ directory });
  try {
    const tables = await traffic.query<{ name: string }>(
      `SELECT t.database || '.' || t.name AS name FROM system.tables AS t
       WHERE (t.database = 'system' AND t.name LIKE '%log%') OR t.database = currentDatabase()`,
    );
    const contents: Record<string, string> = {};
    for (const { name } of tables.filter((table) => !/stage/.test(table.name))) {
      contents[name] = JSON.stringify(await traffic.query(`SELECT * FROM ${name}`));
    }
    const [observed] = await traffic.query<{ rows: string }>('SELECT count() AS rows FROM observations');
    expect(Number(observed?.rows)).toBe(ACCEPTED);
    return contents;
  } finally {
    await traffic.close();
  }
}

async function tablesOfState(directory: string): Promise<Record<string, string>> {
  const state = await openState(
    { kind: 'pglite', directory },
    { randomBytes: (size) => Buffer.alloc(size), sealChangeSet },
  );
  try {
    const tables = await sql<{ name: string }>`
      select tablename as name from pg_tables where schemaname = 'public'`.execute(state.db);
    const contents: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const rows = await sql<{ row: string }>`
        select ${sql.ref(name)}::text as row from ${sql.table(name)}`.execute(state.db);
      contents[name] = rows.rows.map(({ row }) => row).join('\n');
    }
    const ledger = await state.db.selectFrom('ledger_entries').select('bytes').execute();
    contents['ledger bytes'] = ledger.map(({ bytes }) => Buffer.from(bytes).toString('utf8')).join('\n');
    return contents;
  } finally {
    await state.close();
  }
}

function segments(place: string): string[] {
  try {
    return readdirSync(join(place, 'data/spool'));
  } catch {
    return [];
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(2);
}

function childrenOf(parent: number): number[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return processes.map(Number).filter((id) => parentOf(id) === parent);
}

function parentOf(id: number): number | undefined {
  try {
    // After the name in parentheses: state, parent.
    return Number(readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return undefined;
  }
}
