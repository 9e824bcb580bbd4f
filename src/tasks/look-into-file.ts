import {
  asUtf8,
  beginning,
  type Encoding,
  encodingOf,
  openBytes,
  readHead,
  unreadPacking,
} from '../inputs/records/open-bytes.ts';
import { type RecordLayout, recordLayout } from '../inputs/records/open-records.ts';
import { StanceError } from '../model/error.ts';

/** Enough of a file to tell a spec from a log, and how it holds its records. */
const LOOK_BYTES = 64 * 1024;
const MAGIC_BYTES = 8;

export interface FileHead {
  readonly encoding: Encoding;
  /** The first bytes, unpacked and as UTF-8. */
  readonly head: Buffer;
  /** How it holds its records, as far as these bytes tell. */
  readonly layout: RecordLayout;
}

/** How a file begins. Throws INPUT_UNREADABLE for what it is packed as, and what the file system throws. */
export async function lookIntoFile(path: string): Promise<FileHead> {
  const magic = await readHead(path, MAGIC_BYTES);
  const packing = unreadPacking(magic);
  if (packing !== undefined) {
    const message = `it is packed as ${packing}: unpack it first; gzip and zstd are read as they are`;
    throw new StanceError('INPUT_UNREADABLE', message, { place: { file: path } });
  }
  const encoding = encodingOf(magic);
  const head = await beginning(asUtf8(openBytes(path, encoding)), LOOK_BYTES);
  return { encoding, head, layout: recordLayout(head) };
}
