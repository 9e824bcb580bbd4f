import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Change } from './change.ts';
import type { Database } from './database.ts';
import { jsonArrays } from './json-arrays.ts';

type Columns = readonly string[];

/** Changes that one statement can carry: same table, operation and columns. */
interface ChangeGroup {
  readonly change: Change;
  readonly members: Change[];
}

/**
 * Executes changes and gives back those that changed anything, in the order given. A change set names each row at
 * most once, so the statements may run in any order; foreign keys are checked at commit.
 *
 * @throws Error when two changes name one row, or an update names a missing one
 */
export async function writeChanges(
  tx: Transaction<Database>,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  requireDistinctRows(changes);
  const changed = new Set<string>();
  for (const group of groupChanges(changes)) {
    for (const key of await writeGroup(tx, group)) changed.add(key);
  }
  return changes.filter((change) => changed.has(rowName(change)));
}

function requireDistinctRows(changes: readonly Change[]): void {
  const seen = new Set<string>();
  for (const change of changes) {
    const name = rowName(change);
    if (seen.has(name)) throw new Error(`one change set changes a row twice: ${JSON.stringify(name)}`);
    seen.add(name);
  }
}

function groupChanges(changes: readonly Change[]): Iterable<ChangeGroup> {
  const groups = new Map<string, ChangeGroup>();
  for (const change of changes) {
    const signature = [
      change.table,
      change.op,
      ...columnsOf(change).map((columns) => columns.join(',')),
    ].join(' ');
    const group = groups.get(signature) ?? { change, members: [] };
    group.members.push(change);
    groups.set(signature, group);
  }
  return groups.values();
}

async function writeGroup(tx: Transaction<Database>, group: ChangeGroup): Promise<readonly string[]> {
  const { change, members } = group;
  const [keys] = columnsOf(change);
  const rows = members.map((member) => JSON.stringify({ ...member.initial, ...member.after, ...member.key }));
  const names: string[] = [];
  for (const json of jsonArrays(rows)) {
    const result = await statementFor(change, json).execute(tx);
    for (const row of result.rows) names.push(nameOf(change.table, keys, row));
  }
  if (change.op === 'update' && names.length !== members.length) {
    throw new Error(
      `${members.length - names.length} of ${members.length} rows to update in ${change.table} are missing`,
    );
  }
  return names;
}

function statementFor(change: Change, json: string): RawBuilder<Record<string, unknown>> {
  if (change.op === 'upsert') return upsertStatement(change, json);
  return change.op === 'update' ? updateStatement(change, json) : deleteStatement(change, json);
}

/** Rows that already hold the same values are left alone, and so are not reported as changed. */
function upsertStatement(change: Change, json: string): RawBuilder<Record<string, unknown>> {
  const [keys, after, initial] = columnsOf(change);
  const columns = [...keys, ...after, ...initial];
  return sql`
    insert into ${sql.table(change.table)} as t (${list(columns)})
    select ${list(columns, 'r')} from ${recordset(change, json)} as r
    on conflict (${list(keys)}) ${conflictAction(after)}
    returning ${list(keys, 't')}`;
}

function conflictAction(after: Columns): RawBuilder<unknown> {
  if (after.length === 0) return sql`do nothing`;
  return sql`do update set ${assignments(after, 'excluded')}
    where (${list(after, 't')}) is distinct from (${list(after, 'excluded')})`;
}

function updateStatement(change: Change, json: string): RawBuilder<Record<string, unknown>> {
  const [keys, after] = columnsOf(change);
  return sql`
    update ${sql.table(change.table)} as t set ${assignments(after, 'r')}
    from ${recordset(change, json)} as r
    where (${list(keys, 't')}) = (${list(keys, 'r')})
    returning ${list(keys, 't')}`;
}

function deleteStatement(change: Change, json: string): RawBuilder<Record<string, unknown>> {
  const [keys] = columnsOf(change);
  return sql`
    delete from ${sql.table(change.table)} as t
    using ${recordset(change, json)} as r
    where (${list(keys, 't')}) = (${list(keys, 'r')})
    returning ${list(keys, 't')}`;
}

/** PostgreSQL reads the rows from JSON by the table's own column types: one parameter however many rows. */
function recordset(change: Change, json: string): RawBuilder<unknown> {
  return sql`json_populate_recordset(null::${sql.table(change.table)}, ${json}::json)`;
}

function list(columns: Columns, alias?: string): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(alias ? `${alias}.${column}` : column)));
}

function assignments(columns: Columns, alias: string): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`${alias}.${column}`)}`));
}

function columnsOf(change: Change): readonly [keys: Columns, after: Columns, initial: Columns] {
  return [sortedKeys(change.key), sortedKeys(change.after), sortedKeys(change.initial)];
}

function sortedKeys(columns: object = {}): Columns {
  return Object.keys(columns).sort();
}

function rowName(change: Change): string {
  return nameOf(change.table, sortedKeys(change.key), change.key);
}

function nameOf(table: string, keys: Columns, row: Readonly<Record<string, unknown>>): string {
  return [table, ...keys.map((key) => String(row[key]))].join('\u0000');
}
