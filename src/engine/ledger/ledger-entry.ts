import type { LedgerAct, SealedEntry } from '../../model/ledger.ts';
import { canonicalJson } from './canonical-json.ts';
import { leafHash } from './merkle-root.ts';
import type { PayloadCommitment } from './payload-commitment.ts';

/** Raised only when a key is removed or changes meaning; entries once written are never rewritten. */
const ENTRY_VERSION = 1;
const HASH_BYTES = 32;

/**
 * The exact bytes of a ledger entry, canonical JSON, and their RFC 6962 leaf hash, by which the next entry names it.
 * `tenant` and `request_id` are absent when not given.
 *
 * @throws RangeError for an invalid time or a previous hash that is not 32 bytes
 * @throws TypeError for a field outside the canonical profile
 */
export function ledgerEntry(act: LedgerAct, payload: PayloadCommitment): SealedEntry {
  if (act.prev.length !== HASH_BYTES) throw new RangeError(`a previous hash of ${act.prev.length} bytes`);
  const text = canonicalJson({
    v: ENTRY_VERSION,
    ledger: act.ledger,
    seq: act.seq,
    ts: act.at.toISOString(),
    actor: act.actor,
    actor_kind: act.actorKind,
    action: act.action,
    target: act.target,
    ...(act.tenant !== undefined && { tenant: act.tenant }),
    ...(act.requestId !== undefined && { request_id: act.requestId }),
    payload_commit: { rows: payload.rows, root: payload.root },
    evidence: act.evidence.map((item) => ({
      sha256: item.sha256,
      size_bytes: item.sizeBytes,
      media_type: item.mediaType,
    })),
    prev: Buffer.from(act.prev).toString('hex'),
  });
  const bytes = new TextEncoder().encode(text);
  return { bytes, hash: leafHash(bytes) };
}
