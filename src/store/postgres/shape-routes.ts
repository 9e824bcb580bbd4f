import { type Change, remove, upsert } from './change.ts';
import type { StateStore } from './open-state.ts';

/** Which endpoint the exchanges of a shape belong to. */
export interface ShapeRoute {
  /** 64-bit unsigned integer as decimal text. */
  readonly shapeId: string;
  readonly apiId: string;
}

/** A shape that is learned again moves to its new endpoint; its history moves with it. */
export function upsertShapeRoutes(routes: readonly ShapeRoute[]): Change[] {
  return routes.map((route) =>
    upsert('shape_routes', { shape_id: route.shapeId }, { after: { api_id: route.apiId } }),
  );
}

/** Shapes that belong to no endpoint any more. */
export function removeShapeRoutes(shapeIds: readonly string[]): Change[] {
  return shapeIds.map((shapeId) => remove('shape_routes', { shape_id: shapeId }));
}

export async function listShapeRoutes(store: StateStore): Promise<ShapeRoute[]> {
  const rows = await store.db
    .selectFrom('shape_routes')
    .select(['shape_id', 'api_id'])
    .orderBy('shape_id')
    .execute();
  return rows.map((row) => ({ shapeId: row.shape_id, apiId: row.api_id }));
}
