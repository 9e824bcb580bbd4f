import type { Analytics } from './analytics.ts';
import { literal } from './literal.ts';

/** Pairs per statement, which stays below 2 MB; as parameters, bounded at 64 KiB, they took ten statements. */
const CHUNK = 20_000;

export interface ShapeEndpoint {
  readonly shapeId: string;
  /** Empty when the shape belongs to no endpoint any more. */
  readonly apiId: string;
}

/** Mirrors changed shape-to-endpoint pairs from the state store; the pair written last wins. */
export async function writeShapeEndpoints(
  analytics: Analytics,
  pairs: readonly ShapeEndpoint[],
): Promise<void> {
  if (pairs.length === 0) return;
  const [last] = await analytics.query<{ version: string }>(
    'SELECT max(e.version) AS version FROM shape_endpoints AS e',
  );
  const version = String(BigInt(last?.version ?? 0) + 1n);
  for (let start = 0; start < pairs.length; start += CHUNK) {
    const chunk = pairs.slice(start, start + CHUNK);
    const rows = chunk.map(({ shapeId, apiId }) => `(${literal(shapeId)},${literal(apiId)},${version})`);
    await analytics.command(
      `INSERT INTO shape_endpoints (shape_id, api_id, version) SETTINGS async_insert = 0, distributed_foreground_insert = 1
       VALUES ${rows.join(',')}`,
    );
  }
}
