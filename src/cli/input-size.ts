import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodingOf, readHead } from '../inputs/lines/open-bytes.ts';

/** Bytes behind the paths, or undefined when some are compressed or cannot be read. */
export async function inputSize(paths: readonly string[]): Promise<number | undefined> {
  let total = 0;
  for (const path of paths) {
    const size = await sizeOf(path).catch(() => undefined);
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}

async function sizeOf(path: string): Promise<number | undefined> {
  const found = await stat(path);
  if (found.isDirectory()) return inputSize((await readdir(path)).map((name) => join(path, name)));
  return encodingOf(await readHead(path, 4)) === 'plain' ? found.size : undefined;
}
