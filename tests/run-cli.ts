import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { type ScanReport, scanReportSchema } from '../src/model/report.ts';

export const ROOT = join(import.meta.dirname, '..');
export const STANCE = join(ROOT, 'bin/stance.cjs');
/** Judged at, wherever a test compares output: traffic of the first weeks of November lies within all windows. */
export const NOW = '2026-11-20T00:00:00Z';
/** The main process holds a PGlite of some 200 MB; what is read must not add to it without bound. */
const MAX_PEAK_BYTES = 600 * 1024 * 1024;

/** Says at its end how much memory the main process took; the engine's process ends without a word. */
const RECORD_PEAK = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from 'node:fs';
  process.on('exit', () => writeFileSync(process.env.STANCE_TEST_PEAK, String(process.resourceUsage().maxRSS)));`)}`;

export interface RunOptions {
  /** A folder of its own when absent, so that no `stance.yaml` is found by chance. */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Modules the process loads before all others. */
  readonly imports?: readonly string[];
}

export interface Finished {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stance-test-'));
  folders.push(folder);
  return folder;
}

/** Starts a script in a process group of its own, so that a signal to the group takes the engine with it. */
export function startNode(script: readonly string[], options: RunOptions = {}): Started {
  const imports = (options.imports ?? []).map((specifier) => `--import=${specifier}`);
  const child = spawn(process.execPath, [...imports, ...script], {
    cwd: options.cwd ?? temporaryFolder(),
    env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  return { child, finished: finish(child) };
}

async function finish(child: ChildProcess): Promise<Finished> {
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout?.on('data', (chunk: Buffer) => output.stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => output.stderr.push(chunk));
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...end) => resolve(end));
  });
  const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString('utf8');
  return { code, signal, stdout: text(output.stdout), stderr: text(output.stderr) };
}

/** Runs the command line to its end; asserts that it took no more memory than it may and showed no stack. */
export async function runCli(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const peakFile = join(temporaryFolder(), 'peak');
  const run = await startNode([STANCE, ...args], {
    ...options,
    env: { ...options.env, STANCE_TEST_PEAK: peakFile },
    imports: [RECORD_PEAK, ...(options.imports ?? [])],
  }).finished;
  expect(run.stderr).not.toMatch(/^\s+at .*[:(]\d+:\d+\)?$/m);
  expect(run.stderr).not.toContain('fault in Stance');
  expect(Number(readFileSync(peakFile, 'utf8')) * 1024).toBeLessThan(MAX_PEAK_BYTES);
  return run;
}

export interface Scanned {
  readonly run: Finished;
  readonly report: ScanReport;
}

/** Scans to JSON at `NOW`; asserts the schema and that every line is accounted for. */
export async function scanJson(args: readonly string[], options: RunOptions = {}): Promise<Scanned> {
  const run = await runCli(['scan', ...args, '--now', NOW, '--output', 'json'], options);
  expect(run.stdout, run.stderr).toMatch(/^\{/);
  const report = scanReportSchema.parse(JSON.parse(run.stdout));
  expectEveryLineCounted(report);
  return { run, report };
}

/** Every line of every input is in exactly one bucket. */
export function expectEveryLineCounted({ inputs }: ScanReport): void {
  for (const { path, read, accepted, duplicate, blank, rejected } of inputs) {
    const refused = Object.values(rejected).reduce((sum, { count }) => sum + count, 0);
    expect({ path, read }).toEqual({ path, read: accepted + duplicate + blank + refused });
  }
}

/** Writes files, named by their paths within a new folder, and gives the folder. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
