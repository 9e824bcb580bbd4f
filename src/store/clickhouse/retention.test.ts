import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StanceError } from '../../model/error.ts';
import type { Analytics } from './analytics.ts';
import { openChdb } from './open-chdb.ts';
import { dropExpired } from './retention.ts';
import { createSchema, TRAFFIC_TABLES } from './schema.ts';

/** First and last instants of months, two days at the turn of a year. */
const TIMES = [
  '2025-11-30 23:59:59.999',
  '2025-12-01 00:00:00.000',
  '2025-12-31 23:59:59.999',
  '2026-01-01 00:00:00.000',
  '2026-01-31 23:59:59.999',
  '2026-03-15 12:00:00.000',
];
const NEVER = new Date(0);

describe('the retention window', () => {
  let analytics: Analytics;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-retention-'));
    analytics = await openChdb({ directory: folder });
    await createSchema(analytics);
  });
  afterAll(async () => {
    await analytics.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    for (const table of TRAFFIC_TABLES) await analytics.command(`TRUNCATE TABLE ${table}`);
    const times = `(SELECT arrayJoin({times:Array(String)}) AS time)`;
    for (const [table, column] of [
      ['observations', 'ts'],
      ['facts', 'window'],
      ['shapes', 'last_seen'],
    ]) {
      await analytics.command(
        `INSERT INTO ${table} (${column}, shape_id) SETTINGS insert_deduplicate = 0, async_insert = 0
         SELECT toDateTime64(time, 3, 'UTC'), cityHash64(time) FROM ${times}`,
        { times: TIMES },
      );
    }
  });

  const kept = async () => {
    const rows = await analytics.query(
      `SELECT (SELECT arraySort(groupUniqArray(toYYYYMM(o.ts))) FROM observations AS o) AS observations,
         (SELECT arraySort(groupUniqArray(toYYYYMM(f.window))) FROM facts AS f) AS facts,
         (SELECT count() FROM observations) AS observed, (SELECT count() FROM shapes) AS shapes`,
    );
    return rows[0];
  };
  const ALL = [202511, 202512, 202601, 202603];

  it.each([
    ['an instant before all of it', '2025-11-01T00:00:00.000Z', ALL, 6],
    ['the last millisecond of the first month', '2025-11-30T23:59:59.999Z', ALL, 6],
    ['the first instant of the second month', '2025-12-01T00:00:00.000Z', [202512, 202601, 202603], 5],
    ['the middle of the second month', '2025-12-15T00:00:00.000Z', [202512, 202601, 202603], 5],
    ['the turn of the year', '2026-01-01T00:00:00.000Z', [202601, 202603], 3],
    ['a month without traffic', '2026-02-10T00:00:00.000Z', [202603], 1],
    ['an instant after all of it', '2030-01-01T00:00:00.000Z', [], 0],
  ])('keeps the months of observations that reach beyond %s', async (_, before, months, observed) => {
    await dropExpired(analytics, { observationsBefore: new Date(before), factsBefore: NEVER });
    expect(await kept()).toEqual({
      observations: months,
      facts: ALL,
      observed: String(observed),
      shapes: '6',
    });
  });

  it('drops facts by an instant of their own, and both again without harm', async () => {
    const expiry = {
      observationsBefore: new Date('2026-01-01T00:00:00Z'),
      factsBefore: new Date('2026-03-01T00:00:00Z'),
    };
    for (const _ of ['first', 'second']) {
      await dropExpired(analytics, expiry);
      expect(await kept()).toEqual({
        observations: [202601, 202603],
        facts: [202603],
        observed: '3',
        shapes: '6',
      });
    }
  });

  it('refuses a table that is not partitioned by month', async () => {
    await analytics.command('CREATE DATABASE other');
    await analytics.command('USE other');
    await analytics.command(
      `CREATE TABLE observations (ts DateTime) ENGINE = MergeTree PARTITION BY toDate(ts) ORDER BY ts`,
    );
    await analytics.command('INSERT INTO observations SELECT now()');
    const other: Analytics = {
      ...analytics,
      query: (sql, parameters) => analytics.query(sql.replace('currentDatabase()', `'other'`), parameters),
    };
    const dropped = dropExpired(other, { observationsBefore: new Date(), factsBefore: NEVER });
    await expect(dropped).rejects.toThrow(StanceError);
    await analytics.command('USE default');
  });
});
