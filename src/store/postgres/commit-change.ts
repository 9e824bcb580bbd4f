import { sql, type Transaction } from 'kysely';
import { StanceError } from '../../model/error.ts';
import type { ActorKind, EvidenceReference, SealedChangeSet } from '../../model/ledger.ts';
import type { Change } from './change.ts';
import type { Database } from './database.ts';
import { jsonArrays } from './json-arrays.ts';
import type { StateStore } from './open-state.ts';
import { storableChange, storableText } from './storable-change.ts';
import { storeFailure } from './store-failure.ts';
import { writeChanges } from './write-changes.ts';

const LEDGER = 'instance';
const SALT_BYTES = 32;

/** One act and every row it changes. */
export interface ChangeSet {
  readonly actor: string;
  readonly actorKind: ActorKind;
  /** What is done, as object and verb: `batch.apply`. */
  readonly action: string;
  readonly target: string;
  readonly at: Date;
  readonly requestId?: string;
  readonly evidence?: readonly EvidenceReference[];
  /** In the order the ledger keeps them; no row twice. */
  readonly changes: readonly Change[];
}

export interface CommittedChange {
  readonly seq: number;
  /** Hash of the ledger entry. */
  readonly hash: Uint8Array;
  /** Rows that changed; rows that already held the same values are not recorded. */
  readonly rows: number;
}

/**
 * The one way state changes: executes the rows and appends the ledger entry that records them, in one transaction.
 * A change set that changes nothing leaves no trace and gives `undefined`.
 *
 * @throws StanceError STORE_FAILED when the database refuses; then nothing was changed
 */
export async function commitChange(
  store: StateStore,
  changeSet: ChangeSet,
): Promise<CommittedChange | undefined> {
  if (changeSet.changes.length === 0) return undefined;
  const changes = changeSet.changes.map(storableChange);
  try {
    // Waiting for the ledger's head and then reading what its last holder wrote needs this level.
    return await store.db
      .transaction()
      .setIsolationLevel('read committed')
      .execute((tx) => writeAndRecord(tx, store, { ...changeSet, changes }));
  } catch (error) {
    throw storeFailure(`"${changeSet.action}" was not saved`, error);
  }
}

async function writeAndRecord(
  tx: Transaction<Database>,
  store: StateStore,
  changeSet: ChangeSet,
): Promise<CommittedChange | undefined> {
  const head = await lockHead(tx);
  const rows = await writeChanges(tx, changeSet.changes);
  if (rows.length === 0) return undefined;
  const seq = head.seq + 1;
  const salts = randomSalts(store, rows.length);
  const sealed = store.sealChangeSet(
    {
      ledger: LEDGER,
      seq,
      at: changeSet.at,
      actor: storableText(changeSet.actor),
      actorKind: changeSet.actorKind,
      action: storableText(changeSet.action),
      target: storableText(changeSet.target),
      ...(changeSet.requestId !== undefined && { requestId: storableText(changeSet.requestId) }),
      evidence: changeSet.evidence ?? [],
      prev: head.hash,
    },
    rows,
    salts,
  );
  await appendEntry(tx, { seq, prev: head.hash, sealed });
  await keepRows(tx, seq, sealed.rows, salts);
  return { seq, hash: sealed.hash, rows: rows.length };
}

/** Held until the transaction ends, so changes come one after the other and cannot wait for each other in a ring. */
async function lockHead(tx: Transaction<Database>): Promise<{ seq: number; hash: Uint8Array }> {
  const head = await tx
    .selectFrom('ledger_head')
    .select(['seq', 'hash'])
    .where('ledger', '=', LEDGER)
    .forUpdate()
    .executeTakeFirst();
  if (!head) throw new StanceError('DATA_DAMAGED', `the head of the ledger "${LEDGER}" is missing`);
  return head;
}

function randomSalts(store: StateStore, count: number): readonly Uint8Array[] {
  const bytes = store.randomBytes(count * SALT_BYTES);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * SALT_BYTES, (index + 1) * SALT_BYTES),
  );
}

async function appendEntry(
  tx: Transaction<Database>,
  entry: { seq: number; prev: Uint8Array; sealed: SealedChangeSet },
): Promise<void> {
  const { bytes, hash } = entry.sealed;
  const { seq, prev } = entry;
  await tx.insertInto('ledger_entries').values({ ledger: LEDGER, seq, bytes, hash, prev }).execute();
  await tx.updateTable('ledger_head').set({ seq, hash }).where('ledger', '=', LEDGER).execute();
}

async function keepRows(
  tx: Transaction<Database>,
  seq: number,
  rows: readonly string[],
  salts: readonly Uint8Array[],
): Promise<void> {
  const texts = rows.map((row, index) =>
    JSON.stringify({ ledger: LEDGER, seq, row_index: index, salt: byteaText(salts[index]), row }),
  );
  for (const json of jsonArrays(texts)) {
    await sql`insert into ledger_rows select * from json_populate_recordset(null::ledger_rows, ${json}::json)`.execute(
      tx,
    );
  }
}

function byteaText(bytes: Uint8Array = new Uint8Array()): string {
  return `\\x${Buffer.from(bytes).toString('hex')}`;
}
