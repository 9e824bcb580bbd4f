/** Who acts: a person, an agent on someone's behalf, or Stance itself. */
export type ActorKind = 'user' | 'agent' | 'system';

/** An artifact kept outside the ledger, named by its content. */
export interface EvidenceReference {
  /** Hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
}

/** What a ledger entry says of the act it records; the rows it changed are only committed to. */
export interface LedgerAct {
  /** Which ledger: `instance`, or one per tenant. */
  readonly ledger: string;
  /** From 0, without gaps. */
  readonly seq: number;
  readonly at: Date;
  readonly actor: string;
  readonly actorKind: ActorKind;
  /** What was done: `batch.apply`. */
  readonly action: string;
  /** What it was done to. */
  readonly target: string;
  readonly tenant?: string;
  readonly requestId?: string;
  readonly evidence: readonly EvidenceReference[];
  /** Hash of the entry before this one; 32 zero bytes for the first. */
  readonly prev: Uint8Array;
}

/** A ledger entry as it is kept for ever: hashes are over these exact bytes. */
export interface SealedEntry {
  readonly bytes: Uint8Array;
  /** SHA-256 of 0x00 and the bytes. */
  readonly hash: Uint8Array;
}

export interface SealedChangeSet extends SealedEntry {
  /** The canonical text of each row, which the entry commits to together with its salt. */
  readonly rows: readonly string[];
}

/** Turns a change set into its ledger entry; `salts` holds 32 random bytes per row. */
export type SealChangeSet = (
  act: LedgerAct,
  rows: readonly object[],
  salts: readonly Uint8Array[],
) => SealedChangeSet;
