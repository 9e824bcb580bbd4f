import { type Change, timestamp, upsert } from './change.ts';
import type { StateStore } from './open-state.ts';

/** What one set of stores is called, for ever. */
export interface Installation {
  /** UUID. */
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
}

/** The first to be committed stays; later ones change nothing. */
export function createInstallation(installation: Installation): Change[] {
  const initial = { id: installation.id, created_at: timestamp(installation.createdAt) };
  return [upsert('installation', { singleton: true }, { initial })];
}

export async function readInstallation(store: StateStore): Promise<Installation | undefined> {
  const row = await store.db.selectFrom('installation').select(['id', 'created_at']).executeTakeFirst();
  return row && { id: row.id, createdAt: row.created_at };
}
