import type { Consumer, TlsSession } from './exchange.ts';
import { element, type Random, weighted, zipf } from './random.ts';
import { letters, uuidOf } from './values.ts';

const TLS_1_3: TlsSession = { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' };
const TLS_1_2: TlsSession = { version: 'TLSv1.2', cipher: 'ECDHE-RSA-AES128-GCM-SHA256' };
const ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** The networks that RFC 5737 sets aside for documentation: outside callers without naming anyone real. */
const OUTSIDE_NETWORKS = ['192.0.2.', '198.51.100.', '203.0.113.'];

/** The software a caller uses. */
export interface Profile {
  /** Below 64. */
  readonly index: number;
  readonly userAgent: string;
  /** Empty when the header is not sent. */
  readonly accept: string;
  /** Sends `origin` and `referer`, and asks with OPTIONS first. */
  readonly browser: boolean;
  readonly httpVersion: '1.1' | '2.0';
  readonly tls: TlsSession;
}

export interface Client {
  readonly index: number;
  readonly address: string;
  readonly profile: Profile;
  /** Who it is when its credential is verified. */
  readonly consumer: Consumer | undefined;
  /** The value of its API key or session. */
  readonly secret: string;
}

type Draw = (random: Random) => Client;

export interface Clients {
  readonly user: Draw;
  readonly partner: Draw;
  /** Other services of the organisation, by their service accounts. */
  readonly worker: Draw;
  /** Nobody in particular, from outside and from inside. */
  readonly visitor: Draw;
  readonly insider: Draw;
  readonly scanner: Draw;
}

const BROWSER = { accept: 'application/json', browser: true, httpVersion: '2.0', tls: TLS_1_3 } as const;
const PROGRAM = { accept: '', browser: false, httpVersion: '1.1', tls: TLS_1_3 } as const;
const PUBLIC_PROFILES: readonly Profile[] = numbered(0, [
  { ...PROGRAM, userAgent: 'okhttp/4.12.0', httpVersion: '2.0' },
  { ...PROGRAM, userAgent: 'okhttp/5.1.0', httpVersion: '2.0' },
  { ...PROGRAM, userAgent: 'ExampleShop/8.2 (iOS 26.0)', httpVersion: '2.0' },
  { ...PROGRAM, userAgent: 'ExampleShop/8.3 (iOS 26.1)', httpVersion: '2.0' },
  { ...PROGRAM, userAgent: 'python-requests/2.32.5', tls: TLS_1_2 },
  { ...BROWSER, userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0' },
]);
const SERVER_PROFILES: readonly Profile[] = numbered(16, [
  { ...PROGRAM, userAgent: 'Go-http-client/1.1' },
  { ...PROGRAM, userAgent: 'Java/21.0.4', tls: TLS_1_2 },
  { ...PROGRAM, userAgent: 'node' },
]);
/** Agents as scanners send them: quotes, backslashes, letters beyond ASCII, a shell attempt, nothing at all. */
const SCANNER_PROFILES: readonly Profile[] = numbered(
  32,
  [
    'Mozilla/5.0 zgrab/0.x',
    'masscan/1.3 (https://scanner.example/)',
    '() { :; }; echo "probed"',
    'C:\\tools\\probe.exe',
    'sondeur-réseau/2.0',
    '',
  ].map((userAgent) => ({ ...PROGRAM, userAgent })),
);
const PARTNERS = [
  'alder-freight',
  'birch-logistics',
  'cedar-retail',
  'dogwood-pay',
  'elm-wholesale',
  'fir-insurance',
];

/** The callers of a world; their number is fixed, so memory does not grow with the traffic. */
export function clientsOf(random: Random, services: readonly string[]): Clients {
  let index = 0;
  const client = (address: string, profiles: readonly Profile[], name?: string): Client => {
    index += 1;
    const consumer = name === undefined ? undefined : { id: uuidOf(`consumer ${name}`), name };
    return {
      index,
      address,
      profile: random.pick(profiles),
      consumer,
      secret: letters(random, ALPHANUMERIC, 32),
    };
  };
  const many = (count: number, make: (number: number) => Client): Draw => {
    const list = Array.from({ length: count }, (_, position) => make(position + 1));
    return weighted(list, zipf(count));
  };
  return {
    user: many(300, (number) =>
      client(outside(random), PUBLIC_PROFILES, `user-${String(number).padStart(4, '0')}`),
    ),
    partner: many(PARTNERS.length, (number) =>
      client(outside(random), SERVER_PROFILES, PARTNERS[number - 1]),
    ),
    worker: many(services.length, (number) =>
      client(inside(random), SERVER_PROFILES, `svc-${services[number - 1]}`),
    ),
    visitor: many(1500, () => client(outside(random), PUBLIC_PROFILES)),
    insider: many(40, () => client(inside(random), SERVER_PROFILES)),
    scanner: many(SCANNER_PROFILES.length * 2, (number) =>
      client(outside(random), [element(SCANNER_PROFILES, number % SCANNER_PROFILES.length)]),
    ),
  };
}

function outside(random: Random): string {
  if (random.chance(0.15))
    return `2001:db8:${random.below(256).toString(16)}::${(1 + random.below(4095)).toString(16)}`;
  return random.pick(OUTSIDE_NETWORKS) + (1 + random.below(254));
}

function inside(random: Random): string {
  return `10.${random.below(4)}.${random.below(256)}.${1 + random.below(254)}`;
}

function numbered(first: number, profiles: readonly Omit<Profile, 'index'>[]): Profile[] {
  return profiles.map((profile, position) => ({ ...profile, index: first + position }));
}
