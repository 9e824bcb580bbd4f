import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { configSchema } from '../src/model/config.ts';
import type { Deps, IngestStage } from '../src/model/deps.ts';
import type { Analytics } from '../src/store/clickhouse/analytics.ts';
import { openWorkspace, type Workspace } from '../src/tasks/open-workspace.ts';
import { scan } from '../src/tasks/scan.ts';
import { describeState } from './state-description.ts';

/** What one run of the driver does; given as JSON in the only argument. */
export interface DriverOrder {
  readonly paths: readonly string[];
  readonly data: string;
  readonly now: string;
  readonly segmentBytes: number;
  /** Ends the process group with SIGKILL at the n-th time a stage is reached. */
  readonly kill?: { readonly stage: IngestStage; readonly occurrence: number };
  /** Ends it while a batch, the n-th or a later one, is in one table and not in another. */
  readonly killInGapFrom?: number;
}

/** The installation's key, which must be the same for runs that are compared. */
const KEY_BYTES = 16;

/** What each table of the fan-out says of the number of accepted lines. */
const ACCEPTED_ROWS = {
  observations: 'SELECT count() AS rows FROM observations',
  facts: 'SELECT sum(calls) AS rows FROM facts',
  shapes: 'SELECT sum(calls) AS rows FROM shapes',
  line_counts: "SELECT sumIf(lines, why = '') AS rows FROM line_counts",
} as const;
type TrafficTable = keyof typeof ACCEPTED_ROWS;
const TABLES: readonly TrafficTable[] = ['facts', 'observations', 'shapes', 'line_counts'];

/** A run that nobody waits for any more, in a group of its own, must not go on for ever. */
const DEADLINE_MS = 300_000;
setTimeout(() => process.kill(-process.pid, 'SIGKILL'), DEADLINE_MS).unref();

const order: DriverOrder = JSON.parse(process.argv[2] ?? '{}');
const workspace: Workspace = await openWorkspace(
  { directory: order.data, config: configSchema.parse({}) },
  driverDeps(order),
);
await workspace.traffic.command('DROP VIEW IF EXISTS slow_view');
const { report } = await scan(workspace, {
  paths: order.paths,
  specPaths: [],
  reading: {},
  policies: [],
  wallClock: new Date(order.now),
  segmentBytes: order.segmentBytes,
});
const state = await describeState(workspace);
await workspace.close();
process.stdout.write(JSON.stringify({ report, state }));

function driverDeps({ now, kill, killInGapFrom }: DriverOrder): Deps {
  const reached: Partial<Record<IngestStage, number>> = {};
  return {
    now: () => new Date(now),
    randomBytes: (size) =>
      size === KEY_BYTES ? createHash('md5').update('a test').digest() : randomBytes(size),
    log: () => undefined,
    onStage: async (stage) => {
      reached[stage] = (reached[stage] ?? 0) + 1;
      if (stage === kill?.stage && reached[stage] === kill.occurrence) await killGroup();
      if (stage === 'manifest-committed' && reached[stage] >= (killInGapFrom ?? Number.POSITIVE_INFINITY)) {
        if (reached[stage] === killInGapFrom) void killInGap(workspace.traffic);
        await slowDown(workspace.traffic, TABLES[reached[stage] % TABLES.length]);
      }
    },
    signal: new AbortController().signal,
  };
}

/** Nothing after this runs: the process that leads the group is among those that end. */
async function killGroup(): Promise<void> {
  process.kill(-process.pid, 'SIGKILL');
  await sleep(60_000);
}

/**
 * A table commits a batch when the view that reads from it is done. Whether the others wait for it depends on the
 * order in which the engine fills them, which is another in each inventory: so batch after batch is tried.
 */
async function slowDown(traffic: Analytics, table: TrafficTable | undefined): Promise<void> {
  await traffic.command('CREATE TABLE IF NOT EXISTS slow_sink (slept UInt8) ENGINE = Null');
  await traffic.command('DROP VIEW IF EXISTS slow_view');
  await traffic.command(
    `CREATE MATERIALIZED VIEW slow_view TO slow_sink AS
     SELECT sleepEachRow(2.9) + sleepEachRow(2.8) AS slept FROM (SELECT 1 FROM ${table} LIMIT 1)`,
  );
}

async function killInGap(traffic: Analytics): Promise<void> {
  for (;;) {
    const before = await Promise.all(TABLES.map((table) => acceptedRows(traffic, table)));
    const after = await Promise.all(TABLES.map((table) => acceptedRows(traffic, table)));
    // What was in one table before, and is not in another after, was there without it.
    const behind = Math.max(...before) - Math.min(...after);
    if (behind > 0) {
      process.stderr.write(`${TABLES[after.indexOf(Math.min(...after))]} lacked ${behind} rows`);
      await killGroup();
    }
    await sleep(2);
  }
}

async function acceptedRows(traffic: Analytics, table: TrafficTable): Promise<number> {
  const [row] = await traffic.query<{ rows: string }>(ACCEPTED_ROWS[table]);
  return Number(row?.rows ?? 0);
}
