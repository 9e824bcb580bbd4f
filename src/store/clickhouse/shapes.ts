import { type ObservedShape, OVERFLOW_SHAPE, PROBE_SHAPE } from '../../model/shape.ts';
import type { Analytics } from './analytics.ts';
import { rfc3339 } from './rfc3339.ts';

interface ShapeRow {
  readonly shape_id: string;
  readonly service: string;
  readonly host: string;
  readonly source: string;
  readonly method: string;
  readonly shape: string;
  readonly calls: string;
  readonly found: string;
  readonly first_seen: string;
  readonly last_seen: string;
}

/**
 * Shapes that answered at least once with something else than 404 or 405, the busiest first, at most `limit`, and how
 * many that leaves out. Probes stay behind, since they never become endpoints, and so does what stands for many shapes.
 */
export async function readShapes(
  analytics: Analytics,
  limit: number,
): Promise<{ readonly shapes: ObservedShape[]; readonly leftOut: number }> {
  const rows = await analytics.query<ShapeRow & { readonly total: string }>(
    `SELECT s.service AS service, s.host AS host, s.source AS source, s.method AS method, s.shape AS shape,
       s.shape_id AS shape_id, sum(s.calls) AS calls, sum(s.found) AS found,
       ${rfc3339('min(s.first_seen)')} AS first_seen, ${rfc3339('max(s.last_seen)')} AS last_seen,
       count() OVER () AS total
     FROM shapes AS s WHERE s.shape NOT IN ({probe:String}, {overflow:String})
     GROUP BY service, host, source, method, shape, shape_id HAVING sum(s.found) > 0
     ORDER BY sum(s.calls) DESC, shape_id LIMIT {limit:UInt32}`,
    { limit, probe: PROBE_SHAPE, overflow: OVERFLOW_SHAPE },
  );
  return { shapes: rows.map(observedShape), leftOut: Number(rows[0]?.total ?? 0) - rows.length };
}

/** Shapes known from a spec too: a documented path that only ever answered 404 is still that path. */
export async function readProbes(analytics: Analytics, limit: number): Promise<ObservedShape[]> {
  const rows = await analytics.query<ShapeRow>(
    `SELECT s.service AS service, s.host AS host, s.source AS source, s.method AS method, s.shape AS shape,
       s.shape_id AS shape_id, sum(s.calls) AS calls, toUInt64(0) AS found,
       ${rfc3339('min(s.first_seen)')} AS first_seen, ${rfc3339('max(s.last_seen)')} AS last_seen
     FROM shapes AS s WHERE s.shape != {probe:String} GROUP BY service, host, source, method, shape, shape_id
     HAVING sum(s.found) = 0 ORDER BY sum(s.calls) DESC, shape_id LIMIT {limit:UInt32}`,
    { limit, probe: PROBE_SHAPE },
  );
  return rows.map(observedShape);
}

function observedShape(row: ShapeRow): ObservedShape {
  return {
    shapeId: row.shape_id,
    origin: { service: row.service, host: row.host, source: row.source },
    method: row.method,
    shape: row.shape,
    calls: Number(row.calls),
    found: Number(row.found),
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
  };
}
