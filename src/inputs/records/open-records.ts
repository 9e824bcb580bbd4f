import type { DocumentKind } from '../../model/document-kind.ts';
import { documentKinds } from '../documents/index.ts';
import { wrappers } from '../wrappers/index.ts';
import { holdsJsonDocuments, jsonRecords, recordLines } from './json-records.ts';
import { MAX_WRAPPED_BYTES, peelLines, wrappersAround } from './peel-lines.ts';
import { LazyLine } from './wrapped-line.ts';

/** How a file holds its records, told from how it begins. */
export interface RecordLayout {
  /** Id of the kind of document; `json` for JSON documents, undefined for lines. */
  readonly document: string | undefined;
  /** Ids of the wrappers found around records. */
  readonly wrappers: readonly string[];
  /** Wrappers are there, or could be: the first record goes on beyond what was looked at. */
  readonly mayBeWrapped: boolean;
}

const OPEN_OBJECT = 0x7b;
/** Wrappers are looked for around so many of the first records. */
const SAMPLE_RECORDS = 256;

/** What a file's first bytes (up to 64 KiB, unpacked, UTF-8 where they are text) say of its layout. */
export function recordLayout(head: Buffer): RecordLayout {
  const kind = documentKindOf(head);
  if (kind !== undefined) return { document: kind.id, wrappers: [], mayBeWrapped: kind.holdsLines === true };
  const isJson = holdsJsonDocuments(head);
  const records = [...recordLines(head)].slice(0, SAMPLE_RECORDS);
  const around = wrappersAround(records, wrappers);
  return {
    document: isJson ? 'json' : undefined,
    wrappers: around,
    mayBeWrapped: around.length > 0 || isLong(records),
  };
}

/** The records of a stream, one per line: out of documents, and out of what was wrapped around them. */
export function recordStream(
  chunks: AsyncIterable<Buffer>,
  { document, mayBeWrapped }: RecordLayout,
): AsyncIterable<Buffer> {
  const kind = documentKinds.find(({ id }) => id === document);
  const options = mayBeWrapped ? { maxRecordBytes: MAX_WRAPPED_BYTES + 1 } : {};
  const ofJson = document === 'json' ? jsonRecords(chunks, options) : chunks;
  const records = kind === undefined ? ofJson : kind.records(chunks);
  return mayBeWrapped ? peelLines(records, wrappers) : records;
}

/** Whether the first record goes on beyond the head: it may be wrapped, and only its end tells. */
function isLong([first, second]: readonly Buffer[]): boolean {
  if (first === undefined || second !== undefined) return false;
  return first[0] === OPEN_OBJECT && new LazyLine(first).object === undefined;
}

function documentKindOf(head: Buffer): DocumentKind | undefined {
  return documentKinds.find(({ recognises }) => recognises(head));
}
