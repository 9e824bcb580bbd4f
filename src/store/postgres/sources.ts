import { type Selectable, sql } from 'kysely';
import { type Change, timestamp, update, upsert } from './change.ts';
import type { Database } from './database.ts';
import type { StateStore } from './open-state.ts';

/** A file that input came from. It is known by its first bytes, so that a rotated or renamed file stays itself. */
export interface Source {
  readonly id: number;
  /** Bytes of the decompressed stream that `headSha256` covers; 1,024 once it is that long. */
  readonly headLength: number;
  /** Hex. */
  readonly headSha256: string;
  /** The last bytes before `committedOffset`: when they differ, the file was rewritten. */
  readonly tailLength: number;
  readonly tailSha256: string;
  /** Bytes of the decompressed stream that batches cover, without gap. */
  readonly committedOffset: number;
  readonly committedLines: number;
  /** The last committed line had no line end, so it may yet grow. */
  readonly openTail: boolean;
  readonly format: string;
  readonly name: string;
  readonly path: string;
  /** RFC 3339, UTC. */
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** What a new batch or another sight of the file changes. */
export type SourceProgress = Partial<Omit<Source, 'id' | 'firstSeen'>>;

/** A number no source has or will have; one that is not used leaves a gap. */
export async function nextSourceId(store: StateStore): Promise<number> {
  const result = await sql<{
    id: number;
  }>`select nextval(pg_get_serial_sequence('sources', 'id')) as id`.execute(store.db);
  const id = result.rows[0]?.id;
  if (id === undefined) throw new Error('nextval gave no row');
  return id;
}

/** The head lengths in use: hash so many first bytes of a file, then ask `findSources` for each. */
export async function listHeadLengths(store: StateStore): Promise<number[]> {
  const rows = await store.db
    .selectFrom('sources')
    .select('head_length')
    .distinct()
    .orderBy('head_length')
    .execute();
  return rows.map((row) => row.head_length);
}

/** Sources that begin with these bytes, the latest seen first; several when a file was rewritten from its start. */
export async function findSources(
  store: StateStore,
  head: { readonly length: number; readonly sha256: string },
): Promise<Source[]> {
  const rows = await store.db
    .selectFrom('sources')
    .selectAll()
    .where('head_length', '=', head.length)
    .where('head_sha256', '=', head.sha256)
    .orderBy('last_seen', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(sourceOf);
}

export async function listSources(store: StateStore): Promise<Source[]> {
  const rows = await store.db.selectFrom('sources').selectAll().orderBy('id').execute();
  return rows.map(sourceOf);
}

/** `source.id` comes from `nextSourceId`. */
export function addSource(source: Source): Change[] {
  const first_seen = timestamp(source.firstSeen);
  return [upsert('sources', { id: source.id }, { after: columnsOf(source), initial: { first_seen } })];
}

export function updateSource(id: number, progress: SourceProgress): Change[] {
  return [update('sources', { id }, columnsOf(progress))];
}

function columnsOf(source: SourceProgress) {
  return {
    head_length: source.headLength,
    head_sha256: source.headSha256,
    tail_length: source.tailLength,
    tail_sha256: source.tailSha256,
    committed_offset: source.committedOffset,
    committed_lines: source.committedLines,
    open_tail: source.openTail,
    format: source.format,
    name: source.name,
    path: source.path,
    last_seen: source.lastSeen === undefined ? undefined : timestamp(source.lastSeen),
  };
}

function sourceOf(row: Selectable<Database['sources']>): Source {
  return {
    id: row.id,
    headLength: row.head_length,
    headSha256: row.head_sha256,
    tailLength: row.tail_length,
    tailSha256: row.tail_sha256,
    committedOffset: row.committed_offset,
    committedLines: row.committed_lines,
    openTail: row.open_tail,
    format: row.format,
    name: row.name,
    path: row.path,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
  };
}
