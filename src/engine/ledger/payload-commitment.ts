import { merkleRoot, sha256 } from './merkle-root.ts';

/** Long enough that the content of a short row cannot be guessed from its commitment. */
const SALT_BYTES = 32;

/** What an entry says of the rows it changed: how many, and a hash over all of them that reveals none. */
export interface PayloadCommitment {
  readonly rows: number;
  /** Merkle root over the row commitments, hex. */
  readonly root: string;
}

/**
 * Commits to the canonical texts of rows, in order: each leaf is SHA-256(salt || text). Rows and salts are kept
 * outside the entry, so that they can be erased while the entry stands.
 *
 * @throws RangeError unless every row has a salt of 32 bytes
 */
export function commitPayload(rows: readonly string[], salts: readonly Uint8Array[]): PayloadCommitment {
  if (rows.length !== salts.length) throw new RangeError(`${rows.length} rows but ${salts.length} salts`);
  const commitments = rows.map((row, index) => commitRow(row, salts[index]));
  return { rows: rows.length, root: Buffer.from(merkleRoot(commitments)).toString('hex') };
}

function commitRow(row: string, salt: Uint8Array | undefined): Uint8Array {
  if (salt?.length !== SALT_BYTES) throw new RangeError(`a salt of ${salt?.length} bytes, not ${SALT_BYTES}`);
  return sha256(salt, Buffer.from(row, 'utf8'));
}
