import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodingOf, readHead } from '../inputs/records/open-bytes.ts';

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
  if (found.isDirectory()) {
    const names = (await readdir(path)).filter((name) => !name.startsWith('.'));
    return inputSize(names.map((name) => join(path, name)));
  }
  // Opening a pipe nobody writes to would wait for ever.
  if (!found.isFile()) return 0;
  return encodingOf(await readHead(path, 4)) === 'plain' ? found.size : undefined;
}
