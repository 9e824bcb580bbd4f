import type { Session } from 'chdb';
import { MAX_STATEMENT_BYTES } from './analytics.ts';

/**
 * The embedded engine's own process: a crash of the native library cannot take the product with it,
 * and memory is given back to the system when it ends. Talks over Node's IPC channel with its parent.
 */
export interface EngineRequest {
  readonly id: number;
  /** `write` keeps statements in order; `read` takes any free session. */
  readonly lane: 'write' | 'read';
  readonly sql: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export type EngineReply =
  | { readonly id: number; readonly ok: true; readonly text: string }
  | { readonly id: number; readonly ok: false; readonly code: number; readonly detail: string };

/** The first message to the process. */
export interface EngineOpening {
  readonly directory: string;
  readonly configFile: string;
}

export interface EngineReady {
  readonly ready: true;
}

/** One session runs one statement at a time; extra sessions cost about 0.15 ms to open. */
const READ_SESSIONS = 2;

/** What one statement groups or sorts in memory; more goes through files. A third of what the engine may use. */
const SPILL_BYTES = 300 * 1024 * 1024;

interface Engine {
  readonly writer: Session;
  readonly readers: readonly Session[];
}

function openEngine(chdb: typeof import('chdb'), { directory, configFile }: EngineOpening): Engine {
  const open = () =>
    new chdb.Session(directory, {
      connectionArgs: [
        `--config-file=${configFile}`,
        '--output_format_json_quote_64bit_integers=1',
        `--max_query_size=${MAX_STATEMENT_BYTES}`,
        `--max_bytes_before_external_group_by=${SPILL_BYTES}`,
        `--max_bytes_before_external_sort=${SPILL_BYTES}`,
      ],
    });
  return { writer: open(), readers: Array.from({ length: READ_SESSIONS }, open) };
}

let nextReader = 0;

function sessionFor({ writer, readers }: Engine, lane: EngineRequest['lane']): Session {
  if (lane === 'write') return writer;
  nextReader = (nextReader + 1) % readers.length;
  return readers[nextReader] ?? writer;
}

async function answer(engine: Engine, request: EngineRequest): Promise<EngineReply> {
  try {
    const session = sessionFor(engine, request.lane);
    const options = { format: 'JSONEachRow' };
    const result = await (request.parameters === undefined
      ? session.queryAsync(request.sql, options)
      : session.queryBindAsync(request.sql, request.parameters, options));
    return { id: request.id, ok: true, text: result.text() };
  } catch (error) {
    return { id: request.id, ok: false, ...reduced(error) };
  }
}

/**
 * The engine quotes data in its messages, so only the code and the name of the error leave this process;
 * both are read from where the engine itself puts them, since data may look like either.
 */
function reduced(error: unknown): { code: number; detail: string } {
  const message = error instanceof Error ? error.message : String(error);
  const code = Number(/^Code: (\d+)/.exec(message)?.[1] ?? -1);
  const name = code === -1 ? undefined : /\(([A-Z][A-Z0-9_]+)\)\s*$/.exec(message)?.[1];
  if (process.env.STANCE_ENGINE_DEBUG === '1') process.stderr.write(`${message}\n`);
  return { code, detail: name ?? 'unknown' };
}

// The parent is gone, perhaps killed: a running statement must not hold the folder's lock any longer.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Ctrl-C reaches the whole process group; the parent decides when the engine stops.
process.on('SIGINT', () => undefined);
// After the handlers, since it takes a while.
const library = import('chdb');

async function serve(opening: EngineOpening): Promise<void> {
  const engine = openEngine(await library, opening);
  let lastWrite: Promise<unknown> = Promise.resolve();
  process.on('message', (request: EngineRequest) => {
    const run = () => answer(engine, request);
    // A session takes one statement at a time, but not in the order they came.
    const reply = request.lane === 'write' ? lastWrite.then(run) : run();
    if (request.lane === 'write') lastWrite = reply;
    void reply.then((text) => process.send?.(text));
  });
  process.send?.({ ready: true } satisfies EngineReady);
}

process.once('message', (opening: EngineOpening) => void serve(opening));
