import { sql } from 'kysely';
import type { SpecDocument } from '../../model/spec.ts';
import { type Change, remove, timestamp, upsert } from './change.ts';
import type { StateStore } from './open-state.ts';

/** A file imported again replaces what it said before. `importedAt` is RFC 3339. */
export function upsertSpec(spec: SpecDocument, importedAt: string): Change[] {
  const after = {
    sha256: spec.sha256,
    edition: spec.edition,
    title: spec.title,
    version: spec.version,
    document: spec,
    imported_at: timestamp(importedAt),
  };
  return [upsert('specs', { file: spec.file }, { after })];
}

export function removeSpec(file: string): Change[] {
  return [remove('specs', { file })];
}

export async function listSpecs(store: StateStore): Promise<SpecDocument[]> {
  const rows = await store.db.selectFrom('specs').select('document').orderBy(sql`file collate "C"`).execute();
  return rows.map((row) => row.document);
}
