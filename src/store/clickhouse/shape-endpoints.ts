import type { Analytics } from './analytics.ts';
import { literal } from './literal.ts';

/** Pairs per statement, which stays below 2 MB; as parameters, bounded at 64 KiB, they took ten statements. */
const CHUNK = 20_000;

interface ShapeEndpoint {
  readonly shapeId: string;
  /** Empty when the shape belongs to no endpoint any more. */
  readonly apiId: string;
}

/**
 * Makes the pairs of the traffic store those of the state store; the pair written last wins. Only what differs is
 * written. Throws STORE_FAILED.
 */
export async function mirrorShapeEndpoints(
  analytics: Analytics,
  wanted: ReadonlyMap<string, string>,
): Promise<void> {
  const { version, endpoints } = await readShapeEndpoints(analytics);
  const changed = [...wanted].filter(([shapeId, apiId]) => endpoints.get(shapeId) !== apiId);
  const gone = [...endpoints.keys()].filter((shapeId) => !wanted.has(shapeId));
  await writeShapeEndpoints(
    analytics,
    [...changed, ...gone.map((shapeId) => [shapeId, ''] as const)].map(([shapeId, apiId]) => ({
      shapeId,
      apiId,
    })),
    version + 1n,
  );
}

async function readShapeEndpoints(
  analytics: Analytics,
): Promise<{ version: bigint; endpoints: Map<string, string> }> {
  const rows = await analytics.query<{ shape_id: string; api_id: string; last: string }>(
    `SELECT e.shape_id AS shape_id, argMax(e.api_id, e.version) AS api_id, max(e.version) AS last
     FROM shape_endpoints AS e GROUP BY shape_id`,
  );
  const version = rows.reduce((last, row) => (BigInt(row.last) > last ? BigInt(row.last) : last), 0n);
  const mapped = rows.filter((row) => row.api_id !== '');
  return { version, endpoints: new Map(mapped.map((row) => [row.shape_id, row.api_id])) };
}

async function writeShapeEndpoints(
  analytics: Analytics,
  pairs: readonly ShapeEndpoint[],
  version: bigint,
): Promise<void> {
  for (let start = 0; start < pairs.length; start += CHUNK) {
    const chunk = pairs.slice(start, start + CHUNK);
    const rows = chunk.map(({ shapeId, apiId }) => `(${literal(shapeId)},${literal(apiId)},${version})`);
    await analytics.command(
      `INSERT INTO shape_endpoints (shape_id, api_id, version) SETTINGS async_insert = 0, distributed_foreground_insert = 1
       VALUES ${rows.join(',')}`,
    );
  }
}
