import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Analytics } from './analytics.ts';
import {
  hasCredentialHeader,
  hasHeader,
  hasRateLimitHeader,
  headerIs,
  responseHeaderMask,
  SECURITY_HEADERS_MASK,
} from './header-signals.ts';
import { openChdb } from './open-chdb.ts';

interface Signals {
  readonly credential?: 1;
  readonly rateLimit?: 1;
  readonly mask?: number;
  readonly sunset?: 1;
  readonly origin?: string;
}
type Header = readonly [name: string, value: string];

const ALL_FOUR: readonly Header[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Strict-Transport-Security', 'max-age=1'],
  ['X-Frame-Options', 'DENY'],
  ['Cache-Control', 'no-store'],
];

const CASES: readonly (readonly [name: string, headers: readonly Header[], signals: Signals])[] = [
  ['no headers', [], {}],
  ['others only', [['Content-Type', 'text/html']], {}],
  // A redacted credential is a credential.
  ['authorization', [['authorization', 'REDACTED']], { credential: 1 }],
  ['AUTHORIZATION', [['AUTHORIZATION', '']], { credential: 1 }],
  ['api key', [['X-Api-Key', 'k']], { credential: 1 }],
  ['cookie', [['cookie', 'a=b']], { credential: 1 }],
  ['proxy credential', [['Proxy-Authorization', 'Basic x']], { credential: 1 }],
  [
    'names that hold a credential name',
    [
      ['x-authorization-hint', 'a'],
      ['set-cookie', 'a=b'],
    ],
    {},
  ],
  [
    'a credential among many',
    [
      ['accept', '*/*'],
      ['Cookie', 'a'],
      ['host', 'h'],
    ],
    { credential: 1 },
  ],
  ['x-ratelimit prefix', [['X-RateLimit-Remaining-Minute', '9']], { rateLimit: 1 }],
  ['ratelimit fields', [['RateLimit-Policy', '100;w=60']], { rateLimit: 1 }],
  ['ratelimit alone', [['ratelimit', 'limit=100']], { rateLimit: 1 }],
  ['retry-after', [['Retry-After', '1']], { rateLimit: 1 }],
  [
    'limits in the middle of a name',
    [
      ['my-x-ratelimit', '1'],
      ['x-retry-after', '1'],
    ],
    {},
  ],
  ['all security headers', ALL_FOUR, { mask: 15 }],
  ['each once', [['cache-control', 'a']], { mask: 8 }],
  [
    'the same name in another case',
    [
      ['Cache-Control', 'a'],
      ['cache-control', 'b'],
      ['CACHE-CONTROL', 'c'],
    ],
    { mask: 8 },
  ],
  ['sunset', [['Sunset', 'Sat, 1 Jan 2028 00:00:00 GMT']], { mask: 16, sunset: 1 }],
  ['any origin', [['Access-Control-Allow-Origin', '*']], { mask: 32, origin: '*' }],
  [
    'one origin',
    [['access-control-allow-origin', 'https://a.example']],
    { mask: 32, origin: 'https://a.example' },
  ],
  [
    'any origin among two',
    [
      ['Access-Control-Allow-Origin', 'null'],
      ['access-control-allow-origin', '*'],
    ],
    { mask: 32, origin: '*' },
  ],
  ['other cors headers', [['Access-Control-Allow-Methods', 'GET']], {}],
  ['an empty name', [['', 'x']], {}],
  ['a name with a quote', [["x'--", 'x']], {}],
  [
    'everything',
    [...ALL_FOUR, ['sunset', 's'], ['retry-after', '1'], ['cookie', 'c']],
    { mask: 31, sunset: 1, rateLimit: 1, credential: 1 },
  ],
];

describe('the signals of headers', () => {
  let analytics: Analytics;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-headers-'));
    analytics = await openChdb({ directory: folder });
  });
  afterAll(async () => {
    await analytics.close();
    await rm(folder, { recursive: true });
  });

  it('are found by name in any case, once each', async () => {
    const rows = await analytics.query<Record<string, string | number>>(
      `SELECT ${hasCredentialHeader('h')} AS credential, ${hasRateLimitHeader('h')} AS rate_limit,
         ${responseHeaderMask('h')} AS mask, ${hasHeader('mask', 'sunset')} AS sunset,
         ${headerIs('h', 'access-control-allow-origin', '*')} AS any_origin
       FROM (SELECT mapFromArrays(names, values) AS h
         FROM (SELECT JSONExtract(arrayJoin({cases:Array(String)}), 'Tuple(names Array(String), values Array(String))') AS c,
           c.names AS names, c.values AS values))`,
      {
        cases: CASES.map(([, headers]) =>
          JSON.stringify({ names: headers.map(([name]) => name), values: headers.map(([, value]) => value) }),
        ),
      },
    );
    const found = CASES.map(([name], index) => [name, rows[index]]);
    const expected = CASES.map(
      ([name, , { credential = 0, rateLimit = 0, mask = 0, sunset = 0, origin = '' }]) => [
        name,
        { credential, rate_limit: rateLimit, mask, sunset, any_origin: Number(origin === '*') },
      ],
    );
    expect(found).toEqual(expected);
  });

  it('name the four security headers of the mission', () => {
    expect(SECURITY_HEADERS_MASK).toBe(15);
  });
});
