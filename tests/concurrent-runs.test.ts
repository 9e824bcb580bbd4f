import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { scanReportSchema } from '../src/model/report.ts';
import { exchangeLines } from './exchange-lines.ts';
import { expectEveryLineCounted, folderWith, NOW, STANCE, scanJson, startNode } from './run-cli.ts';

const FILES = 8;
const LINES = 40;

/** A folder with so many files that a scan of them is still at work when it is looked at. */
function placeWithLogs(): string {
  const names = Array.from({ length: FILES }, (_, index) => `file-${String(index).padStart(2, '0')}`);
  return folderWith(
    Object.fromEntries(names.map((name) => [`logs/${name}.log`, exchangeLines(name, 1, LINES)])),
  );
}

const start = (place: string) =>
  startNode([STANCE, 'scan', 'logs', '--data', 'data', '--now', NOW, '--output', 'json'], { cwd: place });

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

const hasSegment = (place: string) => {
  const spool = join(place, 'data/spool');
  return existsSync(spool) && readdirSync(spool).some((name) => name.endsWith('.segment'));
};

/** All lines are there, each once. */
async function expectComplete(place: string): Promise<void> {
  const { run, report } = await scanJson(['logs', '--data', 'data'], { cwd: place });
  expect({ code: run.code, complete: report.complete }).toEqual({ code: 0, complete: true });
  const calls = report.endpoints.flatMap(({ traffic }) => traffic.map((vantage) => vantage.calls));
  expect(calls.reduce((sum, count) => sum + count, 0)).toBe(FILES * LINES);
  expect(report.inputs.map(({ read }) => read)).toEqual(Array(FILES).fill(LINES));
}

describe('a data folder', { timeout: 120_000 }, () => {
  it('belongs to one run at a time, and says to which', async () => {
    const place = placeWithLogs();
    const first = start(place);
    await until(() => existsSync(join(place, 'data/stance.lock')));
    const second = await start(place).finished;
    expect(second).toMatchObject({ code: 3, stdout: '' });
    expect(second.stderr).toMatch(
      new RegExp(`^error: folder data is in use by process ${first.child.pid} since .* \\[DATA_LOCKED\\]\\n`),
    );
    expect((await first.finished).code).toBe(0);
  });

  it('holds a part after Ctrl-C, which the next run completes', async () => {
    const place = placeWithLogs();
    const { child, finished } = start(place);
    await until(() => hasSegment(place));
    // A terminal sends it to the whole group, the engine too.
    process.kill(-(child.pid ?? 0), 'SIGINT');
    const run = await finished;
    expect(run.stderr).toBe(
      '\nInterrupted: finishing the batch at hand. Press Ctrl-C again to stop at once.\n',
    );
    const report = scanReportSchema.parse(JSON.parse(run.stdout));
    expect({ code: run.code, complete: report.complete }).toEqual({ code: 130, complete: false });
    expect(report.inputs.length).toBeGreaterThan(0);
    expect(report.inputs.length).toBeLessThan(FILES);
    expectEveryLineCounted(report);
    await expectComplete(place);
  });

  it('loses nothing when Ctrl-C is pressed again', async () => {
    const place = placeWithLogs();
    const { child, finished } = start(place);
    await until(() => hasSegment(place));
    process.kill(-(child.pid ?? 0), 'SIGINT');
    await sleep(20);
    process.kill(-(child.pid ?? 0), 'SIGINT');
    expect(await finished).toMatchObject({ code: 130, stdout: '' });
    await expectComplete(place);
  });

  it('is free at once when only the main process was killed', async () => {
    const place = placeWithLogs();
    const { child, finished } = start(place);
    await until(() => hasSegment(place));
    child.kill('SIGKILL');
    expect((await finished).signal).toBe('SIGKILL');
    await expectComplete(place);
  });
});
