/** The installation's key for identifiers: two unsigned 64-bit numbers, decimal. Kept outside both stores. */
export type HashKey = readonly [string, string];

/** SipHash under the installation's key: the same identifier always gives the same number, and never comes back. */
export function keyedHash(kind: string, text: string): string {
  return `sipHash64Keyed(({hash_key_0:UInt64}, {hash_key_1:UInt64}), ${kind}, ${text})`;
}

export const HASH_KEY_PARAMETERS = (key: HashKey) => ({ hash_key_0: key[0], hash_key_1: key[1] });
