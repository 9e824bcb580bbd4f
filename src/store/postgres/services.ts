import { sql } from 'kysely';
import type { Exposure } from '../../model/endpoint.ts';
import { type Change, timestamp, upsert } from './change.ts';
import type { StateStore } from './open-state.ts';

export interface Service {
  readonly name: string;
  readonly exposure?: Exposure;
  readonly owner?: string;
  /** RFC 3339, UTC. */
  readonly firstSeen: string;
}

/** An exposure or owner that is absent keeps what was set before; `firstSeen` is never reset. */
export function upsertServices(services: readonly Service[]): Change[] {
  return services.map((service) =>
    upsert(
      'services',
      { name: service.name },
      {
        after: { exposure: service.exposure, owner: service.owner },
        initial: { first_seen: timestamp(service.firstSeen) },
      },
    ),
  );
}

export async function listServices(store: StateStore): Promise<Service[]> {
  const rows = await store.db.selectFrom('services').selectAll().orderBy(sql`name collate "C"`).execute();
  return rows.map((row) => ({
    name: row.name,
    ...(row.exposure !== null && { exposure: row.exposure }),
    ...(row.owner !== null && { owner: row.owner }),
    firstSeen: row.first_seen,
  }));
}
