import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Usage {
  /** Of the whole process, from start to exit. */
  readonly totalMs: number;
  /** Of the part the program says counts; the total when it says nothing. */
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Highest sum of resident memory over the tree at one moment. */
  readonly peakBytes: number;
  readonly exitCode: number;
  readonly stdout: string;
}

const SAMPLE_MS = 50;
const TICK_MS = 10;
const PAGE_BYTES = 4096;

/** Runs a command to its end, sampling CPU and memory of it and its descendants. */
export async function measure(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Usage> {
  const startedAt = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  const cpu = new Map<number, number>();
  let peakBytes = 0;
  const sample = () => {
    let bytes = 0;
    for (const pid of tree(child.pid)) {
      const stat = statOf(pid);
      if (stat === undefined) continue;
      cpu.set(pid, stat.cpuMs);
      bytes += stat.rssBytes;
    }
    peakBytes = Math.max(peakBytes, bytes);
  };
  const timer = setInterval(sample, SAMPLE_MS);
  const stdout = await collect(child);
  const exitCode = await exitOf(child);
  clearInterval(timer);
  const totalMs = performance.now() - startedAt;
  const cpuMs = [...cpu.values()].reduce((sum, ms) => sum + ms, 0);
  return { totalMs, wallMs: counted(stdout) ?? totalMs, cpuMs, peakBytes, exitCode, stdout };
}

function counted(stdout: string): number | undefined {
  const line = stdout.split('\n').find((candidate) => candidate.startsWith('{"wallMs"'));
  return line === undefined ? undefined : (JSON.parse(line) as { wallMs: number }).wallMs;
}

async function collect(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) text += String(chunk);
  return text;
}

function exitOf(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

/** The process and all below it. */
function tree(root: number | undefined): number[] {
  if (root === undefined) return [];
  const found = [root];
  for (let index = 0; index < found.length; index += 1) {
    for (const child of childrenOf(found[index] ?? 0)) found.push(child);
  }
  return found;
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    // It ended between two looks.
    return [];
  }
}

function statOf(pid: number): { cpuMs: number; rssBytes: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { cpuMs: ticks * TICK_MS, rssBytes: Number(fields[21]) * PAGE_BYTES };
  } catch {
    // It ended between two looks.
    return undefined;
  }
}
