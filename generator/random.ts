/** Draws that are the same on every machine: 32-bit integer steps and divisions by powers of two only. */
export interface Random {
  /** An unsigned 32-bit integer. */
  bits(): number;
  /** In [0, 1). */
  fraction(): number;
  /** An integer in [0, bound). */
  below(bound: number): number;
  /** True for that share of the draws. */
  chance(share: number): boolean;
  pick<T>(items: readonly T[]): T;
}

const TWO_TO_32 = 0x1_0000_0000;

/** xoshiro128**, its state filled from the seed (any safe integer) by splitmix32. */
export function createRandom(seed: number): Random {
  const next = splitmix(seed);
  let a = next();
  let b = next();
  let c = next();
  let d = next();

  function bits(): number {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  }

  const fraction = () => bits() / TWO_TO_32;
  const below = (bound: number) => Math.floor(fraction() * bound);
  return {
    bits,
    fraction,
    below,
    chance: (share) => fraction() < share,
    pick: (items) => element(items, below(items.length)),
  };
}

/** An O(1) sampler (alias method): item `i` comes with probability `weights[i]` over their sum. */
export function weighted<T>(items: readonly T[], weights: readonly number[]): (random: Random) => T {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scaled = weights.map((weight) => (weight * items.length) / total);
  const keep = new Float64Array(items.length).fill(1);
  const alias = items.map((_, index) => index);
  const small = alias.filter((index) => element(scaled, index) < 1);
  const large = alias.filter((index) => element(scaled, index) >= 1);
  while (small.length > 0 && large.length > 0) {
    const low = small.pop() ?? 0;
    const high = large.pop() ?? 0;
    keep[low] = element(scaled, low);
    alias[low] = high;
    scaled[high] = element(scaled, high) - (1 - element(scaled, low));
    (element(scaled, high) < 1 ? small : large).push(high);
  }
  return (random) => {
    const column = random.below(items.length);
    return element(items, random.fraction() < (keep[column] ?? 1) ? column : element(alias, column));
  };
}

/** Zipf's weights with exponent 1: 1, 1/2, 1/3, … */
export function zipf(count: number): number[] {
  return Array.from({ length: count }, (_, rank) => 1 / (rank + 1));
}

/** The element at an index known to be in range. */
export function element<T>(items: readonly T[], index: number): T {
  return items[index] as T; // the caller's index is in range; the compiler cannot see it
}

function splitmix(seed: number): () => number {
  let state = (seed ^ Math.imul(Math.floor(seed / TWO_TO_32), 0x85eb_ca6b)) | 0;
  return () => {
    state = (state + 0x9e37_79b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}
