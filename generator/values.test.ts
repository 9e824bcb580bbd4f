import { describe, expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { hex32, isSensitive, makeValue, uuidOf, type ValueKind } from './values.ts';

const SHAPES: Readonly<Record<ValueKind, RegExp>> = {
  int: /^[1-9]\d{0,4}$/,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  ulid: /^01J[0-9A-HJKMNP-TV-Z]{23}$/,
  slug: /^[a-z]+-[a-z]+-\d{1,2}$/,
  date: /^2026-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/,
  invoice: /^inv_[A-Za-z0-9]{14}$/,
  sku: /^(EL|HM|TX)-\d{5}$/,
  page: /^[1-9]\d?$/,
  limit: /^(10|20|50|100)$/,
  words: /^[a-z]+\+[a-z]+$/,
  locale: /^[a-z]{2}-[A-Z]{2}$/,
  flag: /^$/,
  email: /^[a-z]+\.[a-z]+\d{1,2}(%40|@)example\.(com|org|net)$/,
  phone: /^%2B1(202|312|415|617)55501\d\d$/,
  ssn: /^(?!000|666)[0-8]\d\d-(?!00)\d\d-(?!0000)\d{4}$/,
  'ssn-lookalike': /^(000|666|9\d\d)-\d\d-\d{4}$/,
  credit_card: /^\d{15,16}$/,
  'card-lookalike': /^\d{15,16}$/,
  api_key: /^[A-Za-z0-9]{40}$/,
  jwt: /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}$/,
};
const KINDS = Object.keys(SHAPES) as ValueKind[];

describe('makeValue', () => {
  test.each(KINDS)('makes every %s in its shape', (kind) => {
    const random = createRandom(3);
    for (let made = 0; made < 2000; made += 1) expect(makeValue(kind, random)).toMatch(SHAPES[kind]);
  });

  test('makes cards that pass the check digit and lookalikes that fail it', () => {
    const random = createRandom(3);
    for (let made = 0; made < 500; made += 1) {
      expect(passesLuhn(makeValue('credit_card', random))).toBe(true);
      expect(passesLuhn(makeValue('card-lookalike', random))).toBe(false);
    }
  });

  test('calls only the real things sensitive', () => {
    expect(KINDS.filter(isSensitive)).toEqual(['email', 'phone', 'ssn', 'credit_card', 'api_key', 'jwt']);
  });
});

describe('identifiers', () => {
  test('are 32 hex digits for requests', () => {
    expect(hex32(createRandom(3))).toMatch(/^[0-9a-f]{32}$/);
  });

  test('are the same UUID for the same name', () => {
    expect(uuidOf('service accounts')).toBe(uuidOf('service accounts'));
    expect(uuidOf('service accounts')).toMatch(SHAPES.uuid);
    expect(uuidOf('service billing')).not.toBe(uuidOf('service accounts'));
  });
});

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
