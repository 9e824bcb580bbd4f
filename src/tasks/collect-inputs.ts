import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beginning, encodingOf, openBytes, readHead } from '../inputs/records/open-bytes.ts';
import { looksLikeOpenApi, readOpenApi } from '../inputs/specs/openapi/openapi.ts';
import { MAX_SPEC_BYTES } from '../inputs/specs/openapi/spec-text.ts';
import { StanceError } from '../model/error.ts';
import type { InputReport } from '../model/report.ts';
import type { SpecDocument } from '../model/spec.ts';
import type { TrafficInput } from './ingest-file.ts';
import { lookIntoFile } from './look-into-file.ts';
import { unreadableInput } from './unreadable-input.ts';

/** What stands behind a path that was given. */
export type CollectedInput =
  | { readonly kind: 'traffic'; readonly input: TrafficInput }
  | { readonly kind: 'spec'; readonly path: string; readonly spec: SpecDocument }
  | { readonly kind: 'unreadable'; readonly report: InputReport; readonly error: StanceError };

/** What a folder given with --spec may hold besides specs. */
const SPEC_FILE = /\.(json|ya?ml)(\.(gz|zst))?$/i;

/** Every file behind the paths, folders walked in name order; each problem is an entry, never an end. */
export async function* collectInputs(
  paths: readonly string[],
  specPaths: readonly string[],
): AsyncGenerator<CollectedInput> {
  for (const path of paths) yield* collect(path, look);
  for (const path of specPaths) {
    yield* collect(path, (file) =>
      file === path || SPEC_FILE.test(file) ? readSpec(file) : Promise.resolve(undefined),
    );
  }
}

async function* collect(
  path: string,
  read: (file: string) => Promise<CollectedInput | undefined>,
): AsyncGenerator<CollectedInput> {
  for await (const found of walk(path, [])) {
    const input = typeof found === 'string' ? await read(found) : found;
    if (input !== undefined) yield input;
  }
}

/** `above` names the folders that lead here, so that a link back to one of them is no endless way. */
async function* walk(path: string, above: readonly string[]): AsyncGenerator<string | CollectedInput> {
  try {
    const found = await stat(path);
    if (found.isFile()) {
      yield path;
      return;
    }
    if (!found.isDirectory()) throw new Error('it is neither a file nor a folder');
    const identity = `${found.dev}:${found.ino}`;
    if (above.includes(identity)) throw new Error('its links lead in a circle');
    const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort();
    for (const name of names) yield* walk(join(path, name), [...above, identity]);
  } catch (error) {
    yield unreadable(path, error);
  }
}

async function look(path: string): Promise<CollectedInput> {
  try {
    const { encoding, head, layout } = await lookIntoFile(path);
    if (looksLikeOpenApi(head.toString('utf8'))) return await readSpec(path);
    return { kind: 'traffic', input: { path, encoding, layout } };
  } catch (error) {
    return unreadable(path, error);
  }
}

async function readSpec(path: string): Promise<CollectedInput> {
  try {
    const encoding = encodingOf(await readHead(path, 4));
    const bytes = await beginning(openBytes(path, encoding), MAX_SPEC_BYTES + 1);
    if (bytes.length > MAX_SPEC_BYTES) {
      const message = `it is larger than a description can be: at most ${MAX_SPEC_BYTES} bytes are read`;
      throw new StanceError('SPEC_UNREADABLE', message, { place: { file: path } });
    }
    return { kind: 'spec', path, spec: readOpenApi(path, bytes) };
  } catch (error) {
    return unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): CollectedInput {
  const known = unreadableInput(path, error);
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
