import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Analytics } from './analytics.ts';
import { openChdb } from './open-chdb.ts';
import { pathShape } from './path-shape.ts';

const CASES: readonly (readonly [path: string, shape: string])[] = [
  // Literals stay.
  ['/', '/'],
  ['', '/'],
  ['/users', '/users'],
  ['/users/', '/users'],
  ['//users//me/', '/users/me'],
  ['/Users/Me', '/Users/Me'],
  ['/.well-known/jwks.json', '/.well-known/jwks.json'],
  ['/~admin/$metadata', '/~admin/$metadata'],
  ['/a/../b', '/a/../b'],
  ['/v1/v2.0/1.0/v1.2.3', '/v1/v2.0/1.0/v1.2.3'],
  ['/v1.2.3-beta/h264', '/v1.2.3-beta/h264'],
  ['/deadbeef', '/deadbeef'],
  ['/@scope/pkg@1.2.3', '/@scope/pkg@1.2.3'],
  // Numbers and ids.
  ['/users/42', '/users/{int}'],
  ['/users/-7', '/users/{int}'],
  ['/users/0', '/users/{int}'],
  ['/a/1/2/3', '/a/{int}/{int}/{int}'],
  ['/3.14', '/{num}'],
  ['/52.5200,13.4050', '/{num}'],
  ['/f47ac10b-58cc-4372-a567-0e02b2c3d479', '/{uuid}'],
  ['/F47AC10B-58CC-4372-A567-0E02B2C3D479/x', '/{uuid}/x'],
  ['/f47ac10b58cc4372a5670e02b2c3d479', '/{hex}'],
  ['/507f1f77bcf86cd799439011', '/{oid}'],
  ['/e3b0c44298fc1c149afbf4c8996fb924', '/{hex}'],
  ['/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/{ulid}'],
  ['/2024-11-20', '/{date}'],
  ['/2024-11-20T10:11:12Z', '/{date}'],
  ['/2024-11-20T10:11:12.345+02:00', '/{date}'],
  ['/203.0.113.9', '/{ip}'],
  ['/2001:db8::1', '/{ip}'],
  ['/cus_9s6XKzkNRiz8i3', '/{pfx:cus}'],
  ['/cus_abcdefghij', '/cus_abcdefghij'],
  ['/7.json', '/{int}.json'],
  ['/123456.json', '/{int}.json'],
  ['/Products(5)', '/Products({int})'],
  ['/Xy7Kq9Lm2Np4Rs6Tu8Vw', '/{token}'],
  ['/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', '/{jwt}'],
  // Numbers inside a literal.
  ['/order-123456', '/order-{int}'],
  ['/u1234/u12345', '/u1234/u{int}'],
  ['/report-2024-11-20.pdf', '/report-{num}.pdf'],
  ['/card-4111-1111-1111-1111', '/card-{num}'],
  ['/SSN555-12-3456', '/SSN{num}'],
  // Personal data.
  ['/ann@example.com', '/{email}'],
  ['/ann%40example.com', '/{email}'],
  ['/mailto:ann@example.com', '/{email}'],
  ['/to ann@example.com now', '/{text}'],
  ['/ann%40example.com%2Fx', '/{text}'],
  ['/+1 (555) 123-4567', '/{num}'],
  ['/%2B15551234567', '/{num}'],
  ['/4111-1111-1111-1111', '/{num}'],
  // Escapes: decoded once, and kept where decoding would change the meaning.
  ['/%7Eann/%61b', '/~ann/ab'],
  ['/a%20b', '/a b'],
  ['/a%2Fb', '/a%2Fb'],
  ['/a%2fb', '/a%2fb'],
  ['/a%252Fb', '/a%252Fb'],
  ['/100%25', '/100%25'],
  ['/a%00b', '/a%00b'],
  ['/a%0Ab', '/a%0Ab'],
  ['/a%3Bb', '/a%3Bb'],
  ['/%zz/%', '/%zz/%'],
  ['/%%341', '/{text}'],
  ['/%E2%82%AC', '/€'],
  ['/a%C3', '/a\ufffd'],
  // Braces are ours.
  ['/users/{id}', '/users/%7Bid%7D'],
  ['/users/{int}', '/users/%7Bint%7D'],
  ['/users/%7Bint%7D', '/users/%7Bint%7D'],
  // Matrix parameters.
  ['/index.jsp;jsessionid=0123456789ABCDEF', '/index.jsp'],
  ['/a;x=1;y=2/b;z=3', '/a/b'],
  ['/;x=1/a', '/a'],
  // Controls.
  ['/a\u0000b', '/{text}'],
  ['/a\nb/c', '/{text}/c'],
  ['/\u007f', '/{text}'],
  ['/\u0085', '/{text}'],
  // Other alphabets.
  ['/日本語/パス', '/日本語/パス'],
  ['/Straße', '/Straße'],
  ['/🦊', '/🦊'],
  // Long.
  [`/${'x'.repeat(64)}`, `/${'x'.repeat(64)}`],
  [`/${'x'.repeat(65)}`, '/{text}'],
  [`/${'x'.repeat(100_000)}`, '/{text}/{rest}'],
  [`/${'日'.repeat(20)}`, `/${'日'.repeat(20)}`],
  [`/${'日'.repeat(1000)}`, '/{text}/{rest}'],
  ['/a'.repeat(32), '/a'.repeat(32)],
  ['/a'.repeat(33), `${'/a'.repeat(32)}/{rest}`],
  ['/7'.repeat(100), `${'/{int}'.repeat(32)}/{rest}`],
];

const INVALID_UTF8: readonly (readonly [hexadecimal: string, shape: string])[] = [
  ['2FFF', '/\ufffd'],
  ['2F61C32F62', '/a\ufffd/b'],
  ['2F31FF', '/1\ufffd'],
];

describe('the shape of a path', () => {
  let analytics: Analytics;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-shape-'));
    analytics = await openChdb({ directory: folder });
  });
  afterAll(async () => {
    await analytics.close();
    await rm(folder, { recursive: true });
  });

  async function shapesOf(paths: readonly string[]): Promise<string[]> {
    const rows = await analytics.query<{ shape: string }>(
      `SELECT ${pathShape('path')} AS shape FROM (SELECT arrayJoin({paths:Array(String)}) AS path)`,
      { paths },
    );
    return rows.map(({ shape }) => shape);
  }

  it('names evident types and keeps literals', async () => {
    const shapes = await shapesOf(CASES.map(([path]) => path));
    expect(CASES.map(([path], index) => [path, shapes[index]])).toEqual(CASES);
    expect(CASES.length).toBeGreaterThanOrEqual(60);
  });

  it('is text whatever the bytes', async () => {
    const rows = await analytics.query<{ shape: string; valid: number }>(
      `SELECT ${pathShape('path')} AS shape, isValidUTF8(shape) AS valid
       FROM (SELECT unhex(arrayJoin({bytes:Array(String)})) AS path)`,
      { bytes: INVALID_UTF8.map(([bytes]) => bytes) },
    );
    expect(rows).toEqual(INVALID_UTF8.map(([, shape]) => ({ shape, valid: 1 })));
  });

  it('keeps no e-mail address, no run of five digits and no control character', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPath, { minLength: 40, maxLength: 40 }), async (paths) => {
        const shapes = await shapesOf(paths);
        expect(shapes.length).toBe(paths.length);
        expect(shapes.filter((shape) => !shape.startsWith('/'))).toEqual([]);
        expect(shapes.filter((shape) => /[^/]@[^/]*\.[a-z]{2}/i.test(shape))).toEqual([]);
        expect(shapes.filter((shape) => /[0-9]{5}/.test(shape))).toEqual([]);
        expect(shapes.filter((shape) => /\p{Cc}/u.test(shape))).toEqual([]);
        expect(shapes.filter((shape) => shape.split('/').length > 34)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('is its own shape when nothing in it was replaced', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPath, { minLength: 40, maxLength: 40 }), async (paths) => {
        const literals = (await shapesOf(paths)).filter((shape) => !shape.includes('{'));
        expect(await shapesOf(literals)).toEqual(literals);
      }),
      { numRuns: 25 },
    );
  });

  it('looks at each segment alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anySegment, { minLength: 20, maxLength: 20 }), async (segments) => {
        const alone = await shapesOf(segments.map((segment) => `/${segment}`));
        const joined = alone.filter((shape) => shape !== '/').join('');
        const [together] = await shapesOf([`/${segments.join('/')}`]);
        expect(together).toBe(joined === '' ? '/' : joined);
      }),
      { numRuns: 25 },
    );
  });
});

const anySegment: fc.Arbitrary<string> = fc
  .oneof(
    fc.stringMatching(/^[a-z]{1,20}$/),
    fc.stringMatching(/^[a-zA-Z0-9._~!$&'()*+,=:@-]{0,30}$/),
    fc.stringMatching(/^(%[0-9a-fA-F]{2}|[a-z0-9%]){1,8}$/),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 12 }).map(encodeURIComponent),
    fc.nat().map(String),
    fc.bigInt({ min: 0n, max: 10n ** 20n }).map((id) => `item-${id}`),
    fc.uuid(),
    fc.ulid(),
    fc.emailAddress(),
    fc.emailAddress().map((address) => encodeURIComponent(`<${address}>`)),
    fc.ipV6(),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  )
  .map((segment) => segment.replaceAll('/', '').slice(0, 90));

const anyPath = fc.array(anySegment, { maxLength: 8 }).map((segments) => `/${segments.join('/')}`);
