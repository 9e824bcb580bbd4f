import { createHash } from 'node:crypto';
import type { StateStore } from '../../src/store/postgres/open-state.ts';

/** What a whole and unchanged ledger holds. */
export interface RecomputedLedger {
  /** Entries as they were written, in order. */
  readonly entries: readonly Readonly<Record<string, unknown>>[];
  /** Rows of each entry, in order. */
  readonly rows: readonly (readonly unknown[])[];
}

/**
 * For tests: recomputes every hash and root of the ledger from the stored bytes, from the definitions alone and
 * without the code that wrote them.
 *
 * @throws Error that names the first entry that does not agree
 */
export async function recomputeLedger(store: StateStore): Promise<RecomputedLedger> {
  const entries = await store.db.selectFrom('ledger_entries').selectAll().orderBy('seq').execute();
  const kept = await store.db
    .selectFrom('ledger_rows')
    .selectAll()
    .orderBy('seq')
    .orderBy('row_index')
    .execute();
  const head = await store.db.selectFrom('ledger_head').selectAll().executeTakeFirstOrThrow();
  const rowsBySeq = Map.groupBy(kept, (row) => row.seq);
  let prev = '00'.repeat(32);
  const parsed = entries.map((entry, index) => {
    const content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(entry.bytes));
    const rows = rowsBySeq.get(entry.seq) ?? [];
    const commitments = rows.map((row) => digest(row.salt, Buffer.from(row.row)));
    const place = `entry ${index}`;
    requireEqual(`${place}: column seq`, entry.seq, index);
    requireEqual(`${place}: seq`, content.seq, index);
    requireEqual(`${place}: column prev`, hex(entry.prev), prev);
    requireEqual(`${place}: prev`, content.prev, prev);
    requireEqual(`${place}: row indexes`, rows.map((row) => row.row_index).join(), [...rows.keys()].join());
    requireEqual(`${place}: rows`, content.payload_commit.rows, rows.length);
    requireEqual(`${place}: root`, content.payload_commit.root, hex(rootByLevels(commitments)));
    prev = hex(digest(Uint8Array.of(0), entry.bytes));
    requireEqual(`${place}: hash`, hex(entry.hash), prev);
    return { content, rows: rows.map((row) => JSON.parse(row.row)) };
  });
  requireEqual('head', `${head.seq} ${hex(head.hash)}`, `${entries.length - 1} ${prev}`);
  requireEqual('rows of no entry', kept.length - parsed.reduce((sum, { rows }) => sum + rows.length, 0), 0);
  return { entries: parsed.map(({ content }) => content), rows: parsed.map(({ rows }) => rows) };
}

function rootByLevels(leaves: readonly Uint8Array[]): Uint8Array {
  let level = leaves.map((leaf) => digest(Uint8Array.of(0), leaf));
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = level.slice(index, index + 2);
      if (left) above.push(right ? digest(Uint8Array.of(1), left, right) : left);
    }
    level = above;
  }
  return level[0] ?? digest();
}

function digest(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function requireEqual(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`${what}: ${actual} instead of ${expected}`);
}
