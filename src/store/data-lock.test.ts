import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { acquireDataLock, type DataLock } from './data-lock.ts';
import { isRunning, processStart } from './process-start.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'stance-lock-'));
});
afterEach(() => rm(data, { recursive: true }));

describe('acquireDataLock', () => {
  it('creates the folder, holds it, and leaves nothing when released', async () => {
    const directory = join(data, 'new', 'folder');
    const lock = await acquireDataLock(directory);
    expect(await readdir(directory)).toEqual(['stance.lock']);
    expect(JSON.parse(await readFile(join(directory, 'stance.lock'), 'utf8'))).toEqual({
      pid: process.pid,
      start: await processStart(process.pid),
      hostname: hostname(),
    });
    await lock.release();
    expect(await readdir(directory)).toEqual([]);
  });

  it('refuses a second holder in the same process, until the first releases', async () => {
    const first = await acquireDataLock(data);
    await expect(acquireDataLock(data)).rejects.toMatchObject({
      code: 'DATA_LOCKED',
      message: expect.stringMatching(
        new RegExp(`^folder ${data} is in use by process ${process.pid} since 20\\d\\d-.*Z$`),
      ),
    });
    await first.release();
    const second = await acquireDataLock(data);
    await first.release();
    expect(await readdir(data)).toEqual(['stance.lock']);
    await second.release();
  });

  it('takes over from a process that is gone', async () => {
    await leaveLock({ pid: await deadPid(), start: 'long-ago' });
    await (await acquireDataLock(data)).release();
    expect(await readdir(data)).toEqual([]);
  });

  it('takes over from a process whose number now belongs to another', async () => {
    await leaveLock({ pid: process.ppid, start: 'long-ago' });
    await (await acquireDataLock(data)).release();
    expect(await readdir(data)).toEqual([]);
  });

  it('never takes over from a living process, however old its lock is', async () => {
    await leaveLock({ pid: process.ppid, start: await processStart(process.ppid) });
    await utimes(join(data, 'stance.lock'), 0, 0);
    await expect(acquireDataLock(data)).rejects.toMatchObject({
      message: `folder ${data} is in use by process ${process.ppid} since 1970-01-01T00:00:00.000Z`,
    });
    expect(await readdir(data)).toEqual(['stance.lock']);
  });

  it('never takes over from another machine', async () => {
    await leaveLock({ pid: await deadPid(), start: 'long-ago', hostname: 'elsewhere' });
    await expect(acquireDataLock(data)).rejects.toMatchObject({
      code: 'DATA_LOCKED',
      message: expect.stringContaining(' on elsewhere since '),
    });
  });

  it('takes over from a process that died while taking over', async () => {
    const [owner, claimant] = [await deadPid(), await deadPid()];
    await leaveLock({ pid: owner, start: 'one' });
    await leaveLock({ pid: claimant, start: 'two' }, `stance.lock.${owner}-one`);
    await (await acquireDataLock(data)).release();
    expect(await readdir(data)).toEqual([]);
  });

  it('leaves a take-over to the living process that began it', async () => {
    const owner = await deadPid();
    await leaveLock({ pid: owner, start: 'one' });
    await leaveLock(
      { pid: process.ppid, start: await processStart(process.ppid) },
      `stance.lock.${owner}-one`,
    );
    await expect(acquireDataLock(data)).rejects.toMatchObject({
      code: 'DATA_LOCKED',
      message: expect.stringContaining(`by process ${process.ppid} `),
    });
    expect((await readdir(data)).sort()).toEqual(['stance.lock', `stance.lock.${owner}-one`]);
  });

  it('does not touch a file that is no lock', async () => {
    await writeFile(join(data, 'stance.lock'), '');
    await expect(acquireDataLock(data)).rejects.toMatchObject({ code: 'DATA_DAMAGED' });
    expect(await readdir(data)).toEqual(['stance.lock']);
  });

  it('lets exactly one of many in this process take over, however they fall over each other', async () => {
    const pid = await deadPid();
    for (let round = 0; round < 60; round += 1) {
      await leaveLock({ pid, start: `round-${round}` });
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) => acquireAfter((index * (round + 1)) % 23)),
      );
      const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      const lost = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason.code] : [],
      );
      expect(won).toHaveLength(1);
      expect(lost).toEqual(Array(7).fill('DATA_LOCKED'));
      await won[0]?.release();
      expect(await readdir(data)).toEqual([]);
    }
  });

  it('lets exactly one of three processes take over', async () => {
    const rounds = 25;
    const pid = await deadPid();
    for (let round = 0; round < rounds; round += 1)
      await leaveLock({ pid, start: 'gone' }, `${round}/stance.lock`);
    const startAt = Date.now() + 2_000;
    const winners = await Promise.all([1, 2, 3].map(() => roundsWon(rounds, startAt)));
    const wins = Array.from(
      { length: rounds },
      (_, round) => winners.filter((won) => won.includes(round)).length,
    );
    expect(wins).toEqual(Array(rounds).fill(1));
  });
});

describe('isRunning', () => {
  it.runIf(process.platform === 'linux')(
    'is false for a process that ended but was not collected',
    async () => {
      // The shell becomes `sleep`, which never collects the child that the shell had started.
      const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 30'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      onTestFinished(() => {
        parent.kill('SIGKILL');
      });
      const [line] = await once(parent.stdout, 'data');
      const pid = Number(String(line));
      const start = (await processStart(pid)) ?? '';
      expect(await isRunning(pid, start)).toBe(true);
      await expect.poll(() => isRunning(pid, start), { timeout: 10_000 }).toBe(false);
      expect(await processStart(pid)).toBe(`ended-${start}`);
    },
  );

  it('is true for this process, and for one whose start is not known', async () => {
    expect(await isRunning(process.pid, (await processStart(process.pid)) ?? '')).toBe(true);
    expect(await isRunning(process.pid, '')).toBe(true);
    expect(await isRunning(await deadPid(), '')).toBe(false);
  });
});

async function acquireAfter(turns: number): Promise<DataLock> {
  for (let turn = 0; turn < turns; turn += 1) await setImmediate();
  return acquireDataLock(data);
}

async function leaveLock(holder: object, name = 'stance.lock'): Promise<void> {
  const path = join(data, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify({ hostname: hostname(), ...holder }));
}

/** The number of a process that has just ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

/** Starts a process that tries folder `<data>/<round>` every 30 ms and keeps what it gets; gives the rounds it won. */
async function roundsWon(rounds: number, startAt: number): Promise<readonly number[]> {
  const script = `
    const { acquireDataLock } = await import('./data-lock.ts');
    const won = [];
    for (let round = 0; round < ${rounds}; round += 1) {
      while (Date.now() < ${startAt} + round * 30);
      await acquireDataLock(${JSON.stringify(data)} + '/' + round).then(() => won.push(round), (error) => {
        if (error.code !== 'DATA_LOCKED') throw error;
      });
    }
    console.log(JSON.stringify(won));
    process.stdin.resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [line] = await once(child.stdout, 'data');
  return JSON.parse(String(line));
}
