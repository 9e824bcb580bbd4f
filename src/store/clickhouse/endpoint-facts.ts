import type { TrafficFacts } from '../../model/fact.ts';
import type { Analytics } from './analytics.ts';
import { FACT_COLUMNS } from './fact-columns.ts';
import { rfc3339 } from './rfc3339.ts';
import { type BatchInput, type FactRow, factsOfRow } from './traffic-facts-row.ts';

/** The traffic facts of every endpoint, per vantage point, ordered by api_id and vantage. */
export async function readEndpointFacts(
  analytics: Analytics,
  inputOf: BatchInput,
): Promise<Map<string, TrafficFacts[]>> {
  const rows = await analytics.query<FactRow>(endpointFactsQuery());
  const facts = new Map<string, TrafficFacts[]>();
  for (const row of rows) {
    const apiId = String(row.api_id);
    const list = facts.get(apiId) ?? [];
    list.push(factsOfRow(row, inputOf));
    facts.set(apiId, list);
  }
  return facts;
}

/** Aggregates per shape first and maps only the groups: 97 ms against 199 ms per row on 10 M rows. */
function endpointFactsQuery(): string {
  const inner = FACT_COLUMNS.map(({ name, merge }) => `${merge}(f.${name}) AS ${name}_`);
  const outer = FACT_COLUMNS.map(({ name, merge, type }) => {
    const merged = `${merge}(g.${name}_)`;
    return `${type === 'UInt64' ? merged : rfc3339(merged)} AS ${name}`;
  });
  return `SELECT m.api_id AS api_id, g.vantage AS vantage, ${outer.join(', ')},
      uniqCombined64Merge(12)(g.consumers_) AS consumers
    FROM (SELECT f.shape_id AS shape_id, f.vantage AS vantage, ${inner.join(', ')},
        uniqCombined64MergeState(12)(f.consumers) AS consumers_
      FROM facts AS f GROUP BY shape_id, vantage) AS g
    INNER JOIN (SELECT e.shape_id AS shape_id, argMax(e.api_id, e.version) AS api_id
      FROM shape_endpoints AS e GROUP BY shape_id) AS m ON m.shape_id = g.shape_id
    WHERE m.api_id != '' GROUP BY api_id, vantage ORDER BY api_id, vantage`;
}
