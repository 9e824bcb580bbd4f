import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trafficFormats } from '../../src/inputs/traffic/index.ts';
import { applySegment, type Segment } from '../../src/store/clickhouse/apply-segment.ts';
import { FACT_COLUMNS } from '../../src/store/clickhouse/fact-columns.ts';
import { type EmbeddedAnalytics, openChdb } from '../../src/store/clickhouse/open-chdb.ts';
import { createSchema } from '../../src/store/clickhouse/schema.ts';
import { exchangeLine, KEY, START_MS, spoolSegment } from './lines.ts';

const KILLS = 10;
/** A kill may come after the end: how long a segment takes is only known from the one before. */
const MOST_TRIES = 40;
const LINES = 100_000;
const FORMATS = trafficFormats.filter(({ id }) => id === 'exchange');

/** Nearly all of one format, as in a gateway's log, with the dirt that makes further statements needed. */
function segmentLines(): string[] {
  const clean = Array.from({ length: 500 }, (_, index) =>
    exchangeLine({
      startedAt: new Date(START_MS + index * 4_001).toISOString(),
      target: `/users/${index}/${'abcdefghi'[index % 9]}`,
      status: index % 50 === 0 ? 404 : 200,
      latencyMs: index,
      service: 'users',
      clientAddress: `198.51.100.${index % 250}`,
    }),
  );
  const dirt = ['', 'no format', exchangeLine({ status: 99 }), '{'];
  return Array.from({ length: LINES }, (_, index) => {
    const lines = index % 1_000 === 999 ? dirt : clean;
    return lines[Math.floor(index / 7) % lines.length] ?? '';
  });
}

const sums = FACT_COLUMNS.filter(({ merge }) => merge === 'sum').map(({ name }) => `sum(f.${name})`);

/** What every table holds of one segment; a segment applied n times over gives n times these numbers. */
async function totals(analytics: EmbeddedAnalytics): Promise<bigint[]> {
  const [row] = await analytics.query<{ totals: string[] }>(
    `SELECT arrayConcat(
       [(SELECT count() FROM observations), (SELECT sum(cityHash64(n, ts, shape_id, status, latency_ms, consumer) % 1000003) FROM observations),
        (SELECT sum(s.calls) FROM shapes AS s), (SELECT sum(s.found) FROM shapes AS s), (SELECT sum(c.lines) FROM line_counts AS c),
        (SELECT count() FROM rejects), (SELECT sum(r.n) FROM rejects AS r)],
       (SELECT [${sums.join(', ')}] FROM facts AS f),
       (SELECT groupArray(calls) FROM (SELECT sum(f.calls) AS calls FROM facts AS f GROUP BY f.shape_id, f.window, f.vantage ORDER BY f.shape_id, f.window, f.vantage))) AS totals`,
  );
  return (row?.totals ?? []).map(BigInt);
}

describe('an engine killed in the middle of a segment', () => {
  let folder: string;
  let lines: string[];
  let engine: EmbeddedAnalytics;
  const openEngine = (name: string) => openChdb({ directory: join(folder, name) });
  const apply = (segment: Segment) => applySegment(engine, FORMATS, segment, KEY);
  const spool = (batch: number) => spoolSegment(folder, { batch, lines, primary: 'exchange' });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-crash-'));
    lines = segmentLines();
  });
  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true });
  });

  async function undisturbed() {
    engine = await openEngine('calm');
    await createSchema(engine);
    const started = performance.now();
    const counts = await apply(await spool(1));
    const durationMs = performance.now() - started;
    const once = await totals(engine);
    await engine.close();
    return { counts, durationMs, once };
  }

  it(`completes exactly when the segment is applied again, after each of ${KILLS} kills`, async () => {
    const { counts, durationMs, once } = await undisturbed();
    expect(once.length).toBeGreaterThan(sums.length);
    expect(Object.keys(counts.rejected)).toEqual(['bad_json', 'bad_status', 'unknown_format']);
    engine = await openEngine('struck');
    await createSchema(engine);
    let kills = 0;
    let expectedMs = durationMs;
    for (let batch = 1; kills < KILLS; batch += 1) {
      expect(batch).toBeLessThan(MOST_TRIES);
      const segment = await spool(batch);
      const applied = apply(segment);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * expectedMs));
      process.kill(engine.processId, 'SIGKILL');
      kills += await applied.then(
        () => 0,
        () => 1,
      );
      engine = await openEngine('struck');
      const started = performance.now();
      expect(await apply(segment)).toEqual(counts);
      expectedMs = performance.now() - started;
      expect(await totals(engine)).toEqual(once.map((total) => total * BigInt(batch)));
    }
  }, 600_000);
});
