import { createHash } from 'node:crypto';
import { leafHash } from '../src/engine/ledger/merkle-root.ts';
import { commitPayload } from '../src/engine/ledger/payload-commitment.ts';
import type { Analytics } from '../src/store/clickhouse/analytics.ts';
import { FACT_COLUMNS } from '../src/store/clickhouse/fact-columns.ts';
import type { StateStore } from '../src/store/postgres/open-state.ts';
import { readShapeRoutes } from '../src/store/postgres/shape-routes.ts';
import type { Workspace } from '../src/tasks/open-workspace.ts';

/** All that two inventories of the same input must have in common. */
export interface StateDescription {
  /** Rows of each traffic table, and a hash over what they say. */
  readonly traffic: Readonly<Record<string, { readonly rows: number; readonly sha256: string }>>;
  readonly batches: readonly object[];
  readonly sources: readonly object[];
  readonly endpoints: readonly object[];
  readonly shapeRoutes: readonly object[];
  readonly findings: readonly object[];
  readonly segments: readonly string[];
  /** Empty when the chain is whole. */
  readonly ledgerFlaws: readonly string[];
}

/** Tables whose rows merge in the background are read merged. */
const TRAFFIC: Readonly<Record<string, string>> = {
  observations: 'SELECT * FROM observations ORDER BY batch, n',
  facts: `SELECT window, vantage, shape_id, uniqCombined64Merge(12)(consumers) AS callers,
    ${FACT_COLUMNS.map(({ name, merge }) => `${merge}(f.${name}) AS ${name}_`).join(', ')}
    FROM facts AS f GROUP BY window, vantage, shape_id ORDER BY window, vantage, shape_id`,
  shapes: `SELECT service, host, source, method, shape, shape_id, sum(s.calls) AS calls_, sum(s.found) AS found_,
    min(s.first_seen) AS first, max(s.last_seen) AS last
    FROM shapes AS s GROUP BY service, host, source, method, shape, shape_id ORDER BY shape_id`,
  line_counts: `SELECT batch, format, why, sum(c.lines) AS lines_ FROM line_counts AS c
    GROUP BY batch, format, why ORDER BY batch, format, why`,
  rejects: 'SELECT * FROM rejects ORDER BY batch, why, n',
  shape_endpoints: `SELECT shape_id, argMax(e.api_id, e.version) AS api FROM shape_endpoints AS e
    GROUP BY shape_id ORDER BY shape_id`,
};

export async function describeState({ state, traffic, spool }: Workspace): Promise<StateDescription> {
  const tables = await Promise.all(
    Object.entries(TRAFFIC).map(([name, sql]) => describeTable(traffic, name, sql)),
  );
  const batches = await state.db
    .selectFrom('batches')
    .selectAll()
    .orderBy('source_id')
    .orderBy('start_offset')
    .execute();
  return {
    traffic: Object.fromEntries(tables),
    // The segment's name is chance; the rest of the plan decides what is counted.
    batches: batches.map((batch) => ({ ...batch, plan: { ...(batch.plan as object), segment: '' } })),
    sources: await state.db.selectFrom('sources').selectAll().orderBy('id').execute(),
    endpoints: await state.db.selectFrom('endpoints').selectAll().orderBy('api_id').execute(),
    shapeRoutes: [...(await readShapeRoutes(state)).routes].sort(),
    findings: await state.db.selectFrom('findings').selectAll().orderBy('fingerprint').execute(),
    segments: await spool.list(),
    ledgerFlaws: await ledgerFlaws(state),
  };
}

async function describeTable(traffic: Analytics, name: string, sql: string) {
  const rows = await traffic.query<object>(sql);
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  return [name, { rows: rows.length, sha256 }] as const;
}

/** Recomputes every hash of the ledger from the bytes and rows that are kept. */
async function ledgerFlaws(state: StateStore): Promise<string[]> {
  const entries = await state.db.selectFrom('ledger_entries').selectAll().orderBy('seq').execute();
  const rows = await state.db
    .selectFrom('ledger_rows')
    .selectAll()
    .orderBy('seq')
    .orderBy('row_index')
    .execute();
  const head = await state.db.selectFrom('ledger_head').selectAll().executeTakeFirstOrThrow();
  const flaws: string[] = [];
  let prev = '00'.repeat(32);
  for (const [index, entry] of entries.entries()) {
    const own = rows.filter((row) => row.seq === entry.seq);
    const payload = commitPayload(
      own.map(({ row }) => row),
      own.map(({ salt }) => salt),
    );
    const written = JSON.parse(Buffer.from(entry.bytes).toString('utf8'));
    const isWhole =
      entry.seq === index &&
      written.seq === index &&
      written.prev === prev &&
      written.payload_commit.root === payload.root &&
      hex(leafHash(entry.bytes)) === hex(entry.hash);
    if (!isWhole) flaws.push(`entry ${index}`);
    prev = hex(entry.hash);
  }
  if (head.seq !== entries.length - 1 || hex(head.hash) !== prev) flaws.push('head');
  return flaws;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
