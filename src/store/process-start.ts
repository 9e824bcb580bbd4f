import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** In `/proc/<pid>/stat`, counted after the command name, which may itself hold spaces and brackets. */
const STATE_FIELD = 0;
const START_FIELD = 19;
const ENDED_STATES = ['Z', 'X'];

/** Whether the process that had this number and this start still runs; where its start cannot be read, it may. */
export async function isRunning(pid: number, start: string): Promise<boolean> {
  if (!numberIsTaken(pid)) return false;
  const current = await processStart(pid);
  if (current === undefined) return numberIsTaken(pid);
  return start === '' || current === start;
}

/** When a process started, as text that no later process with its number shares; `undefined` when it cannot be read. */
export async function processStart(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? linuxStart(pid) : listedStart(pid);
}

/** Clock ticks since this boot; a process that has ended but was not yet collected by its parent starts with `ended`. */
async function linuxStart(pid: number): Promise<string | undefined> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ended = ENDED_STATES.includes(fields[STATE_FIELD] ?? '') ? 'ended-' : '';
    return `${ended}${boot.trim()}-${fields[START_FIELD]}`;
  } catch {
    // Gone, or hidden from this user: the caller asks whether the number is taken.
    return undefined;
  }
}

async function listedStart(pid: number): Promise<string | undefined> {
  try {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], { env });
    return stdout.trim().replaceAll(/\W+/g, '-') || undefined;
  } catch {
    // `ps` ends with 1 when there is no such process.
    return undefined;
  }
}

function numberIsTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
