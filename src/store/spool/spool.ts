import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/**
 * The raw zone: segments of log lines between reading and applying. Everything in it is mode 0600 and is
 * deleted as soon as its batch is applied; what a crash leaves is replayed or deleted on the next start.
 */
export interface Spool {
  readonly directory: string;
  /** A segment to write lines into; it exists for others only after `finish`. */
  create(): Promise<SegmentWriter>;
  /** The finished segments, by name. */
  list(): Promise<string[]>;
  path(name: string): string;
  /** CRC-32 (hex) of what a segment holds now. */
  checksum(name: string): Promise<string>;
  remove(name: string): Promise<void>;
}

export interface SegmentWriter {
  write(bytes: Buffer): Promise<void>;
  /** Puts the segment in place and returns its name and CRC-32 (hex). */
  finish(): Promise<{ readonly name: string; readonly checksum: string }>;
  discard(): Promise<void>;
}

const UNFINISHED = '.unfinished';
const SEGMENT = '.segment';

/** Opens the spool folder; unfinished segments of an earlier run are wiped. */
export async function openSpool(directory: string, newName: () => string): Promise<Spool> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const name of await readdir(directory)) {
    if (name.endsWith(UNFINISHED)) await rm(join(directory, name), { force: true });
  }
  return {
    directory,
    create: () => createSegment(directory, newName()),
    list: async () => (await readdir(directory)).filter((name) => name.endsWith(SEGMENT)).sort(),
    path: (name) => join(directory, name),
    checksum: (name) => checksumOf(join(directory, name)),
    remove: (name) => rm(join(directory, name), { force: true }),
  };
}

async function createSegment(directory: string, stem: string): Promise<SegmentWriter> {
  const temporary = join(directory, `${stem}${UNFINISHED}`);
  const name = `${stem}${SEGMENT}`;
  const file: FileHandle = await open(temporary, 'wx', 0o600);
  let checksum = 0;
  return {
    write: async (bytes) => {
      checksum = crc32(bytes, checksum);
      await writeAll(file, bytes);
    },
    finish: async () => {
      await file.close();
      await rename(temporary, join(directory, name));
      return { name, checksum: hex(checksum) };
    },
    discard: async () => {
      await file.close();
      await rm(temporary, { force: true });
    },
  };
}

async function checksumOf(path: string): Promise<string> {
  let checksum = 0;
  for await (const bytes of createReadStream(path)) checksum = crc32(bytes, checksum);
  return hex(checksum);
}

const hex = (checksum: number) => checksum.toString(16).padStart(8, '0');

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  let position = 0;
  while (position < bytes.length) {
    const { bytesWritten } = await file.write(bytes, position);
    position += bytesWritten;
  }
}
