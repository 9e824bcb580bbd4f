import { describe, expect, it } from 'vitest';
import type { LedgerAct } from '../../model/ledger.ts';
import { ledgerEntry } from './ledger-entry.ts';
import type { PayloadCommitment } from './payload-commitment.ts';

const first: LedgerAct = {
  ledger: 'instance',
  seq: 0,
  at: new Date('2026-11-23T02:30:00Z'),
  actor: 'ana@example.com',
  actorKind: 'user',
  action: 'batch.apply',
  target: 'logs/kong.ndjson',
  evidence: [],
  prev: new Uint8Array(32),
};

/** The hashes were computed from the bytes by another program, as SHA-256(0x00 || bytes). */
const entries: readonly {
  name: string;
  act: LedgerAct;
  payload: PayloadCommitment;
  bytes: string;
  hash: string;
}[] = [
  {
    name: 'a first entry without optional fields',
    act: first,
    payload: { rows: 2, root: 'ab'.repeat(32) },
    bytes:
      '{"action":"batch.apply","actor":"ana@example.com","actor_kind":"user","evidence":[],"ledger":"instance",' +
      '"payload_commit":{"root":"abababababababababababababababababababababababababababababababab","rows":2},' +
      '"prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":0,' +
      '"target":"logs/kong.ndjson","ts":"2026-11-23T02:30:00.000Z","v":1}',
    hash: '66586f1e214e9245512a95a75653b85f2487d98f27b52dabbadc997b4f380896',
  },
  {
    name: 'a later entry with every field',
    act: {
      ledger: 'tenant-a',
      seq: 41,
      at: new Date('2026-11-23T02:30:00.007Z'),
      actor: 'agent-7',
      actorKind: 'agent',
      action: 'evidence.attach',
      target: 'control \u001b é 😀',
      tenant: 'tenant-a',
      requestId: 'req-1',
      evidence: [{ sha256: 'cd'.repeat(32), sizeBytes: 1024, mediaType: 'application/json' }],
      prev: new Uint8Array(32).fill(0x11),
    },
    payload: { rows: 0, root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
    bytes:
      '{"action":"evidence.attach","actor":"agent-7","actor_kind":"agent","evidence":[{"media_type":"application/json",' +
      '"sha256":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd","size_bytes":1024}],' +
      '"ledger":"tenant-a","payload_commit":{"root":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",' +
      '"rows":0},"prev":"1111111111111111111111111111111111111111111111111111111111111111","request_id":"req-1",' +
      '"seq":41,"target":"control \\u001b é 😀","tenant":"tenant-a","ts":"2026-11-23T02:30:00.007Z","v":1}',
    hash: '4510c531f14c597d13ddaec5c1f57c7d0c7e8d1a2477185f44eeda3577bc6575',
  },
];

const noRows: PayloadCommitment = { rows: 0, root: '' };

describe('ledgerEntry', () => {
  it.each(entries)('writes the exact bytes and hash of $name', ({ act, payload, bytes, hash }) => {
    const entry = ledgerEntry(act, payload);
    expect(new TextDecoder().decode(entry.bytes)).toBe(bytes);
    expect(Buffer.from(entry.hash).toString('hex')).toBe(hash);
  });

  it.each([
    {
      name: 'a previous hash of the wrong length',
      act: { ...first, prev: new Uint8Array(31) },
      error: RangeError,
    },
    { name: 'an invalid time', act: { ...first, at: new Date(Number.NaN) }, error: RangeError },
    { name: 'an unsafe sequence number', act: { ...first, seq: 2 ** 53 }, error: TypeError },
    { name: 'a target that is not well-formed', act: { ...first, target: 'a\udc00' }, error: TypeError },
  ])('refuses $name', ({ act, error }) => {
    expect(() => ledgerEntry(act, noRows)).toThrow(error);
  });
});
