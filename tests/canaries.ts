/** Stands in every text canary, so that one search finds them all. */
const BIRD = 'zebrafinch';
let birds = 0;

/** A text that no output, file or table may hold. */
function bird(before = '', after = ''): string {
  birds += 1;
  return `${before}${BIRD}${birds}${after}`;
}

const CARD = '4929918273645546';
const PHONE = '14155550198273';
const ORDER = '918273645';
const ADDRESS = '203.0.113.177';
const UUID = '5d1f0b7a-9c3e-4f52-8a6b-1e2d3c4b5a69';
const HEX = 'deadbeefcafe0123456789';

/** What must not be found; letters in any case. */
export const CANARIES: readonly string[] = [BIRD, CARD, PHONE, ORDER, ADDRESS, UUID, HEX];

/** Segments that look personal, secret or like numbers: no literal of them is kept. */
const SEGMENTS: readonly string[] = [
  bird('', '@example.com'),
  bird('', '%40example.com'),
  bird('Z', 'AbCdEfGh0123'),
  bird('', '-long'.repeat(12)),
  bird('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.'),
  bird('cus_', 'A1b2C3'),
  bird('list;session='),
  CARD,
  `+${PHONE}`,
  `order-${ORDER}`,
  ADDRESS,
  UUID,
  HEX,
];
const TARGETS: readonly string[] = [
  ...SEGMENTS.map((segment) => `/users/${segment}/orders`),
  bird('/search?q=', '&page=1'),
  bird('/search?email=', `%40example.com&card=${CARD}&phone=%2B${PHONE}`),
  bird('/search?api_key=', 'abcdefghijklmnop'),
  bird('/search#'),
  bird('http://', ':secret@shop.example.com/absolute'),
];

const requestHeaders = () => ({
  authorization: bird('Bearer '),
  cookie: bird('session='),
  'x-api-key': bird(),
  'user-agent': bird('curl/8 '),
  referer: bird('https://shop.example.com/?who='),
  'x-forwarded-for': ADDRESS,
  [bird('x-')]: '1',
});
const responseHeaders = () => ({
  'set-cookie': bird('session='),
  location: bird('/users/'),
  'access-control-allow-origin': bird('https://', '.example.com'),
  'x-ratelimit-limit': bird(),
});

function exchange(target: string, index: number): string {
  return JSON.stringify({
    startedAt: new Date(Date.UTC(2026, 10, 10) + index).toISOString(),
    method: index === 0 ? bird().toUpperCase() : 'GET',
    target,
    status: 200,
    host: 'shop.example.com',
    consumer: bird(),
    clientAddress: ADDRESS,
    requestHeaders: requestHeaders(),
    responseHeaders: responseHeaders(),
    requestBody: bird('{"email":"', `@example.com","card":"${CARD}"}`),
    responseBody: bird('{"name":"', '"}'),
    [bird('own')]: bird(),
  });
}

function kong(target: string, index: number): string {
  return JSON.stringify({
    started_at: Date.UTC(2026, 10, 10) + index,
    client_ip: ADDRESS,
    request: {
      method: 'GET',
      uri: target,
      url: `https://shop.example.com:443${target}`,
      querystring: { q: bird() },
      headers: { host: 'shop.example.com', ...requestHeaders() },
    },
    upstream_uri: bird('/'),
    response: { status: 200, headers: responseHeaders() },
    latencies: { request: 5 },
    consumer: { username: bird(), custom_id: bird(), id: bird() },
    authenticated_entity: { id: bird() },
    service: { name: 'shop' },
    tries: [{ ip: ADDRESS }],
    workspace: bird(),
  });
}

function combined(target: string): string {
  return `${ADDRESS} - ${bird()} [10/Nov/2026:10:00:00 +0000] "GET ${target} HTTP/1.1" 200 51 "${bird('https://shop.example.com/')}" "${bird('curl/8 ')}"`;
}

/** The format of `custom.log`. */
export const LOG_FORMAT =
  '$msec $remote_addr $remote_user "$request" $status "$http_cookie" "$http_authorization" "$sent_http_location" "$upstream_addr"';

function custom(target: string): string {
  return `1794304800.123 ${ADDRESS} ${bird()} "GET ${target} HTTP/1.1" 200 "${bird('a=')}" "${bird('Basic ')}" "${bird('/')}" "${ADDRESS}:80"`;
}

/** Lines that are refused, each for another reason. */
const REFUSED: readonly string[] = [
  bird('no log line at all '),
  `${bird('\u0000binary ')}\u0000`,
  bird('{"broken": "'),
  bird('{"startedAt":"yesterday","method":"GET","target":"/', '","status":200}'),
  bird('{"started_at":1,"client_ip":"', '","request":{"method":"GET"}}'),
  bird(
    '{"started_at":1794304800000,"client_ip":"1.1.1.1","request":{"method":"GET","uri":"/',
    '"},"response":{"status":9}}',
  ),
  bird(`${ADDRESS} - `, ' [10/Nov/2026:10:00:00 +0000] "" 400 0 "-" "-"'),
  bird(`${ADDRESS} - `, ' [99/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 0 "-" "-"'),
  bird('{"startedAt":"1971-01-01T00:00:00Z","method":"GET","target":"/', '","status":200}'),
  '',
];

/** Logs of every format with canaries in every position, and how many lines each holds. */
export function canaryLogs(): Record<string, string> {
  const written = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  return {
    'logs/exchange.log': written(TARGETS.map(exchange)),
    'logs/kong.log': written(TARGETS.map(kong)),
    'logs/array.json': `[${TARGETS.map(kong).join(',')}]`,
    'logs/access.log': written(TARGETS.map(combined)),
    'logs/custom.log': written(TARGETS.map(custom)),
    'logs/refused.log': written(REFUSED) + bird('{"cut off": "'),
  };
}
