import type { BatchCounts } from '../../src/store/clickhouse/batch-counts.ts';
import { combinedLine, exchangeLine, kongLine, START_MS } from './lines.ts';

const ALL_SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-store',
};
const DAY_MS = 86_400_000;

/** Seven exchanges of two endpoints, a blank line, and one line for each reason a Kong line can be refused. */
export const KONG_LINES: readonly string[] = [
  kongLine({
    uri: '/users/42?x=1',
    isTls: true,
    consumer: 'ann',
    requestHeaders: { authorization: 'REDACTED' },
    responseHeaders: {
      ...ALL_SECURITY_HEADERS,
      'X-RateLimit-Limit-Minute': '60',
      'Access-Control-Allow-Origin': 'https://app.example.com',
    },
    requestBytes: 120,
    responseBytes: 512,
  }),
  kongLine({
    afterMs: 1_000,
    uri: '/users/43',
    client: '10.1.2.3',
    responseHeaders: { 'cache-control': 'no-store', 'access-control-allow-origin': '*' },
    latencyMs: 3,
  }),
  kongLine({ afterMs: 2_000, uri: '/users/44', isTls: true, status: 401, isOwnAnswer: true, latencyMs: 1 }),
  kongLine({
    afterMs: 301_000,
    uri: '/users/45',
    isTls: true,
    status: 429,
    isOwnAnswer: true,
    consumer: 'ann',
    latencyMs: 1,
  }),
  kongLine({
    afterMs: 4_000,
    uri: '/users/46?email=ann%40example.com',
    isTls: true,
    consumer: 'bob',
    requestHeaders: { Cookie: 'a=b' },
    responseHeaders: { sunset: 'Sat, 1 Jan 2028 00:00:00 GMT' },
    latencyMs: 5_000,
  }),
  kongLine({
    afterMs: 5_000,
    method: 'POST',
    uri: '/users',
    isTls: true,
    status: 422,
    requestHeaders: { 'X-API-Key': 'k' },
    latencyMs: 40,
  }),
  kongLine({ afterMs: 6_000, uri: '/users/47', status: 301, latencyMs: 2 }),
  '',
  '{"started_at":1,"latencies":',
  kongLine({ uri: '/old', afterMs: -400 * DAY_MS }),
  kongLine({ uri: '/new', afterMs: 400 * DAY_MS }),
  kongLine({ uri: '*', method: 'OPTIONS' }),
  `{"started_at":${START_MS},"client_ip":"203.0.113.9","session":{"tls":{}}}`,
  'out of place',
];

const shown = (index: number) => [
  KONG_LINES[index]
    ?.slice(0, 200)
    .replace(/[A-Za-z]/g, 'x')
    .replace(/\d/g, '9'),
];

export const KONG_COUNTS: BatchCounts = {
  lines: 14,
  accepted: 7,
  blank: 1,
  rejected: {
    bad_json: { count: 1, examples: ['{"xxxxxxx_xx":9,"xxxxxxxxx":'] },
    in_future: { count: 1, examples: shown(10).map(String) },
    no_path: { count: 1, examples: shown(11).map(String) },
    outside_retention: { count: 1, examples: shown(9).map(String) },
    stream_record: {
      count: 1,
      examples: ['{"xxxxxxx_xx":9999999999999,"xxxxxx_xx":"999.9.999.9","xxxxxxx":{"xxx":{}}}'],
    },
    unknown_format: { count: 1, examples: ['xxx xx xxxxx'] },
  },
  formats: ['kong'],
  timeMin: '2026-11-20T10:30:00.000Z',
  timeMax: '2026-11-20T10:35:01.000Z',
};

/** The same service and path as in KONG_LINES, seen from another place. */
export const EDGE_LINE = exchangeLine({
  service: 'users',
  host: 'API.example.com:443',
  scheme: 'HTTPS',
  vantage: 'edge',
  clientAddress: '[::1]:9000',
});

/** Three formats in turn, with lines of none between them. */
export const MIXED_LINES: readonly (string | Buffer)[] = [
  kongLine({ uri: '/users/1', isTls: true }),
  combinedLine('/a/1?q=2'),
  exchangeLine({ schemaValidated: true }),
  '',
  combinedLine('/a/2', 404, '10.0.0.1'),
  Buffer.from([0x80, 0x81, 0x82]),
  kongLine({ uri: '/users/2', status: 503 }),
  'a\u0000b',
  '{"some":"json"}',
  '\u0001line_too_long',
  '{broken',
  combinedLine('/a/3').replace('2026', '2o26'),
  exchangeLine({ startedAt: 'yesterday' }),
  combinedLine('/b'),
];

export const MIXED_COUNTS: BatchCounts = {
  lines: 14,
  accepted: 6,
  blank: 1,
  rejected: {
    bad_json: { count: 1, examples: ['{xxxxxx'] },
    bad_time: {
      count: 1,
      examples: ['{"xxxxxxxxx":"xxxxxxxxx","xxxxxx":"xxx","xxxxxx":"/xxxxx/99","xxxxxx":999}'],
    },
    bad_utf8: { count: 1, examples: ['?'] },
    binary: { count: 1, examples: ['x?x'] },
    line_too_long: { count: 1, examples: ['?xxxx_xxx_xxxx'] },
    unknown_format: {
      count: 2,
      examples: [
        '{"xxxx":"xxxx"}',
        '999.99.999.9 - - [99/xxx/9x99:99:99:99 +9999] "xxx /x/9 xxxx/9.9" 999 999 "-" "xxxx/9.9.9"',
      ],
    },
  },
  formats: ['combined', 'exchange', 'kong'],
  timeMin: '2026-11-20T10:30:00.000Z',
  timeMax: '2026-11-20T10:30:10.250Z',
};
