import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exchangeLine, exchangeLines as lines } from './exchange-lines.ts';
import { folderWith, NOW, ROOT, runCli, scanJson, startNode } from './run-cli.ts';
import type { DriverOrder } from './scan-driver.ts';

const DRIVER = join(ROOT, 'tests/scan-driver.ts');
const LOG = 'gateway.log';

/** A data folder whose one batch was received and not applied when the run was killed. */
async function killedFolder(): Promise<{ folder: string; data: string; segment: string }> {
  const folder = folderWith({ [LOG]: lines('users', 1, 20) });
  const data = join(folder, 'data');
  const order: DriverOrder = {
    paths: [join(folder, LOG)],
    data,
    now: NOW,
    segmentBytes: 1_000_000,
    kill: { stage: 'manifest-committed', occurrence: 1 },
  };
  await startNode([DRIVER, JSON.stringify(order)]).finished;
  const [segment] = readdirSync(join(data, 'spool'));
  return { folder, data, segment: join(data, 'spool', segment ?? '') };
}

describe('a data folder', { timeout: 120_000 }, () => {
  it('is asked about without being changed, whatever the time and the policies', async () => {
    const folder = folderWith({ [LOG]: lines('users', 1, 20) });
    await scanJson([LOG, '--data', 'data'], { cwd: folder });
    const { report: before } = await scanJson([LOG, '--data', 'data'], { cwd: folder });
    const [endpoint] = before.endpoints;
    const asked = await runCli(
      ['explain', endpoint?.api_id ?? '', '--data', 'data', '--now', '2036-01-01T00:00:00Z'],
      { cwd: folder },
    );
    expect([asked.code, asked.stderr]).toEqual([0, '']);
    expect(asked.stdout).toContain(endpoint?.path);
    const { report: after } = await scanJson([LOG, '--data', 'data'], { cwd: folder });
    expect(after).toEqual(before);
  });

  it('keeps its traffic when a scan is told of a later time', async () => {
    const folder = folderWith({ [LOG]: lines('users', 1, 20) });
    const { report: before } = await scanJson([LOG, '--data', 'data'], { cwd: folder });
    await runCli(['scan', LOG, '--data', 'data', '--now', '2036-01-01T00:00:00Z'], { cwd: folder });
    const { report: after } = await scanJson([LOG, '--data', 'data'], { cwd: folder });
    const calls = ({ endpoints }: typeof before) => endpoints.map(({ api_id, traffic }) => [api_id, traffic]);
    expect(calls(after)).toEqual(calls(before));
  });

  it('says that calls are older than what it keeps', async () => {
    const old = exchangeLine('users', 1, { startedAt: '2020-01-01T00:00:00Z' });
    const folder = folderWith({ [LOG]: `${old}\n` });
    const run = await runCli(['scan', LOG, '--data', 'data', '--now', NOW], { cwd: folder });
    expect(run.code).toBe(3);
    expect(run.stderr).toContain(
      'every call is older than what the data folder keeps (outside_retention: 1) [INPUT_OUTSIDE_RETENTION]',
    );
    expect((await scanJson([LOG], { cwd: folder })).report.inputs[0]?.accepted).toBe(1);
  });

  it('goes on with a batch that a run was killed in', async () => {
    const { folder, data } = await killedFolder();
    const { report } = await scanJson([LOG, '--data', data], { cwd: folder });
    expect(report.inputs[0]).toMatchObject({ accepted: 0, duplicate: 20 });
    expect(report.endpoints.length).toBeGreaterThan(0);
  });

  it('is damaged when the bytes of such a batch have changed', async () => {
    const { folder, data, segment } = await killedFolder();
    appendFileSync(segment, 'x\n');
    const run = await runCli(['scan', LOG, '--data', data], { cwd: folder });
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('DATA_DAMAGED');
  });

  it('is refused when its tables are those of another version', async () => {
    const folder = folderWith({ [LOG]: lines('users', 1, 3) });
    await scanJson([LOG, '--data', 'data'], { cwd: folder });
    writeFileSync(join(folder, 'data/traffic/schema'), 'another\n');
    const run = await runCli(['scan', LOG, '--data', 'data'], { cwd: folder });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('DATA_NEWER');
  });

  it.each([
    ['STANCE_CLICKHOUSE_URL', 'http://127.0.0.1:1', 'a ClickHouse or PostgreSQL server is configured'],
    ['STANCE_DATABASE_URL', 'postgres://127.0.0.1:1/x', 'a ClickHouse or PostgreSQL server is configured'],
    ['STANCE_CLICKHOUSE_URL', 'no url', 'STANCE_CLICKHOUSE_URL is not a URL'],
  ])('is needed with a server: %s=%s', async (name, value, message) => {
    const folder = folderWith({ [LOG]: lines('users', 1, 3) });
    const run = await runCli(['scan', LOG], { cwd: folder, env: { [name]: value } });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(message);
  });

  it('is not needed when the variables are empty', async () => {
    const env = { STANCE_CLICKHOUSE_URL: '', STANCE_DATABASE_URL: '' };
    const folder = folderWith({ [LOG]: lines('users', 1, 3) });
    expect((await scanJson([LOG], { cwd: folder, env })).report.inputs[0]?.accepted).toBe(3);
  });
});
