import { type Change, remove, upsert } from './change.ts';
import type { StateStore } from './open-state.ts';

/** What one learning changed: a shape comes to an endpoint, leaves one, or both. */
interface ShapeMove {
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
  /** The rows this is the sum of. */
  readonly rows: readonly { readonly apiId: string; readonly learning: number }[];
}

/** Rows per endpoint, on average, after which they are added up. */
const ROWS_PER_ENDPOINT = 8;

interface Movement {
  readonly joined: string[];
  readonly departed: string[];
}

/**
 * The changes that make `wanted` of what is known: what moved, or, when that would leave many rows, one row for each
 * endpoint in the place of all there are.
 */
export function changeShapeRoutes(known: ShapeRoutes, wanted: ReadonlyMap<string, string>): Change[] {
  const learning = known.learning + 1;
  const arrived = [...wanted].map(([shapeId, to]) => ({ shapeId, from: known.routes.get(shapeId), to }));
  const gone = [...known.routes].filter(([shapeId]) => !wanted.has(shapeId));
  const moves = [
    ...arrived.filter(({ from, to }) => from !== to),
    ...gone.map(([shapeId, from]) => ({ shapeId, from })),
  ];
  const endpoints = new Set(wanted.values()).size;
  if (moves.length === 0 || known.rows.length <= ROWS_PER_ENDPOINT * endpoints)
    return moveShapes(learning, moves);
  return [
    ...moveShapes(
      learning,
      arrived.map(({ shapeId, to }) => ({ shapeId, to })),
    ),
    ...known.rows.map((row) => remove('shape_routes', { api_id: row.apiId, learning: row.learning })),
  ];
}

/**
 * One row per endpoint and learning, whatever the number of shapes: a row for each of them took 89 µs, with its
 * ledger row. Endpoints keep what moved to and from them, so that the mapping is the sum of all learnings.
 */
function moveShapes(learning: number, moves: readonly ShapeMove[]): Change[] {
  const byEndpoint = new Map<string, Movement>();
  const of = (apiId: string) => {
    const movement = byEndpoint.get(apiId) ?? { joined: [], departed: [] };
    byEndpoint.set(apiId, movement);
    return movement;
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
  const rows = await store.db
    .selectFrom('shape_routes')
    .selectAll()
    .orderBy('learning')
    .orderBy('api_id')
    .execute();
  const routes = new Map<string, string>();
  let learning = 0;
  for (const row of rows) {
    // A shape may join one endpoint and leave another in one learning, in either order of their rows.
    for (const shapeId of row.departed) if (routes.get(shapeId) === row.api_id) routes.delete(shapeId);
    for (const shapeId of row.joined) routes.set(shapeId, row.api_id);
    learning = row.learning;
  }
  return { learning, routes, rows: rows.map((row) => ({ apiId: row.api_id, learning: row.learning })) };
}
