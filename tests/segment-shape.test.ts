import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { segmentShape } from '../src/engine/routes/segment-shape.ts';
import type { Analytics } from '../src/store/clickhouse/analytics.ts';
import { openChdb } from '../src/store/clickhouse/open-chdb.ts';
import { pathShape } from '../src/store/clickhouse/path-shape.ts';

/** Segments in one query. */
const BATCH = 300;
const words = (text: string) => text.trim().split(/ +|\n */);
/** Each rule, its edges, and what it must leave alone. */
const EDGES: readonly string[] = [
  // The gate of short segments.
  '',
  ...words(
    'users Users a abcdefghijklmno abcdefghijklmnop ééééééé éééééééé 日本語 🦊 . .. .well-known ~user $metadata *',
  ),
  // Integers and versions.
  ...words(
    '0 42 -7 --7 +7 007 ٣ １２ v1 v1.2.3 v1.2.3.4 1.0 2.10 1.2.3 1000.1 v1000 V1 999.999.999 1. .1 v v1.',
  ),
  ...[16, 64, 65].map((length) => '9'.repeat(length)),
  // Identifiers.
  ...words(`
    f47ac10b-58cc-4372-a567-0e02b2c3d479 F47AC10B-58CC-4372-A567-0E02B2C3D479 f47ac10b-58cc-4372-a567-0e02b2c3d47
    f47ac10b-58cc-4372-a567-0e02b2c3d47g abcdefabcdefabc abcdefabcdefabcd abcdefabcdefabcdefabcdef
    ABCDEFabcdefABCDEFabcdef0 507f1f77bcf86cd799439011 e3b0c44298fc1c149afbf4c8996fb924
    e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855aa
    01ARZ3NDEKTSV4RRFFQ69G5FAV 01arz3ndektsv4rrffq69g5fav 81ARZ3NDEKTSV4RRFFQ69G5FAV 01ARZ3NDEKTSV4RRFFQ69G5FAU
    cus_9s6XKzkNRiz8i3 cus_abcdefgh1 cus_abcdefghi c_abcdefgh1 customers_abcdefgh1 customer_abcdefgh1 CUS_abcdefgh1
    cus_a_bcdefgh1 sk_test_4eC39HqLyjWDarjtT1zdp7dc Xy7Kq9Lm2Np4Rs6Tu8Vw Xy7Kq9Lm2Np4Rs6Tu8V xy7kq9lm2np4rs6tu8vw
    XYKQLMNPRSTUVWXYZABC Xy7Kq9Lm2Np4Rs6Tu8V= eyJ eyJé1 eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln`),
  `A1${'a'.repeat(80)}`,
  `eyJ${'a'.repeat(90)}`,
  // Dates.
  ...words(
    '2024-11-20 2024-11-2 2024-11-20T10:11:12Z 2024-11-20T10:11:12.345+02:00 2024-11-20T 2024-11-20T10Zx 2024-13-45',
  ),
  '2024-11-20 10:11',
  // Addresses of people.
  ...words(
    'ann@example.com ann@example ann@example.c a@b@c.de mailto:ann@example.com @scope pkg@1.2.3 a@b.1c é@ü.de',
  ),
  ...['ann @example.com', 'to ann@example.com now'],
  // Addresses of machines.
  ...words(`
    203.0.113.9 1.2.3.4 01.2.3.4 1.2.3.04 256.1.1.1 1.2.3.4.5 0.0.0.0 1.2.3.0000 1.2.3.4:80
    2001:db8::1 2001:DB8::A :: ::1 :1 : 1:2 ::g [::1] 12345:: 00001:: 1::2::3 fe80::1%25eth0 fe80::1%eth0
    1:2:3:4:5:6:7:8 1:2:3:4:5:6:7 1:2:3:4:5:6:7:8:9 1:2:3:4:5:6:7:: ::2:3:4:5:6:7:8 1::3:4:5:6:7:8
    ::1.2.3.4 ::ffff:1.2.3.4 1:2:3:4:5:6:1.2.3.4 1.2.3.4::`),
  '1.2.3.4 ',
  // Numbers.
  ...words('3.14 52.5200,13.4050 %2B15551234567 4111-1111-1111-1111 () _1 1_000 + - ٣.١٤ 1,'),
  ...['+1 (555) 123-4567', '1 2', ' 1', ' ', '  '],
  // Files and calls.
  ...words(`
    7.json 123456.json 7.JSON 7.jsonld 7.a 7.abcdef 7.tar.gz Products(5) Products() Products(5)(6) Products('5') P1(5)
    Produits(12345) 12345:cancel job:cancel`),
  // Numbers inside a literal.
  ...words(`
    order-123456 u1234 u12345 report-2024-11-20.pdf card-4111-1111-1111-1111 SSN555-12-3456 a12-34 a1-2-3 a12-34-56
    a12-34-5 a12-34-56-7890123 12345a67890 x12345678901234567890`),
  'a12 34',
  // Escapes.
  ...words(`
    %7Eann %61b a%20b a%2Fb a%2fb a%252Fb 100%25 a%00b a%0Ab a%3Bb %3b %zz % %%341 %% %4 %2 %25zz %zz%41 %41%zz%42 %g1%41
    %4%41 %a%b%41 %%%41%41 %é%41 %aé%41 %日%41 %41% %E2%82%AC a%C3 %C3%A9 %FF %FF%FE %C3A %C3%41 %E2%82 %E2%41 %E2%82A
    %E2%41%42%43 %ED%A0%80 %F4%90%80%80 %C0%AF %E0%80%AF %F0%9F%A6%8A %F0%9F%A6 %F0%9F %FF%EF%BF%BD %EF%BF%BD%FF %80
    %80%80 %C3%C3%A9 %F8%88%80%80%80 é%C3 %C3é %c2%85 %7F %7b %7Bid%7D %25%32%35 %2541 %40 ann%40example.com
    ann%40example.com%2Fx %EF%BF%BD %EF%BF%BD%EF%BF%BD %E9 %1F %1f%41 +a+b`),
  // Braces, matrix parameters and controls.
  ...words('{id} {int} { } {a {id}.json %{id} ; ;v=1 a;v=1 a;v=1;w=2 {id};v=1 a%3Bv=1'),
  ...['\u0000', 'a\nb', '\u007f', '\u0085', 'a\u009fb', '\u00a0', '\u2028', '1\n2', 'abc\u0000defghijklmnop'],
  ...['v1\n', '42\n', 'eyJ\n', '7.json\n', '2024-11-20\n', '\ufeff', '\ufeffa', 'a\ufeff', '1\ufeff'],
  // Length in bytes.
  ...[64, 65].map((length) => 'x'.repeat(length)),
  ...[21, 22].map((length) => '日'.repeat(length)),
  ...[16, 17].map((length) => '🦊'.repeat(length)),
  ...[`${'日'.repeat(21)}1`, `${'日'.repeat(21)}12`, '-'.repeat(70), 'a-'.repeat(40)],
];

describe('the shape of a segment', () => {
  let analytics: Analytics;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-segment-'));
    analytics = await openChdb({ directory: folder });
  });
  afterAll(async () => {
    await analytics.close();
    await rm(folder, { recursive: true });
  });

  /** What the traffic store makes of each segment, and what a description makes of it. */
  async function bothShapes(segments: readonly string[]) {
    const rows = await analytics.query<{ shape: string }>(
      `SELECT ${pathShape('path')} AS shape FROM (SELECT arrayJoin({paths:Array(String)}) AS path)`,
      { paths: segments.map((segment) => `/${segment}`) },
    );
    const store = rows.map(({ shape }, index) => [segments[index], shape.slice(1)]);
    const description = segments.map((segment) => [segment, segmentShape(segment)]);
    return { store, description };
  }

  it('is the same in the traffic store and in a description at every edge of a rule', async () => {
    const { store, description } = await bothShapes(EDGES);
    expect(description).toEqual(store);
    expect(new Set(EDGES).size).toBe(EDGES.length);
  });

  it('is the same in the traffic store and in a description for any segment', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anySegment, { minLength: BATCH, maxLength: BATCH }), async (segments) => {
        const { store, description } = await bothShapes(segments);
        expect(description).toEqual(store);
      }),
      // Shrinking thousands of characters takes minutes; the difference shows the segments as they are.
      { numRuns: 40, endOnFailure: true },
    );
  });
});

const ofCharacters = (characters: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), maxLength });

/** Near the rules rather than anywhere: alphabets of the types, escapes, and types with something around them. */
const piece: fc.Arbitrary<string> = fc.oneof(
  ofCharacters('0123456789-', 20),
  ofCharacters('0123456789.v', 8),
  ofCharacters('0123456789abcdefABCDEF', 40),
  ofCharacters('0123456789+-.,_() ', 20),
  ofCharacters('0123456789abcdef:.', 20),
  ofCharacters('abcxyzABCXYZ0189_=-', 70),
  ofCharacters('ab@.é 日\u0085\n', 12),
  ofCharacters('abcdefghijklmnopqrstuvwxyz', 70),
  fc.stringMatching(/^[a-z]{1,9}_[0-9A-Za-z]{6,12}$/),
  fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]{1,8}Z?)?$/),
  fc.stringMatching(/^(%[0-9a-fA-F]{2}|[a-z0-9%]){1,8}$/),
  fc.stringMatching(/^(%[89a-fA-F][0-9a-fA-F]){1,6}$/),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }).map(encodeURIComponent),
  fc.uuid(),
  fc.ulid(),
  fc.emailAddress(),
  fc.ipV4Extended(),
  fc.ipV6(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom('{', '}', ';', '.json', ':cancel', '(', ')', 'eyJ', '-', '%', '%25', '%2F', '%7B'),
);

/** The engine takes more for an address than there are: a third colon, leading zeros before IPv4, a ninth group. */
const NO_ADDRESS = /^[0-9a-f:.]*(:::|:[0-9a-f:]*\.|(:[0-9a-f]*){8})/i;

const anySegment = fc
  .oneof(
    { weight: 3, arbitrary: piece },
    { weight: 1, arbitrary: fc.tuple(piece, piece).map((pair) => pair.join('')) },
  )
  .map((segment) => segment.replaceAll('/', '').slice(0, 200))
  .filter((segment) => !NO_ADDRESS.test(segment));
