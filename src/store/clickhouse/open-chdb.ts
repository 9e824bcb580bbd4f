import type { ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StanceError } from '../../model/error.ts';
import type { Analytics, Parameters } from './analytics.ts';
import type { EngineOpening, EngineReady, EngineReply, EngineRequest } from './chdb-process.ts';
import { type EngineLimits, engineConfig, type LocalShards } from './engine-config.ts';
import { takeEngineProcess } from './engine-process.ts';
import { literal } from './literal.ts';
import type { LineSource } from './segment-select.ts';

export interface ChdbOptions {
  /** Belongs to this process alone: the caller holds the data folder's lock. */
  readonly directory: string;
  readonly limits?: EngineLimits;
  readonly shards?: LocalShards;
}

interface Pending {
  readonly resolve: (text: string) => void;
  readonly reject: (error: Error) => void;
}

export interface EmbeddedAnalytics extends Analytics {
  /** The engine's own process; when it ends, every call rejects with STORE_FAILED. */
  readonly processId: number;
}

/** The embedded engine in a supervised child process. Throws PLATFORM_UNSUPPORTED, STORE_FAILED. */
export async function openChdb(options: ChdbOptions): Promise<EmbeddedAnalytics> {
  refuseUnsupportedPlatform();
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  const configFile = join(options.directory, 'engine.xml');
  await writeFile(configFile, engineConfig(options.limits, options.shards), { mode: 0o600 });
  const engine = await startEngine(join(options.directory, 'store'), configFile);
  return analyticsOver(engine);
}

interface Engine {
  readonly processId: number;
  send(request: Omit<EngineRequest, 'id'>): Promise<string>;
  stop(): Promise<void>;
}

function refuseUnsupportedPlatform(): void {
  const supported = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];
  const platform = `${process.platform}-${process.arch}`;
  if (!supported.includes(platform)) {
    throw new StanceError('PLATFORM_UNSUPPORTED', `The embedded engine does not run on ${platform}.`);
  }
}

async function startEngine(directory: string, configFile: string): Promise<Engine> {
  const child = takeEngineProcess();
  const calls = openCalls(child);
  const ready = readySignal(child);
  child.send({ directory, configFile } satisfies EngineOpening, () => undefined);
  await Promise.race([ready, calls.ended]);
  child.on('message', (reply: EngineReply) => calls.settle(reply));
  return { processId: child.pid ?? 0, send: calls.send, stop: () => stopEngine(child) };
}

function readySignal(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('message', (message: EngineReady) => {
      if (message.ready) resolve();
    });
  });
}

interface Calls {
  readonly send: Engine['send'];
  readonly settle: (reply: EngineReply) => void;
  /** Rejects when the process ends or cannot start, and with it all calls that wait and all that follow. */
  readonly ended: Promise<never>;
}

function openCalls(child: ChildProcess): Calls {
  const pending = new Map<number, Pending>();
  const { promise: ended, reject: end } = Promise.withResolvers<never>();
  let failure: StanceError | undefined;
  const fail = (message: string, cause?: unknown) => {
    failure ??= engineError(message, cause);
    for (const call of pending.values()) call.reject(failure);
    pending.clear();
    end(failure);
  };
  ended.catch(() => undefined);
  child.on('error', (error) => fail('the engine process failed', error));
  child.once('exit', (code, signal) => fail(`the engine process ended (${signal ?? `exit code ${code}`})`));
  let lastId = 0;
  const send: Engine['send'] = (request) =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(failure);
      lastId += 1;
      pending.set(lastId, { resolve, reject });
      child.send({ id: lastId, ...request } satisfies EngineRequest, (error) => {
        if (error !== null) fail('the engine process cannot be reached', error);
      });
    });
  return { send, settle: (reply) => settle(pending, reply), ended };
}

function settle(pending: Map<number, Pending>, reply: EngineReply): void {
  const call = pending.get(reply.id);
  pending.delete(reply.id);
  if (reply.ok) call?.resolve(reply.text);
  else call?.reject(engineError(`ClickHouse refused a statement with code ${reply.code} (${reply.detail})`));
}

/** Everything acknowledged is on disk already; a hard stop avoids the library's slow and fragile exit. */
async function stopEngine(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await exited;
}

function engineError(message: string, cause?: unknown): StanceError {
  return new StanceError('STORE_FAILED', message, cause === undefined ? {} : { cause });
}

function fileSource(path: string): LineSource {
  return { table: `file(${literal(path)}, 'LineAsString', 'line String')`, rowNumber: '_row_number' };
}

function analyticsOver(engine: Engine): EmbeddedAnalytics {
  const request = (lane: EngineRequest['lane'], sql: string, parameters?: Parameters) =>
    engine.send({ lane, sql, ...(parameters === undefined ? {} : { parameters }) });
  const rows = async <Row>(sql: string, parameters?: Parameters): Promise<Row[]> =>
    parseRows<Row>(await request('read', sql, parameters));
  return {
    kind: 'chdb',
    processId: engine.processId,
    query: rows,
    command: async (sql, parameters) => {
      await request('write', sql, parameters);
    },
    insertSegment: async (path, statement, parameters) => {
      await request('write', statement(fileSource(path)), parameters);
    },
    close: () => engine.stop(),
  };
}

function parseRows<Row>(text: string): Row[] {
  // The row type is the caller's statement's, written beside it.
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]));
}
