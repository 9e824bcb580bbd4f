import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATA_TYPES, type DataType } from '../../model/data-type.ts';
import type { Analytics } from './analytics.ts';
import { openChdb } from './open-chdb.ts';
import { PATTERNS, sensitiveCandidates, validatedMask } from './sensitive-scan.ts';

/** Written in parts, so that no scanner takes a test for a leak. */
const KEY = {
  aws: `AKIA${'IOSFODNN7EXAMPLE'}`,
  github: `ghp_${'0a1B'.repeat(9)}`,
  stripe: `sk_live_${'4eC3'.repeat(5)}`,
  slack: `xoxb-${'1234567890'}-abc`,
};
const JWT = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.${'dBjftJeZ4CVP'}`;

const CASES: readonly (readonly [text: string, types: readonly DataType[]])[] = [
  ['', []],
  ['/users/me?page=2', []],
  // Social security numbers.
  ['/people?ssn=123-45-6789', ['ssn']],
  ['{"ssn":"078-05-1120"}', ['ssn']],
  ['899-99-9999', ['ssn']],
  ['000-12-3456 then 123-45-6789', ['ssn']],
  ['123-45-6789,000-12-3456', ['ssn']],
  ['000-12-3456', []],
  ['666-12-3456', []],
  ['900-12-3456', []],
  ['999-88-7777', []],
  ['123-00-4567', []],
  ['123-45-0000', []],
  ['1123-45-6789', []],
  ['123-45-67890', []],
  ['12-123-45-6789', []],
  ['123-45-6789-1', []],
  ['000-12-3456 in 9123-45-67890', []],
  ['123456789', []],
  ['2024-11-20', []],
  // Payment cards: issuer, length and check digit.
  ['/pay?card=4111111111111111', ['credit_card']],
  ['4111 1111 1111 1111', ['credit_card']],
  ['4111-1111-1111-1111', ['credit_card']],
  ['5555555555554444', ['credit_card']],
  ['2223003122003222', ['credit_card']],
  ['378282246310005', ['credit_card']],
  ['3782 822463 10005', ['credit_card']],
  ['6011111111111117', ['credit_card']],
  ['3530111333300000', ['credit_card']],
  ['30569309025904', ['credit_card']],
  ['3056 930902 5904', ['credit_card']],
  ['6200000000000005', ['credit_card']],
  ['{"a":"4111111111111112","b":"4111111111111111"}', ['credit_card']],
  ['4111111111111112 4111111111111111', ['credit_card']],
  ['"card\\n4111111111111111"', ['credit_card']],
  ['4111111111111112', []],
  ['4111 1111 1111 1112', []],
  ['4111 1111-1111 1111', []],
  ['4222222222222', []],
  ['0000000000000000', []],
  ['1111111111111111', []],
  ['7992739871300000', []],
  ['41111111111111110', []],
  ['94111111111111111', []],
  ['4111111111111112 in 84111111111111111', []],
  // Ids and timestamps that satisfy Luhn.
  ['20241122031702', []],
  ['2024112203170116', []],
  ['1732245421123', []],
  ['1732245421000000003', []],
  ['550e8400-e29b-4111-8111-1111111111a4', []],
  ['00000000-0000-4111-8111-111111111111', []],
  ['4111111111111112 00000000-4222-4222-8222-2222222222aa', []],
  // E-mail addresses.
  ['/users?email=ann@example.com', ['email']],
  ['{"to":"Ann.O+tag@mail.example.co.uk"}', ['email']],
  ['logo@2x.png and ann@example.com', ['email']],
  ['ann@localhost', []],
  ['@example.com', []],
  ['/img/logo@2x.png', []],
  ['/npm/react@18.2.0-next.alpha', []],
  ['user at example.com', []],
  // Keys of APIs.
  [`/x?key=${KEY.aws}`, ['api_key']],
  [KEY.github, ['api_key']],
  [KEY.stripe, ['api_key']],
  [KEY.slack, ['api_key']],
  ['/x?api_key=0123456789abcdef', ['api_key']],
  ['{"apiKey": "0123456789abcdef"}', ['api_key']],
  ['client_secret=abcdefghijklmnop', ['api_key']],
  ['access-key:abcdefghijklmnop', ['api_key']],
  ['/x?api_key=short', []],
  ['/api-keys/list', []],
  ['sk_test_4eC39HqLyjWDarjtT1zdp7dc', []],
  // JSON web tokens.
  [`/cb?token=${JWT}`, ['jwt']],
  ['eyJhbGciOiJIUzI1NiJ9', []],
  ['eyJhbGciOiJIUzI1NiJ9.cGxhaW4.c2ln', []],
  // Telephone numbers.
  ['/sms?to=+14155552671', ['phone']],
  ['{"phone":"(415) 555-2671"}', ['phone']],
  ['mobile_number=4155552671', ['phone']],
  ['tel=020 7946 0958', ['phone']],
  ['msisdn:4915112345678', ['phone']],
  ['/sms?to=14155552671', []],
  ['1+14155552671', []],
  ['a+14155552671', []],
  ['+0123456789', []],
  ['hotel=1234567890', []],
  ['phone=12345', []],
  ['phonebook/1234567890', []],
  // Several at once, and bytes that are no text.
  [`ann@example.com 4111111111111111 123-45-6789 ${JWT} ${KEY.aws} +14155552671`, [...DATA_TYPES]],
  ['\u0000ann@example.com\u0000', ['email']],
  ['日本語 ann@example.com', ['email']],
];

describe('the scan for sensitive data', () => {
  let analytics: Analytics;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-scan-'));
    analytics = await openChdb({ directory: folder });
  });
  afterAll(async () => {
    await analytics.close();
    await rm(folder, { recursive: true });
  });

  async function typesIn(
    texts: readonly string[],
    from = 'arrayJoin({texts:Array(String)})',
  ): Promise<DataType[][]> {
    const rows = await analytics.query<{ mask: number }>(
      `SELECT ${validatedMask('candidates', 'text')} AS mask
       FROM (SELECT text, ${sensitiveCandidates('text')} AS candidates FROM (SELECT ${from} AS text))
       SETTINGS reject_expensive_hyperscan_regexps = 0`,
      { texts },
    );
    return rows.map(({ mask }) => DATA_TYPES.filter((_, index) => (mask & (2 ** index)) !== 0));
  }

  it('finds each type and leaves alone what only looks like it', async () => {
    const found = await typesIn(CASES.map(([text]) => text));
    expect(CASES.map(([text], index) => [text, found[index]])).toEqual(CASES);
  });

  it('goes on after bytes that are not UTF-8', async () => {
    const bytes = Buffer.from('ff616e6e406578616d706c652e636f6dfe', 'hex').toString('hex');
    expect(await typesIn([bytes], 'unhex(arrayJoin({texts:Array(String)}))')).toEqual([['email']]);
  });

  it('finds every valid card number and none with a wrong check digit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cardBody, { minLength: 60, maxLength: 60 }), async (bodies) => {
        const valid = bodies.map((body) => `{"n":"${body}${checkDigit(body)}"}`);
        const wrong = bodies.map((body) => `{"n":"${body}${(checkDigit(body) + 1) % 10}"}`);
        expect(await typesIn(valid)).toEqual(valid.map(() => ['credit_card']));
        expect(await typesIn(wrong)).toEqual(wrong.map(() => []));
      }),
      { numRuns: 10 },
    );
  });

  it('has a first pass that misses nothing', async () => {
    const exact = DATA_TYPES.map((type) => `match(text, '(?i)${PATTERNS[type]}')`).join(', ');
    await fc.assert(
      fc.asyncProperty(fc.array(sentence, { minLength: 100, maxLength: 100 }), async (texts) => {
        const rows = await analytics.query<{ text: string; found: number; exact: number[] }>(
          `SELECT text, ${sensitiveCandidates('text')} AS found, [${exact}] AS exact
           FROM (SELECT arrayJoin({texts:Array(String)}) AS text) SETTINGS reject_expensive_hyperscan_regexps = 0`,
          { texts },
        );
        const missed = rows.filter((row) =>
          row.exact.some((hit, index) => hit === 1 && (row.found & (2 ** index)) === 0),
        );
        expect(missed).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('takes no identifier or time for a card or a social security number', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(identifier, { minLength: 200, maxLength: 200 }), async (identifiers) => {
        const found = await typesIn(identifiers.map((text) => `/items/${text}/x`));
        expect(identifiers.filter((_, index) => (found[index]?.length ?? 0) > 0)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});

const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`));
const cardBody = fc.oneof(
  digits(14).map((rest) => `4${rest}`),
  digits(13).map((rest) => `55${rest}`),
  digits(11).map((rest) => `2720${rest}`),
  digits(12).map((rest) => `34${rest}`),
  digits(11).map((rest) => `36${rest}`),
  digits(11).map((rest) => `6011${rest}`),
  digits(11).map((rest) => `3589${rest}`),
);

/** The Luhn check digit, computed from left to right, unlike the product does. */
function checkDigit(body: string): number {
  const sum = [...body].reduce((total, character, index) => {
    const isDoubled = (body.length - index) % 2 === 1;
    const value = Number(character) * (isDoubled ? 2 : 1);
    return total + Math.floor(value / 10) + (value % 10);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** Pieces of sensitive data, whole and broken, among other text. */
const sentence = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...Object.values(KEY),
        JWT,
        'ann@example.com',
        '123-45-6789',
        '+14155552671',
        '4111111111111111',
      ),
      fc.constantFrom(
        'phone',
        'tel',
        'mobile',
        'api_key',
        '=',
        ':',
        '"',
        ' ',
        '+',
        '-',
        '.',
        '@',
        'eyJ',
        'a',
        'Z',
        '0',
      ),
      fc.stringMatching(/^[0-9]{1,9}$/),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

const time = fc.date({
  min: new Date('2001-09-10T00:00:00Z'),
  max: new Date('2033-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const identifier = fc.oneof(
  fc.uuid(),
  fc.uuid().map((id) => id.replace(/[a-f]/g, '1')),
  fc.ulid(),
  time.map((at) => String(at.getTime())),
  time.map((at) => String(Math.floor(at.getTime() / 1000))),
  time.map((at) => at.toISOString()),
  time.map((at) => at.toISOString().replace(/\D/g, '').slice(0, 14)),
  time.map((at) => at.toISOString().replace(/\D/g, '')),
  fc.stringMatching(/^[0-9]{1,12}$/),
  fc.stringMatching(/^[01789][0-9]{13,18}$/),
);
