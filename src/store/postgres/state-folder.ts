import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { StanceError } from '../../model/error.ts';

const TAR_BLOCK_BYTES = 512;
const TAR_FOLDER = '5';
/** Of template1 and template0, by the numbers PostgreSQL always gives them; not their folders. */
const TEMPLATE_DATABASE = /(^|\/)base\/[14]\/./;
/** Somewhat more than the archive holds. */
const ARCHIVE_BYTES = 48 * 1024 * 1024;

interface TarMember {
  readonly name: string;
  readonly kind: string;
  readonly content: Uint8Array;
  /** Header and content, padded. */
  readonly block: Uint8Array<ArrayBuffer>;
}

/**
 * Makes sure that `directory` holds a whole PostgreSQL data folder: a new one is unpacked beside it and renamed into
 * place, so it exists completely or not at all. What an interrupted first open left is removed. Call it only while
 * holding the data lock.
 *
 * @throws StanceError DATA_DAMAGED when the folder holds something else
 */
export async function prepareStateFolder(directory: string): Promise<void> {
  await removeLeftovers(directory);
  const entries = await entriesOf(directory);
  if (entries.includes('PG_VERSION')) return;
  if (entries.length > 0) throw new StanceError('DATA_DAMAGED', `${directory} is not a state folder`);
  const unfinished = `${directory}.new-${process.pid}`;
  await unpackPrebuilt(unfinished);
  await rm(directory, { recursive: true, force: true });
  await rename(unfinished, directory);
}

/**
 * A tar archive of a new data folder for one run in memory, without the two template databases: nobody creates a
 * database from them, and they are two thirds of all files.
 */
export async function prebuiltRunFolder(): Promise<Blob> {
  const archive = await prebuiltFolder();
  const members = [...tarMembers(archive)].filter(({ name }) => !TEMPLATE_DATABASE.test(name));
  return new Blob([...members.map(({ block }) => block), Buffer.alloc(2 * TAR_BLOCK_BYTES)]);
}

/** Unpacked in one piece: in the usual pieces of 16 KB, or by PGlite as a stream, it took three times as long. */
async function prebuiltFolder(): Promise<Buffer<ArrayBuffer>> {
  return promisify(gunzip)(await (await dataDir()).arrayBuffer(), { chunkSize: ARCHIVE_BYTES });
}

async function removeLeftovers(directory: string): Promise<void> {
  const parent = dirname(directory);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const prefix = `${basename(directory)}.new-`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true });
  }
}

async function entriesOf(directory: string): Promise<readonly string[]> {
  const exists = await access(directory).then(
    () => true,
    () => false,
  );
  return exists ? readdir(directory) : [];
}

/**
 * Unpacked here rather than by a PGlite instance of its own: a second instance in the process costs 130 MB of memory
 * and a second on the first open.
 */
async function unpackPrebuilt(directory: string): Promise<void> {
  const archive = await prebuiltFolder();
  await mkdir(directory, { mode: 0o700 });
  for (const { name, kind, content } of tarMembers(archive)) {
    const path = join(directory, name);
    if (kind === TAR_FOLDER) await mkdir(path, { recursive: true, mode: 0o700 });
    else await writeFile(path, content, { mode: 0o600 });
  }
}

/** Reads a plain ustar archive of files and folders with short names, as PGlite writes it. */
function* tarMembers(archive: Buffer<ArrayBuffer>): Generator<TarMember> {
  let offset = 0;
  while (offset + TAR_BLOCK_BYTES <= archive.length && archive[offset] !== 0) {
    const header = archive.subarray(offset, offset + TAR_BLOCK_BYTES);
    const sizeBytes = Number.parseInt(tarText(header, 124, 136), 8);
    const start = offset + TAR_BLOCK_BYTES;
    const next = start + Math.ceil(sizeBytes / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES;
    yield {
      name: tarText(header, 0, 100),
      kind: tarText(header, 156, 157),
      content: archive.subarray(start, start + sizeBytes),
      block: archive.subarray(offset, next),
    };
    offset = next;
  }
}

function tarText(header: Buffer, start: number, end: number): string {
  const field = header.toString('latin1', start, end);
  return field.split('\u0000', 1)[0] ?? '';
}
