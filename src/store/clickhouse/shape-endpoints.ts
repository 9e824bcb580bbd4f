import type { Analytics } from './analytics.ts';

/** Pairs sent per statement: 2,000 ids of 20 digits stay below the bound of a parameter. */
const CHUNK = 2_000;

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
    await analytics.command(
      `INSERT INTO shape_endpoints (shape_id, api_id, version) SETTINGS async_insert = 0, distributed_foreground_insert = 1
       SELECT toUInt64(p.1), p.2, {version:UInt64}
       FROM (SELECT arrayJoin(arrayZip({shape_ids:Array(String)}, {api_ids:Array(String)})) AS p)`,
      { shape_ids: chunk.map((pair) => pair.shapeId), api_ids: chunk.map((pair) => pair.apiId), version },
    );
  }
}
