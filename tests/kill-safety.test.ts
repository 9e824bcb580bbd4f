import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { generateLines } from '../generator/lines.ts';
import { createRandom } from '../generator/random.ts';
import { INGEST_STAGES } from '../src/model/deps.ts';
import type { ScanReport } from '../src/model/report.ts';
import {
  expectEveryLineCounted,
  folderWith,
  NOW,
  ROOT,
  STANCE,
  startNode,
  temporaryFolder,
} from './run-cli.ts';
import type { DriverOrder } from './scan-driver.ts';
import type { StateDescription } from './state-description.ts';

const DRIVER = join(ROOT, 'tests/scan-driver.ts');
const TEST_MS = 300_000;
/** About 300 lines, so that the log makes eight batches. */
const SEGMENT_BYTES = 240_000;
const LOG = log({ count: 2_400, seed: 5 });

interface Outcome {
  readonly report: ScanReport;
  readonly state: StateDescription;
}

describe.concurrent('a scan that is killed and run again', () => {
  const folder = folderWith({ 'gateway.log': LOG });
  let uninterrupted: Outcome;
  beforeAll(async () => {
    uninterrupted = await finishedRun(folder, join(folder, 'uninterrupted'));
  }, TEST_MS);

  it('is compared with a run that took the log in eight batches or more, with lines of all kinds', () => {
    const [input] = uninterrupted.report.inputs;
    expectEveryLineCounted(uninterrupted.report);
    expect(uninterrupted.state.batches.length).toBeGreaterThanOrEqual(8);
    expect(uninterrupted.state.ledgerFlaws).toEqual([]);
    expect(input?.accepted).toBeGreaterThan(2_000);
    expect(Object.keys(input?.rejected ?? {})).toEqual(['bad_json', 'binary', 'stream_record']);
    expect(input?.blank).toBeGreaterThan(0);
  });

  it.for(INGEST_STAGES)(
    'loses and doubles nothing when the kills come after %s',
    { timeout: TEST_MS },
    async (stage) => {
      const data = join(folder, stage);
      for (const occurrence of [1, 3, 2]) await killedRun(folder, data, { kill: { stage, occurrence } });
      expectSame(await finishedRun(folder, data), uninterrupted);
    },
  );

  it('completes tables that lack a batch which others hold', { timeout: TEST_MS }, async () => {
    const data = join(folder, 'gap');
    for (const killInGapFrom of [1, 2, 1]) {
      const { stderr } = await killedRun(folder, data, { killInGapFrom });
      expect(stderr).toMatch(/^(observations|facts|shapes|line_counts) lacked [1-9]\d* rows$/);
    }
    expectSame(await finishedRun(folder, data), uninterrupted);
  });
});

describe.concurrent('the command line, killed at any time', () => {
  const ROUNDS = 4;
  const files = Object.fromEntries(
    Array.from({ length: 2 * ROUNDS }, (_, index) => [
      `log-${index}.log`,
      log({ count: 80, seed: 100 + index }),
    ]),
  );
  const origin = folderWith(files);
  let uninterrupted: Outcome;
  beforeAll(async () => {
    const place = placeWith(origin, Object.keys(files));
    await finishedScan(place);
    uninterrupted = await describedOutcome(place);
  }, TEST_MS);

  it.for([1, 2, 3, 4, 5])(
    'has everything after four kills, each followed by one more run (%i)',
    { timeout: TEST_MS },
    async (seed) => {
      const random = createRandom(seed);
      const place = placeWith(origin, []);
      let usualMs = 2_500;
      let kills = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const index of [2 * round, 2 * round + 1]) {
          cpSync(join(origin, `log-${index}.log`), join(place, 'logs', `log-${index}.log`));
        }
        kills += Number(await killedScan(place, usualMs * (0.1 + 0.8 * random.fraction())));
        const startedAt = performance.now();
        await finishedScan(place);
        usualMs = performance.now() - startedAt;
      }
      expect(kills).toBeGreaterThanOrEqual(ROUNDS - 1);
      const { report, state } = await describedOutcome(place);
      expect(state.ledgerFlaws).toEqual([]);
      expect(state.segments).toEqual([]);
      expect(linesRead(report)).toEqual(linesRead(uninterrupted.report));
      expect(judgement(report)).toEqual(judgement(uninterrupted.report));
      expect(keyless(state)).toEqual(keyless(uninterrupted.state));
    },
  );
});

function log({ count, seed }: { count: number; seed: number }): Buffer {
  const lines = generateLines({ format: 'kong', count, seed, dirty: 0.03 });
  return Buffer.from([...lines, ''].join('\n'), 'latin1');
}

type Kill = Pick<DriverOrder, 'kill' | 'killInGapFrom'>;

function drive(folder: string, data: string, kill: Kill) {
  const order: DriverOrder = { paths: ['gateway.log'], data, now: NOW, segmentBytes: SEGMENT_BYTES, ...kill };
  return startNode([DRIVER, JSON.stringify(order)], { cwd: folder }).finished;
}

async function killedRun(folder: string, data: string, kill: Kill) {
  const run = await drive(folder, data, kill);
  expect({ signal: run.signal, stdout: run.stdout }, run.stderr).toEqual({ signal: 'SIGKILL', stdout: '' });
  return run;
}

async function finishedRun(folder: string, data: string): Promise<Outcome> {
  const run = await drive(folder, data, {});
  expect(run.code, run.stderr).toBe(0);
  return JSON.parse(run.stdout);
}

function expectSame(outcome: Outcome, expected: Outcome): void {
  expectEveryLineCounted(outcome.report);
  expect(outcome.state).toEqual(expected.state);
  expect(linesRead(outcome.report)).toEqual(linesRead(expected.report));
  expect(judgement(outcome.report)).toEqual(judgement(expected.report));
}

/** What an earlier run accepted, this one calls a duplicate; the sum must be the same. */
function linesRead({ inputs }: ScanReport) {
  return inputs.map(({ path, read }) => ({ path, read }));
}

function judgement({ inputs: _, ...rest }: ScanReport) {
  return rest;
}

/** A working folder with `logs/`, so that paths in reports are the same everywhere. */
function placeWith(origin: string, names: readonly string[]): string {
  const place = temporaryFolder();
  mkdirSync(join(place, 'logs'));
  for (const name of names) cpSync(join(origin, name), join(place, 'logs', name));
  return place;
}

const scanArguments = (report: string) => [
  STANCE,
  'scan',
  'logs',
  '--data',
  'data',
  '--now',
  NOW,
  '--output',
  `json=${report}`,
  '--quiet',
];

async function finishedScan(place: string): Promise<void> {
  const run = await startNode(scanArguments('report.json'), { cwd: place }).finished;
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
}

/** Whether the kill came before the end. */
async function killedScan(place: string, delayMs: number): Promise<boolean> {
  const { child, finished } = startNode(scanArguments('killed.json'), { cwd: place });
  await Promise.race([finished, sleep(delayMs)]);
  if (child.exitCode !== null || child.pid === undefined) return false;
  process.kill(-child.pid, 'SIGKILL');
  return (await finished).signal === 'SIGKILL';
}

async function describedOutcome(place: string): Promise<Outcome> {
  const order: DriverOrder = { paths: ['logs'], data: 'data', now: NOW, segmentBytes: SEGMENT_BYTES };
  const run = await startNode([DRIVER, JSON.stringify(order)], { cwd: place }).finished;
  expect(run.code, run.stderr).toBe(0);
  return JSON.parse(run.stdout);
}

/** What does not hang on the installation's own key and on the numbers of its sources. */
function keyless({ traffic }: StateDescription) {
  const { observations, ...others } = traffic;
  return { ...others, observations: observations?.rows };
}
