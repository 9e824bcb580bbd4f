import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { trafficFormats } from '../../src/inputs/traffic/index.ts';
import type { Analytics } from '../../src/store/clickhouse/analytics.ts';
import { applySegment } from '../../src/store/clickhouse/apply-segment.ts';
import { openChdb } from '../../src/store/clickhouse/open-chdb.ts';
import { type Overflow, readOverflow } from '../../src/store/clickhouse/overflow.ts';
import { dropPassing } from '../../src/store/clickhouse/retention.ts';
import { createSchema, TRAFFIC_TABLES } from '../../src/store/clickhouse/schema.ts';
import { exchangeLine, KEY, spoolSegment } from './lines.ts';

/** A word of letters for each number: a literal that no rule of the shape replaces. */
function word(number: number): string {
  const rest = Math.floor(number / 26);
  return (rest === 0 ? '' : word(rest)) + String.fromCharCode(97 + (number % 26));
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const at = (host: string, target: string, status = 200) => exchangeLine({ host, target, status });

interface Case {
  readonly lines: readonly string[];
  /** Rows of the table of shapes, by the shape they fold into. */
  readonly shapes: Readonly<Record<'kept' | '{overflow}' | '{probe}', number>>;
  readonly origins: number;
  readonly overflow: Overflow;
}

const CASES: Readonly<Record<string, Case>> = {
  // More lines than a block that is read, fewer than one that is inserted.
  '12,000 paths of one service, six calls each': {
    lines: range(72_000).map((index) => at('a.example', `/${word(index % 12_000)}`)),
    shapes: { kept: 10_000, '{overflow}': 1, '{probe}': 0 },
    origins: 1,
    overflow: { overflowCalls: 12_000, probeCalls: 0 },
  },
  '5,000 paths that were never found, among 50 that were': {
    lines: [
      ...range(5_000).map((index) => at('a.example', `/${word(index)}`, index % 2 === 0 ? 404 : 405)),
      ...range(500).map((index) => at('a.example', `/found/${word(index % 50)}`, index < 450 ? 404 : 403)),
    ],
    shapes: { kept: 2_050, '{overflow}': 0, '{probe}': 1 },
    origins: 1,
    overflow: { overflowCalls: 0, probeCalls: 3_000 },
  },
  '10,000 hosts, and 300 where nothing was found': {
    lines: [
      ...range(10_000).map((index) => at(`${word(index)}.example`, '/')),
      ...range(300).map((index) => at(`zzz-${word(index)}.example`, '/', 404)),
    ],
    shapes: { kept: 500, '{overflow}': 1, '{probe}': 1 },
    origins: 501,
    overflow: { overflowCalls: 9_500, probeCalls: 300 },
  },
  'two services, of which one sprawls': {
    lines: [
      ...range(10_001).map((index) => at('a.example', `/${word(index)}`)),
      ...range(100).map((index) => at('b.example', `/${word(index)}`)),
    ],
    shapes: { kept: 10_100, '{overflow}': 1, '{probe}': 0 },
    origins: 2,
    overflow: { overflowCalls: 1, probeCalls: 0 },
  },
};

describe('the bounds of a batch', () => {
  let folder: string;
  let analytics: Analytics;
  let batch = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-bounds-'));
    analytics = await openChdb({ directory: join(folder, 'engine') });
    await createSchema(analytics);
  });
  afterAll(async () => {
    await analytics.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    for (const table of TRAFFIC_TABLES) await analytics.command(`TRUNCATE TABLE ${table}`);
    batch += 1;
  });

  const apply = async (lines: readonly string[]) => {
    const segment = await spoolSegment(folder, { batch, lines, primary: 'exchange' });
    await applySegment(analytics, trafficFormats, segment, KEY);
  };

  it.each(Object.entries(CASES))('hold for %s, and every call is counted', async (_, expected) => {
    await apply(expected.lines);
    const rows = await analytics.query(
      `SELECT countIf(s.shape NOT LIKE '{%') AS kept, countIf(s.shape = '{overflow}') AS overflow,
         countIf(s.shape = '{probe}') AS probe, uniqExact(s.service, s.host, s.source) AS origins,
         sum(s.calls) AS shape_calls, (SELECT sum(f.calls) FROM facts AS f) AS fact_calls,
         (SELECT count() FROM observations) AS observations,
         (SELECT uniqExact(f.shape_id) FROM facts AS f) AS fact_shapes, uniqExact(s.shape_id) AS shapes,
         (SELECT count() FROM facts AS f WHERE f.shape_id NOT IN (SELECT shape_id FROM shapes)) AS strangers
       FROM shapes AS s`,
    );
    const { kept, '{overflow}': overflow, '{probe}': probe } = expected.shapes;
    const calls = String(expected.lines.length);
    expect(rows).toEqual([
      {
        kept: String(kept),
        overflow: String(overflow),
        probe: String(probe),
        origins: String(expected.origins),
        shape_calls: calls,
        fact_calls: calls,
        observations: calls,
        fact_shapes: String(kept + overflow + probe),
        shapes: String(kept + overflow + probe),
        strangers: '0',
      },
    ]);
    expect(await readOverflow(analytics)).toEqual(expected.overflow);
  });

  it('keep the busiest', async () => {
    const busy = range(50).map((index) => at('a.example', `/busy/${word(index)}`));
    const others = range(12_000).map((index) => at('a.example', `/${word(index)}`));
    await apply([...others, ...busy, ...busy]);
    const rows = await analytics.query(
      `SELECT count() AS shapes, sum(s.calls) AS calls FROM shapes AS s WHERE s.shape LIKE '/busy/%'`,
    );
    expect(rows).toEqual([{ shapes: '50', calls: '100' }]);
  });

  it('count a batch once that comes again, whether what was set aside is there or gone', async () => {
    const lines = range(10_100).map((index) => at('a.example', `/${word(index)}`));
    const counted = () =>
      analytics.query(
        `SELECT (SELECT sum(s.calls) FROM shapes AS s) AS shape_calls, (SELECT sum(f.calls) FROM facts AS f) AS fact_calls,
           (SELECT sum(u.calls) FROM unbounded AS u) AS set_aside`,
      );
    const calls = { shape_calls: '10100', fact_calls: '10100' };
    await apply(lines);
    await apply(lines);
    expect(await counted()).toEqual([{ ...calls, set_aside: '10100' }]);
    await dropPassing(analytics);
    expect(await counted()).toEqual([{ ...calls, set_aside: '0' }]);
    await apply(lines);
    expect(await counted()).toEqual([{ ...calls, set_aside: expect.any(String) }]);
  });

  it('fold into the same shape in every batch', async () => {
    const lines = range(10_100).map((index) => at('a.example', `/${word(index)}`));
    await apply(lines);
    batch += 1;
    await apply(lines.map((line) => line.replace('"target":"/', '"target":"/more/')));
    const rows = await analytics.query(
      `SELECT uniqExact(s.shape_id) AS ids, sum(s.calls) AS calls FROM shapes AS s WHERE s.shape = '{overflow}'`,
    );
    expect(rows).toEqual([{ ids: '1', calls: '200' }]);
  });
});
