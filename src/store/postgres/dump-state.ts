import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StateStore } from './open-state.ts';

const DUMPS_KEPT = 2;
const DUMP_NAME = /^state-.*\.tar\.gz$/;

/**
 * Writes a backup of an embedded store into `directory` and removes all but the newest two. The file is complete or
 * absent. Gives its path, or `undefined` on PostgreSQL.
 */
export async function dumpState(
  store: StateStore,
  options: { readonly directory: string; readonly at: Date },
): Promise<string | undefined> {
  if (!store.dump) return undefined;
  const { directory, at } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `state-${at.toISOString().replaceAll(':', '-')}.tar.gz`);
  await writeDurably(path, Buffer.from(await (await store.dump()).arrayBuffer()));
  await removeOldDumps(directory);
  return path;
}

async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const unfinished = `${path}.unfinished`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}

/** Names carry the time, so that their order is the order of writing. */
async function removeOldDumps(directory: string): Promise<void> {
  const dumps = (await readdir(directory)).filter((name) => DUMP_NAME.test(name)).sort();
  for (const name of dumps.slice(0, -DUMPS_KEPT)) await rm(join(directory, name));
}
