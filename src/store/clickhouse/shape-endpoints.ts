import type { Analytics } from './analytics.ts';

/** Rows sent per statement; 10,000 pairs are about 400 KB of parameters. */
const CHUNK = 10_000;

export interface ShapeEndpoint {
  readonly shapeId: string;
  /** Empty when the shape belongs to no endpoint any more. */
  readonly apiId: string;
}

/** Mirrors changed shape-to-endpoint pairs from the state store; the higher version wins. */
export async function writeShapeEndpoints(
  analytics: Analytics,
  pairs: readonly ShapeEndpoint[],
  version: number,
): Promise<void> {
  for (let start = 0; start < pairs.length; start += CHUNK) {
    const chunk = pairs.slice(start, start + CHUNK);
    await analytics.command(
      `INSERT INTO shape_endpoints (shape_id, api_id, version) SETTINGS async_insert = 0
       SELECT toUInt64(p.1), p.2, {version:UInt64}
       FROM (SELECT arrayJoin(arrayZip({shape_ids:Array(String)}, {api_ids:Array(String)})) AS p)`,
      { shape_ids: chunk.map((pair) => pair.shapeId), api_ids: chunk.map((pair) => pair.apiId), version },
    );
  }
}
