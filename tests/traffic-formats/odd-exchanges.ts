import fc from 'fast-check';
import type { Exchange } from '../../generator/exchange.ts';

const ODD_TARGETS = [
  '/',
  '/a%20b/c%2Fd?q=%22x%22',
  "/users/7?name=O'Neil&path=/etc/passwd",
  '/search?q="quoted"&x=\\back\\slash',
  '/café/ü?x=日本',
  '/a/b;v=1,2/c|d/{e}/[f]',
  '/x?a=b=c&&d',
  '/pipes|and|tabs%09',
  `/long/${'x'.repeat(3000)}`,
];
const ODD_AGENTS = [
  '',
  '-',
  'a "quoted" agent',
  'back\\slash\\',
  'Mozilla/5.0 (X; Y) [z] {w}',
  "it's; a|pipe, really",
];

/** Exchanges that differ from generated ones in what callers choose: targets, agents, addresses, statuses. */
export function oddExchanges(generated: readonly Exchange[], count: number): Exchange[] {
  const odd = fc
    .record({
      base: fc.constantFrom(...generated),
      target: fc.oneof(
        fc.constantFrom(...ODD_TARGETS),
        fc.webPath().map((path) => `/${path}`),
      ),
      agent: fc.constantFrom(...ODD_AGENTS),
      status: fc.constantFrom(100, 199, 200, 304, 401, 429, 499, 500, 599),
      method: fc.constantFrom('GET', 'POST', 'PROPFIND', 'M-SEARCH', 'OPTIONS'),
      clientAddress: fc.oneof(fc.ipV4(), fc.constantFrom('2001:db8::7', '::1')),
      latencyMs: fc.integer({ min: 0, max: 90_000 }),
      startedAt: fc.integer({ min: Date.UTC(2025, 6, 1), max: Date.UTC(2026, 6, 1) }),
    })
    .map(({ base, agent, ...changes }) => ({
      ...base,
      ...changes,
      gatewayMs: 0,
      requestHeaders: { ...base.requestHeaders, 'user-agent': agent },
    }));
  return fc.sample(odd, { numRuns: count, seed: 5 });
}
