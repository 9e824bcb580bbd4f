import type { Analytics } from '../../src/store/clickhouse/analytics.ts';
import { FACT_COLUMNS } from '../../src/store/clickhouse/fact-columns.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];
export type Snapshot = Readonly<Record<string, Rows>>;

const merged = FACT_COLUMNS.map(({ name, merge }) => `${merge}(t.${name}) AS ${name}`).join(', ');

/** What each table says, whether its parts have been merged or not. */
const STATEMENTS: Readonly<Record<string, string>> = {
  observations: 'SELECT * FROM observations AS t ORDER BY ALL',
  facts: `SELECT t.window AS window, t.vantage AS vantage, t.shape_id AS shape_id, ${merged},
    uniqCombined64Merge(12)(t.consumers) AS consumers FROM facts AS t GROUP BY window, vantage, shape_id ORDER BY ALL`,
  shapes: `SELECT t.service AS service, t.host AS host, t.source AS source, t.method AS method, t.shape AS shape,
    t.shape_id AS shape_id, sum(t.calls) AS calls, sum(t.found) AS found, min(t.first_seen) AS first_seen,
    max(t.last_seen) AS last_seen FROM shapes AS t GROUP BY service, host, source, method, shape, shape_id ORDER BY ALL`,
  line_counts: `SELECT t.batch AS batch, t.part AS part, t.format AS format, t.why AS why, sum(t.lines) AS lines,
    min(t.time_min) AS time_min, max(t.time_max) AS time_max FROM line_counts AS t GROUP BY batch, part, format, why ORDER BY ALL`,
  rejects: 'SELECT * FROM rejects AS t ORDER BY ALL',
};

/** The whole content of the traffic store, in a form that two stores can be compared by. */
export async function snapshot(analytics: Analytics): Promise<Snapshot> {
  const tables: Record<string, Rows> = {};
  for (const [table, sql] of Object.entries(STATEMENTS)) tables[table] = await analytics.query(sql);
  return tables;
}

/** A snapshot without what says which statement took a line, to compare two ways of taking the same lines. */
export function withoutParts(tables: Snapshot): Snapshot {
  const counts = new Map<string, number>();
  for (const { batch, format, why, lines } of tables.line_counts ?? []) {
    const key = JSON.stringify([batch, why === 'blank' ? '' : format, why]);
    counts.set(key, (counts.get(key) ?? 0) + Number(lines));
  }
  return { ...tables, line_counts: [...counts].sort().map(([key, lines]) => ({ key, lines })) };
}
