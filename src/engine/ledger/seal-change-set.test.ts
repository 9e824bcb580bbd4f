import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerAct, SealedChangeSet } from '../../model/ledger.ts';
import { sealChangeSet } from './seal-change-set.ts';

const act: LedgerAct = {
  ledger: 'instance',
  seq: 0,
  at: new Date('2026-11-23T02:30:00Z'),
  actor: 'stance',
  actorKind: 'system',
  action: 'spec.remove',
  target: 'é.yaml',
  evidence: [],
  prev: new Uint8Array(32),
};
const rows = [
  { table: 'endpoints', op: 'upsert', key: { api_id: '0123456789abcdef' }, after: { owner: 'payments' } },
  { table: 'specs', op: 'delete', key: { file: 'é.yaml' } },
];
const salts = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];

describe('sealChangeSet', () => {
  it('commits to every row with its salt, by hashes another program computed', () => {
    const sealed = sealChangeSet(act, rows, salts);
    expect(sealed.rows).toEqual([
      '{"after":{"owner":"payments"},"key":{"api_id":"0123456789abcdef"},"op":"upsert","table":"endpoints"}',
      '{"key":{"file":"é.yaml"},"op":"delete","table":"specs"}',
    ]);
    expect(payloadOf(sealed)).toEqual({
      rows: 2,
      root: '6eb67241524ea810732b87a013663d77441d97f1c567a28e0dbf86e22ee55550',
    });
    expect(Buffer.from(sealed.hash).toString('hex')).toBe(
      'ae36624e8ae0c26e7bd292362f268773b57c3d6c7c8cce1d6dab1bcd79523244',
    );
  });

  it('gives another root when one row, one salt or the order is another', () => {
    const others = [
      sealChangeSet(act, [rows[0] ?? {}, { ...rows[1], op: 'Delete' }], salts),
      sealChangeSet(act, rows, [new Uint8Array(32).fill(1), new Uint8Array(32).fill(3)]),
      sealChangeSet(act, rows.toReversed(), salts.toReversed()),
      sealChangeSet(act, rows.slice(0, 1), salts.slice(0, 1)),
    ];
    const roots = [sealChangeSet(act, rows, salts), ...others].map((sealed) => payloadOf(sealed).root);
    expect(new Set(roots).size).toBe(5);
  });

  it('changes its hash with every field of the act', () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => `${value}!`);
    const field = fc.constantFrom('ledger', 'actor', 'action', 'target', 'tenant', 'requestId');
    const sealed = Buffer.from(sealChangeSet(act, rows, salts).hash).toString('hex');
    fc.assert(
      fc.property(field, text, (name, value) => {
        expect(
          Buffer.from(sealChangeSet({ ...act, [name]: value }, rows, salts).hash).toString('hex'),
        ).not.toBe(sealed);
      }),
    );
  });

  it.each([
    { name: 'a missing salt', given: salts.slice(0, 1) },
    { name: 'a short salt', given: [new Uint8Array(32), new Uint8Array(31)] },
  ])('refuses $name', ({ given }) => {
    expect(() => sealChangeSet(act, rows, given)).toThrow(RangeError);
  });
});

function payloadOf(sealed: SealedChangeSet): { rows: number; root: string } {
  return JSON.parse(new TextDecoder().decode(sealed.bytes)).payload_commit;
}
