import { link, mkdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { StanceError } from '../model/error.ts';
import { isRunning, processStart } from './process-start.ts';

const LOCK_FILE = 'stance.lock';

/** Content of a lock file. */
interface Holder {
  readonly pid: number;
  /** Tells the process from a later one with the same number; empty where it cannot be read. */
  readonly start: string;
  readonly hostname: string;
}

export interface DataLock {
  readonly release: () => Promise<void>;
}

let attempts = 0;

/**
 * Takes a data folder for this process alone; creates the folder when it is missing. A lock whose process is gone is
 * taken over, never one that is merely old.
 *
 * @throws StanceError DATA_LOCKED that names the process holding it
 */
export async function acquireDataLock(directory: string): Promise<DataLock> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, LOCK_FILE);
  const self: Holder = {
    pid: process.pid,
    start: (await processStart(process.pid)) ?? '',
    hostname: hostname(),
  };
  await claim(directory, path, self);
  let released = false;
  return {
    release: async () => {
      if (released) return;
      released = true;
      await rm(path, { force: true });
    },
  };
}

/** Whether a folder was held by a process of this machine that is gone. One without a lock belongs to somebody just starting. */
export async function isAbandoned(directory: string): Promise<boolean> {
  const holder = await readHolder(join(directory, LOCK_FILE)).catch(() => undefined);
  return holder !== undefined && !(await mayBeAlive(holder));
}

/**
 * A file is removed only by its living owner, or by whoever holds the claim that is named after it: so of two
 * processes that find the same dead owner one removes exactly the file that both have read. Claims are locks
 * themselves, and a claim whose process died is taken over in the same way.
 */
async function claim(directory: string, path: string, self: Holder): Promise<void> {
  while (!(await createExclusively(path, self))) {
    const holder = await readHolder(path);
    if (holder === undefined) continue;
    if (await mayBeAlive(holder)) throw await lockedError(directory, path, holder);
    const claimPath = `${path}.${holder.pid}-${holder.start}`;
    await claim(directory, claimPath, self);
    try {
      const current = await readHolder(path);
      if (current && sameProcess(current, holder)) await unlink(path);
    } finally {
      await unlink(claimPath);
    }
  }
}

/** Written beside and linked into place: a lock file is never seen without its content. */
async function createExclusively(path: string, self: Holder): Promise<boolean> {
  attempts += 1;
  const unlinked = `${path}.${self.pid}-${attempts}.tmp`;
  await writeFile(unlinked, JSON.stringify(self), { mode: 0o600 });
  try {
    await link(unlinked, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(unlinked, { force: true });
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw new StanceError('DATA_DAMAGED', `${path} is not a lock file`, { cause: error });
  }
}

/** Of a process on another machine nothing can be known. */
async function mayBeAlive(holder: Holder): Promise<boolean> {
  if (holder.hostname !== hostname()) return true;
  return isRunning(holder.pid, holder.start);
}

async function lockedError(directory: string, path: string, holder: Holder): Promise<StanceError> {
  const since = await stat(path).then(
    (file) => ` since ${file.mtime.toISOString()}`,
    () => '',
  );
  const elsewhere = holder.hostname === hostname() ? '' : ` on ${holder.hostname}`;
  return new StanceError(
    'DATA_LOCKED',
    `folder ${directory} is in use by process ${holder.pid}${elsewhere}${since}`,
  );
}

function sameProcess(left: Holder, right: Holder): boolean {
  return left.pid === right.pid && left.start === right.start && left.hostname === right.hostname;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
