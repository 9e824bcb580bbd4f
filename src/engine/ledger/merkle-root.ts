import { hash } from 'node:crypto';

const LEAF_PREFIX = new Uint8Array([0x00]);
const NODE_PREFIX = new Uint8Array([0x01]);

/** SHA-256 over the parts, one after the other; 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return hash('sha256', Buffer.concat(parts), 'buffer');
}

/** RFC 6962 §2.1 hash of a leaf; the prefix keeps leaves and inner nodes apart. */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256(LEAF_PREFIX, leaf);
}

/**
 * RFC 6962 §2.1 Merkle tree hash over leaves in order; 32 bytes. No leaves give SHA-256 of nothing.
 */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  return subtreeRoot(leaves.map(leafHash), 0, leaves.length);
}

/** Recursion is as deep as the tree: 17 levels for 100,000 leaves. */
function subtreeRoot(hashes: readonly Uint8Array[], start: number, end: number): Uint8Array {
  const first = hashes[start];
  if (first === undefined) throw new RangeError(`no leaf ${start} among ${hashes.length}`);
  const size = end - start;
  if (size === 1) return first;
  const split = start + largestPowerOfTwoBelow(size);
  return sha256(NODE_PREFIX, subtreeRoot(hashes, start, split), subtreeRoot(hashes, split, end));
}

function largestPowerOfTwoBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
