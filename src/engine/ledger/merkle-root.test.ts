import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merkleRoot } from './merkle-root.ts';

/** The leaves and roots that Certificate Transparency implementations are tested with. */
const KNOWN_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const KNOWN_ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
].map((root, size) => ({ size, root }));

const leaves = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 70 });

describe('merkleRoot', () => {
  it.each(KNOWN_ROOTS)('gives the known root of $size leaves', ({ size, root }) => {
    expect(hex(merkleRoot(KNOWN_LEAVES.slice(0, size).map((leaf) => Buffer.from(leaf, 'hex'))))).toBe(root);
  });

  it('equals a tree built level by level, an odd last node moving up unchanged', () => {
    fc.assert(
      fc.property(leaves, (list) => {
        expect(hex(merkleRoot(list))).toBe(hex(rootByLevels(list)));
      }),
    );
  });

  it('changes when any one bit of any leaf changes', () => {
    fc.assert(
      fc.property(leaves, fc.nat(), fc.nat(), (list, leafPick, bitPick) => {
        const index = leafPick % list.length;
        const changed = list.map((leaf) => Uint8Array.from(leaf));
        const leaf = changed[index] ?? new Uint8Array();
        fc.pre(leaf.length > 0);
        const bit = bitPick % (leaf.length * 8);
        leaf[bit >> 3] = (leaf[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(hex(merkleRoot(changed))).not.toBe(hex(merkleRoot(list)));
      }),
    );
  });

  it('changes when two different leaves change places', () => {
    fc.assert(
      fc.property(leaves, fc.nat(), fc.nat(), (list, leftPick, rightPick) => {
        const left = leftPick % list.length;
        const right = rightPick % list.length;
        fc.pre(hex(list[left]) !== hex(list[right]));
        const swapped = list.map((leaf, index) => {
          if (index === left) return list[right] ?? leaf;
          return index === right ? (list[left] ?? leaf) : leaf;
        });
        expect(hex(merkleRoot(swapped))).not.toBe(hex(merkleRoot(list)));
      }),
    );
  });

  it('changes when the last leaf is repeated or dropped', () => {
    fc.assert(
      fc.property(leaves, (list) => {
        const root = hex(merkleRoot(list));
        expect(hex(merkleRoot([...list, ...list.slice(-1)]))).not.toBe(root);
        expect(hex(merkleRoot(list.slice(0, -1)))).not.toBe(root);
      }),
    );
  });
});

function rootByLevels(list: readonly Uint8Array[]): Uint8Array {
  let level = list.map((leaf) => digest([0], leaf));
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = level.slice(index, index + 2);
      if (left) above.push(right ? digest([1], left, right) : left);
    }
    level = above;
  }
  return level[0] ?? new Uint8Array();
}

function digest(prefix: readonly number[], ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256').update(Uint8Array.from(prefix));
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}
