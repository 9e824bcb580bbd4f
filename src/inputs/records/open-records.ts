import type { DocumentKind } from '../../model/document-kind.ts';
import { documentKinds } from '../documents/index.ts';
import { wrappers } from '../wrappers/index.ts';
import { holdsJsonDocuments, jsonRecords, recordLines } from './json-records.ts';
import { peelLines, wrappersAround } from './peel-lines.ts';

/** How a file holds its records, told from how it begins. */
export interface RecordLayout {
  /** Id of the kind of document; `json` for JSON documents, undefined for lines. */
  readonly document: string | undefined;
  /** Ids of the wrappers found around records. */
  readonly wrappers: readonly string[];
}

/** Wrappers are looked for around so many of the first records. */
const SAMPLE_RECORDS = 256;

/** What a file's first bytes (up to 64 KiB, unpacked, UTF-8 where they are text) say of its layout. */
export function recordLayout(head: Buffer): RecordLayout {
  const kind = documentKindOf(head);
  if (kind !== undefined) return { document: kind.id, wrappers: [] };
  const isJson = holdsJsonDocuments(head);
  const records = recordLines(head).slice(0, SAMPLE_RECORDS);
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
  const lines = layout.document === undefined ? chunks : jsonRecords(chunks);
  return layout.wrappers.length === 0 ? lines : peelLines(lines, wrappers);
}

function documentKindOf(head: Buffer): DocumentKind | undefined {
  return documentKinds.find(({ recognises }) => recognises(head));
}
