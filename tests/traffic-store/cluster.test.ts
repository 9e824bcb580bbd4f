import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trafficFormats } from '../../src/inputs/traffic/index.ts';
import type { Analytics } from '../../src/store/clickhouse/analytics.ts';
import { applySegment } from '../../src/store/clickhouse/apply-segment.ts';
import { readBatchCounts, readPartLines } from '../../src/store/clickhouse/batch-counts.ts';
import { readEndpointFacts } from '../../src/store/clickhouse/endpoint-facts.ts';
import { openChdb } from '../../src/store/clickhouse/open-chdb.ts';
import { readOverflow } from '../../src/store/clickhouse/overflow.ts';
import { dropExpired } from '../../src/store/clickhouse/retention.ts';
import { createSchema, schemaStatements, TRAFFIC_TABLES } from '../../src/store/clickhouse/schema.ts';
import { mirrorShapeEndpoints } from '../../src/store/clickhouse/shape-endpoints.ts';
import { readProbes, readShapes } from '../../src/store/clickhouse/shapes.ts';
import { EDGE_LINE, KONG_LINES, MIXED_COUNTS, MIXED_LINES } from './contract-lines.ts';
import { combinedLine, KEY, kongLine, type Lines, spoolSegment } from './lines.ts';
import { snapshot } from './snapshot.ts';

const LAYOUT = { mode: 'cluster', cluster: 'stance' } as const;
const SHARDS = ['first', 'second'] as const;

/** The same shapes on both shards, and some on one alone. */
const BATCHES: readonly Lines[] = [
  { batch: 1, lines: KONG_LINES, primary: 'kong' },
  { batch: 2, lines: MIXED_LINES },
  { batch: 3, lines: [...KONG_LINES, EDGE_LINE].toReversed(), primary: 'kong' },
  {
    batch: 4,
    lines: Array.from({ length: 3_000 }, (_, index) =>
      kongLine({
        uri: `/users/${index}`,
        afterMs: index * 997,
        status: index % 7 === 0 ? 500 : 200,
        latencyMs: index % 300,
        client: `198.51.100.${index % 250}`,
      }),
    ),
    primary: 'kong',
  },
  {
    batch: 5,
    lines: [combinedLine('/wp-login.php', 404), combinedLine('/wp-login.php', 404), combinedLine('/a/9')],
  },
  {
    batch: 6,
    lines: Array.from({ length: 1_500 }, (_, index) => combinedLine(`/${'x'.repeat(1 + (index % 60))}`, 404)),
    primary: 'combined',
  },
];

const READERS: Readonly<Record<string, (analytics: Analytics) => Promise<unknown>>> = {
  readShapes: (analytics) => readShapes(analytics, 1_000),
  'readShapes with a limit': (analytics) => readShapes(analytics, 3),
  readProbes: (analytics) => readProbes(analytics, 1_000),
  readEndpointFacts: (analytics) => readEndpointFacts(analytics, (batch) => ({ input: `batch ${batch}` })),
  readOverflow,
  readBatchCounts: (analytics) => Promise.all(BATCHES.map(({ batch }) => readBatchCounts(analytics, batch))),
  readPartLines: (analytics) => readPartLines(analytics, 3, ['primary:kong', 'unclaimed']),
  snapshot,
};

describe('the traffic store on two shards', () => {
  let folder: string;
  let plain: Analytics;
  let sharded: Analytics;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-shards-'));
    plain = await openChdb({ directory: join(folder, 'plain') });
    await createSchema(plain);
    sharded = await openSharded(join(folder, 'sharded'));
    for (const [index, lines] of BATCHES.entries()) {
      const segment = await spoolSegment(folder, lines);
      await applySegment(plain, trafficFormats, segment, KEY);
      await sharded.command(`USE ${SHARDS[index % 2]}`);
      await applySegment(sharded, trafficFormats, segment, KEY);
    }
    await mapShapes(plain, sharded);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([plain.close(), sharded.close()]);
    await rm(folder, { recursive: true });
  });

  it('runs in this process, as a Distributed table of two shards', async () => {
    const hosts = await sharded.query(
      `SELECT c.shard_num AS shard_num, c.is_local AS is_local FROM system.clusters AS c WHERE c.cluster = 'stance' ORDER BY shard_num`,
    );
    expect(hosts).toEqual([
      { shard_num: 1, is_local: 1 },
      { shard_num: 2, is_local: 1 },
    ]);
    const rows = await sharded.query(
      'SELECT shardNum() AS shard, count() > 0 AS filled FROM facts GROUP BY shard ORDER BY shard',
    );
    expect(rows).toEqual([
      { shard: 1, filled: 1 },
      { shard: 2, filled: 1 },
    ]);
  });

  it.each(Object.entries(READERS))('gives what one table gives to %s', async (_, read) => {
    const expected = await read(plain);
    expect(await read(sharded)).toEqual(expected);
    expect(JSON.stringify(expected instanceof Map ? [...expected] : expected).length).toBeGreaterThan(1);
  });

  it('has statements for a cluster that ClickHouse can read', async () => {
    const statements = schemaStatements(LAYOUT);
    expect(statements.length).toBeGreaterThan(2 * TRAFFIC_TABLES.length);
    for (const statement of statements) {
      const tree = await plain.query<{ explain: string }>(`EXPLAIN AST ${statement}`);
      expect(tree[0]?.explain).toMatch(/^CreateQuery/);
      expect(statement).toContain('ON CLUSTER stance');
    }
  });
});

describe('the tables of a cluster', () => {
  let folder: string;
  let analytics: Analytics;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-cluster-'));
    const shards = { name: 'stance', hosts: ['127.0.0.1'] };
    const engine = await openChdb({ directory: join(folder, 'engine'), shards });
    analytics = { ...engine, command: (sql, parameters) => engine.command(withoutReplicas(sql), parameters) };
    for (const statement of schemaStatements(LAYOUT)) await analytics.command(statement);
  });
  afterAll(async () => {
    await analytics.close();
    await rm(folder, { recursive: true });
  });

  it('take each line once through their Distributed tables', async () => {
    const lines = { batch: 1, lines: MIXED_LINES, primary: 'kong' };
    const segment = await spoolSegment(folder, lines);
    const counts = await applySegment(analytics, trafficFormats, segment, KEY);
    expect(counts).toEqual(MIXED_COUNTS);
    const once = await snapshot(analytics);
    expect(once.observations).toHaveLength(MIXED_COUNTS.accepted);
    expect(await applySegment(analytics, trafficFormats, segment, KEY)).toEqual(MIXED_COUNTS);
    expect(await snapshot(analytics)).toEqual(once);
  });

  it('lose the months that expired', async () => {
    const kept = await snapshot(analytics);
    const november = new Date('2026-11-30T23:59:59Z');
    const december = new Date('2026-12-01T00:00:00Z');
    await dropExpired(analytics, { observationsBefore: december, factsBefore: november }, LAYOUT);
    expect(await snapshot(analytics)).toEqual({ ...kept, observations: [] });
  });
});

/** Replication needs a Keeper; without it the tables of one shard are plain ones behind the same Distributed tables. */
function withoutReplicas(statement: string): string {
  return statement
    .replace(' ON CLUSTER stance', '')
    .replace(/Replicated(\w+)\('[^']*', '[^']*'(?:, )?/, '$1(')
    .replace(/\breplicated_deduplication_window = (\d+),[^,]*$/, 'non_replicated_deduplication_window = $1');
}

/** Each shard has a database of its own; the default database has the Distributed tables over both. */
async function openSharded(directory: string): Promise<Analytics> {
  const shards = { name: 'stance', hosts: ['127.0.0.1', 'localhost'] };
  const analytics = await openChdb({ directory, shards });
  for (const shard of SHARDS) {
    await analytics.command(`CREATE DATABASE ${shard}`);
    await analytics.command(`USE ${shard}`);
    await createSchema(analytics);
  }
  await analytics.command('USE default');
  for (const table of TRAFFIC_TABLES) {
    const rows = SHARDS.map(
      (shard, index) => `SELECT * FROM ${shard}.${table} WHERE shardNum() = ${index + 1}`,
    );
    await analytics.command(`CREATE VIEW ${table}_of_shard AS ${rows.join(' UNION ALL ')}`);
    await analytics.command(
      `CREATE TABLE ${table} AS ${SHARDS[0]}.${table} ENGINE = Distributed(stance, default, ${table}_of_shard)`,
    );
  }
  return analytics;
}

/** Half of the shapes by one endpoint each, half together, in two versions; a pair lives on one shard. */
async function mapShapes(plain: Analytics, sharded: Analytics): Promise<void> {
  const { shapes } = await readShapes(plain, 1_000);
  const pairs = shapes.map(({ shapeId }, index) => ({
    shapeId,
    apiId: index % 2 === 0 ? `api-${index}` : 'shared',
  }));
  const former = pairs.map((pair) => ({ ...pair, apiId: 'former' }));
  for (const [version, some] of [former, pairs].entries()) {
    await mirrorShapeEndpoints(plain, new Map(some.map(({ shapeId, apiId }) => [shapeId, apiId])));
    for (const [index, shard] of SHARDS.entries()) {
      const own = some.filter((_, at) => at % 3 === index || (at % 3 === 2 && index === 0));
      const rows = own.map(({ shapeId, apiId }) => `('${shapeId}', '${apiId}', ${version + 1})`);
      await sharded.command(
        `INSERT INTO ${shard}.shape_endpoints (shape_id, api_id, version) SETTINGS async_insert = 0 VALUES ${rows.join(',')}`,
      );
    }
  }
}
