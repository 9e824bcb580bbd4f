import { type Change, upsert } from './change.ts';
import type { StateStore } from './open-state.ts';

/** What one learning changed: a shape comes to an endpoint, leaves one, or both. */
export interface ShapeMove {
  /** 64-bit unsigned integer as decimal text. */
  readonly shapeId: string;
  /** Absent for a shape that belonged to no endpoint. */
  readonly from?: string | undefined;
  /** Absent for a shape that belongs to none any more. */
  readonly to?: string | undefined;
}

export interface ShapeRoutes {
  /** Number of the last learning that moved a shape; 0 before the first. */
  readonly learning: number;
  /** The endpoint of each shape that has one, by shape id. */
  readonly routes: ReadonlyMap<string, string>;
}

interface Arrivals {
  readonly joined: string[];
  readonly departed: string[];
}

/**
 * One row per endpoint and learning, whatever the number of shapes: a row for each of them took 89 µs, with its
 * ledger row. Endpoints keep what moved to and from them, so that the mapping is the sum of all learnings.
 */
export function moveShapes(learning: number, moves: readonly ShapeMove[]): Change[] {
  const byEndpoint = new Map<string, Arrivals>();
  const of = (apiId: string) => {
    const arrivals = byEndpoint.get(apiId) ?? { joined: [], departed: [] };
    byEndpoint.set(apiId, arrivals);
    return arrivals;
  };
  for (const { shapeId, from, to } of moves) {
    if (from !== undefined) of(from).departed.push(shapeId);
    if (to !== undefined) of(to).joined.push(shapeId);
  }
  return [...byEndpoint].map(([apiId, after]) =>
    upsert('shape_routes', { api_id: apiId, learning }, { after }),
  );
}

export async function readShapeRoutes(store: StateStore): Promise<ShapeRoutes> {
  const rows = await store.db.selectFrom('shape_routes').selectAll().orderBy('learning').execute();
  const routes = new Map<string, string>();
  let learning = 0;
  for (const row of rows) {
    // A shape may join one endpoint and leave another in one learning, in either order of their rows.
    for (const shapeId of row.departed) if (routes.get(shapeId) === row.api_id) routes.delete(shapeId);
    for (const shapeId of row.joined) routes.set(shapeId, row.api_id);
    learning = row.learning;
  }
  return { learning, routes };
}
