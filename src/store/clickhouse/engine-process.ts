import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** More than the sessions in use, so that file system calls never wait behind queries. */
const ENGINE_THREADS = '8';

let prepared: ChildProcess | undefined;

/**
 * Starts an engine's process before anybody needs it: its library takes 0.4 s to load, in which the rest of the
 * program can be loaded too.
 */
export function prepareEngineProcess(): void {
  if (prepared !== undefined) return;
  prepared = forkEngine();
  prepared.unref();
  prepared.channel?.unref();
  const child = prepared;
  // Whoever wants an engine then starts another, and hears what is wrong with it.
  const forget = () => {
    if (prepared === child) prepared = undefined;
  };
  child.once('exit', forget);
  child.once('error', forget);
}

/** Ends a process that was prepared and is not wanted: a server is used. */
export function dropEngineProcess(): void {
  prepared?.kill('SIGKILL');
  prepared = undefined;
}

/** The process prepared before, or a new one. It opens its store when it is told where. */
export function takeEngineProcess(): ChildProcess {
  const child = prepared ?? forkEngine();
  prepared = undefined;
  child.ref();
  child.channel?.ref();
  return child;
}

function forkEngine(): ChildProcess {
  const entry = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? './chdb-process.ts' : './chdb-process.js', import.meta.url),
  );
  return fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', process.env.STANCE_ENGINE_DEBUG === '1' ? 'inherit' : 'ignore', 'ipc'],
    env: { ...process.env, UV_THREADPOOL_SIZE: ENGINE_THREADS },
  });
}
