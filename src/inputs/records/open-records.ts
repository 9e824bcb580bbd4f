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
}

const OPEN_OBJECT = 0x7b;
/** Wrappers are looked for around so many of the first records. */
const SAMPLE_RECORDS = 256;

/** What a file's first bytes (up to 64 KiB, unpacked, UTF-8 where they are text) say of its layout. */
export function recordLayout(head: Buffer): RecordLayout {
  const kind = documentKindOf(head);
  if (kind !== undefined) return { document: kind.id, wrappers: [] };
  const isJson = holdsJsonDocuments(head);
  const records = [...recordLines(head)].slice(0, SAMPLE_RECORDS);
  return {
    document: isJson ? 'json' : undefined,
    wrappers: wrappersAround(records, wrappers),
  };
}

/** The records of a stream, one per line: out of documents, and out of what was wrapped around them. */
export function recordStream(chunks: AsyncIterable<Buffer>, head: Buffer): AsyncIterable<Buffer> {
  const layout = recordLayout(head);
  const kind = documentKindOf(head);
  if (kind !== undefined) {
    const records = kind.records(chunks);
    return kind.holdsLines === true ? peelLines(records, wrappers) : records;
  }
  if (layout.wrappers.length === 0 && !isLong(head)) {
    return layout.document === undefined ? chunks : jsonRecords(chunks);
  }
  const options = { maxRecordBytes: MAX_WRAPPED_BYTES + 1 };
  return peelLines(layout.document === undefined ? chunks : jsonRecords(chunks, options), wrappers);
}

/** Whether the first record goes on beyond the head: it may be wrapped, and only its end tells. */
function isLong(head: Buffer): boolean {
  const [first, second] = recordLines(head);
  if (first === undefined || second !== undefined) return false;
  return first[0] === OPEN_OBJECT && new LazyLine(first).object === undefined;
}

function documentKindOf(head: Buffer): DocumentKind | undefined {
  return documentKinds.find(({ recognises }) => recognises(head));
}
