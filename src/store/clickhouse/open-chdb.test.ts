import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedAnalytics, openChdb } from './open-chdb.ts';

const SLOW = 'SELECT sum(sipHash64(number)) AS n FROM numbers(100000000000) SETTINGS max_threads = 1';

describe('an engine process that dies', () => {
  let folder: string;
  let analytics: EmbeddedAnalytics;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-death-'));
    analytics = await openChdb({ directory: folder });
  });
  afterEach(async () => {
    await analytics.close();
    await rm(folder, { recursive: true });
  });

  const outcomes = async (calls: readonly Promise<unknown>[]) => {
    const settled = await Promise.allSettled(calls);
    return settled.map((call) =>
      call.status === 'rejected' ? [call.reason.name, call.reason.code] : call.value,
    );
  };
  const FAILED = ['StanceError', 'STORE_FAILED'];

  it('fails every call that waits', async () => {
    const calls = [analytics.query(SLOW), analytics.command(SLOW)];
    expect(await analytics.query('SELECT 1')).toEqual([{ 1: 1 }]);
    const queued = [analytics.query(SLOW), analytics.query(SLOW), analytics.command('SELECT 1')];
    process.kill(analytics.processId, 'SIGKILL');
    expect(await outcomes([...calls, ...queued])).toEqual([FAILED, FAILED, FAILED, FAILED, FAILED]);
  });

  it('fails calls made at the same moment and ever after', async () => {
    process.kill(analytics.processId, 'SIGKILL');
    const atOnce = Array.from({ length: 50 }, () => analytics.query('SELECT 1'));
    expect(await outcomes(atOnce)).toEqual(atOnce.map(() => FAILED));
    for (let tries = 0; tries < 20; tries += 1) {
      expect(await outcomes([analytics.query('SELECT 1')])).toEqual([FAILED]);
      await new Promise((resolve) => setImmediate(resolve));
    }
  });

  it('frees the folder for another engine', async () => {
    await analytics.command('CREATE TABLE kept (n UInt8) ENGINE = MergeTree ORDER BY n');
    await analytics.command('INSERT INTO kept SELECT 7');
    process.kill(analytics.processId, 'SIGKILL');
    await outcomes([analytics.query(SLOW)]);
    analytics = await openChdb({ directory: folder });
    expect(await analytics.query('SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('is closed like any other', async () => {
    process.kill(analytics.processId, 'SIGKILL');
    await analytics.close();
    await analytics.close();
    expect(await outcomes([analytics.query('SELECT 1')])).toEqual([FAILED]);
  });

  it('is reported when it cannot start', async () => {
    const second = openChdb({ directory: folder });
    expect(await outcomes([second])).toEqual([FAILED]);
    expect(await analytics.query('SELECT 1')).toEqual([{ 1: 1 }]);
  });
});
