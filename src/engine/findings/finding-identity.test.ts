import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingId, fingerprint } from './finding-identity.ts';

describe('the identity of a finding', () => {
  it('keeps the fingerprints of earlier releases', () => {
    // printf '%s' '["stance-finding",1,"control:authentication","00000000000000a1"]' | sha256sum
    const expected = '875721c754b4b36893116da386eac99984db48e3322e81c78d78ea35a6e6d88c';
    const found = fingerprint({ rule: 'control:authentication', apiId: '00000000000000a1' });
    expect(found).toBe(expected);
    expect(findingId(found)).toBe(`STN-${expected.slice(0, 12)}`);
  });

  it('never moves a character from one part to the other', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\\', ':', '\n', '\u0000', 'é') });
    fc.assert(
      fc.property(text, text, text, text, (rule, apiId, otherRule, otherApiId) => {
        const same = rule === otherRule && apiId === otherApiId;
        expect(fingerprint({ rule, apiId }) === fingerprint({ rule: otherRule, apiId: otherApiId })).toBe(
          same,
        );
      }),
    );
  });
});
