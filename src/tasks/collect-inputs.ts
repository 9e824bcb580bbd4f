import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Encoding, encodingOf, openBytes, readHead } from '../inputs/lines/open-bytes.ts';
import { looksLikeOpenApi, readOpenApi } from '../inputs/specs/openapi/openapi.ts';
import { StanceError } from '../model/error.ts';
import type { InputReport } from '../model/report.ts';
import type { SpecDocument } from '../model/spec.ts';
import type { TrafficInput } from './ingest-file.ts';

/** What stands behind a path that was given. */
export type CollectedInput =
  | { readonly kind: 'traffic'; readonly input: TrafficInput }
  | { readonly kind: 'spec'; readonly path: string; readonly spec: SpecDocument }
  | { readonly kind: 'unreadable'; readonly report: InputReport; readonly error: StanceError };

/** Enough of a file to tell a spec from a log. */
const LOOK_BYTES = 64 * 1024;
/** What a folder given with --spec may hold besides specs. */
const SPEC_FILE = /\.(json|ya?ml)$/i;

/** Every file behind the paths, folders walked in name order; each problem is an entry, never an end. */
export async function* collectInputs(
  paths: readonly string[],
  specPaths: readonly string[],
): AsyncGenerator<CollectedInput> {
  for (const path of paths) {
    for await (const file of walk(path)) yield typeof file === 'string' ? await look(file) : file;
  }
  for (const path of specPaths) {
    for await (const file of walk(path)) {
      if (typeof file !== 'string') yield file;
      else if (file === path || SPEC_FILE.test(file)) yield await readSpec(file);
    }
  }
}

async function* walk(path: string): AsyncGenerator<string | CollectedInput> {
  try {
    if (!(await stat(path)).isDirectory()) {
      yield path;
      return;
    }
    const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort();
    for (const name of names) yield* walk(join(path, name));
  } catch (error) {
    yield unreadable(path, error);
  }
}

async function look(path: string): Promise<CollectedInput> {
  try {
    const encoding = encodingOf(await readHead(path, 4));
    const head = await decompressedHead(path, encoding);
    if (looksLikeOpenApi(head.toString('utf8'))) return await readSpec(path);
    return { kind: 'traffic', input: { path, encoding, head } };
  } catch (error) {
    return unreadable(path, error);
  }
}

async function decompressedHead(path: string, encoding: Encoding): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of openBytes(path, encoding)) {
      parts.push(chunk.subarray(0, LOOK_BYTES - size));
      size += chunk.length;
      if (size >= LOOK_BYTES) break;
    }
  } catch (error) {
    // A damaged stream with a good beginning is read as far as it goes.
    if (size === 0) throw error;
  }
  return Buffer.concat(parts);
}

async function readSpec(path: string): Promise<CollectedInput> {
  try {
    return { kind: 'spec', path, spec: readOpenApi(path, await readFile(path)) };
  } catch (error) {
    return unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): CollectedInput {
  const known =
    error instanceof StanceError
      ? error
      : new StanceError('INPUT_UNREADABLE', reasonOf(error), { place: { file: path }, cause: error });
  const report: InputReport = {
    path,
    format: '',
    read: 0,
    accepted: 0,
    duplicate: 0,
    blank: 0,
    rejected: {},
    problem: known.message,
  };
  return { kind: 'unreadable', report, error: known };
}

/** The words of the operating system's codes people meet most; the rest speak for themselves. */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return SYSTEM_ERRORS[code] ?? (error instanceof Error ? error.message : String(error));
}
