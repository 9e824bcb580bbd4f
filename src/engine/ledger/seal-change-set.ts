import type { LedgerAct, SealedChangeSet } from '../../model/ledger.ts';
import { canonicalJson } from './canonical-json.ts';
import { ledgerEntry } from './ledger-entry.ts';
import { commitPayload } from './payload-commitment.ts';

/** One entry for a whole change set; gives back the row texts that must be kept, with their salts, to prove it. */
export function sealChangeSet(
  act: LedgerAct,
  rows: readonly object[],
  salts: readonly Uint8Array[],
): SealedChangeSet {
  const texts = rows.map(canonicalJson);
  return { ...ledgerEntry(act, commitPayload(texts, salts)), rows: texts };
}
