import { describe, expect, test } from 'vitest';
import { generateLines } from './lines.ts';
import { generateExchanges } from './traffic.ts';
import { type Counts, createTruth, truthOf } from './truth.ts';

const OPTIONS = { seed: 7, count: 20_000, start: Date.UTC(2026, 10, 1), days: 7 };
const truth = truthOf(generateExchanges(OPTIONS));
/** Everything that must add up over the rows. */
const SUMS: readonly (keyof Counts)[] = [
  'calls',
  'credentialed',
  'anonymous',
  'anonymousSucceeded',
  'refused',
  'https',
  'http',
  'answeredByGateway',
  'limitedByGateway',
  'limitAnnounced',
  'corsWildcard',
  'corsSpecific',
  'securityHeadersComplete',
  'sunsetAnnounced',
  'fromInside',
  'fromOutside',
  'requestBytes',
  'responseBytes',
  'responseBodyBytes',
];

describe('truthOf', () => {
  test('counts every exchange in one row', () => {
    expect(truth.exchanges).toBe(20_000);
    expect(truth.lines).toBe(20_000);
    expect(
      new Set(truth.rows.map((row) => `${row.kind} ${row.service} ${row.method} ${row.template}`)).size,
    ).toBe(truth.rows.length);
  });

  test.each(SUMS)('adds the rows up to the total of %s', (key) => {
    expect(truth.rows.reduce((sum, row) => sum + Number(row[key]), 0)).toBe(truth.totals[key]);
    expect(truth.totals[key]).toBeGreaterThan(0);
  });

  test('splits the calls of every row in each way', () => {
    for (const row of truth.rows) {
      const classes = Object.values(row.status).reduce((sum, count) => sum + count, 0);
      const codes = Object.values(row.statusCodes).reduce((sum, count) => sum + count, 0);
      const splits = [
        classes,
        codes,
        row.https + row.http,
        row.credentialed + row.anonymous,
        row.fromInside + row.fromOutside,
      ];
      expect(splits).toEqual([row.calls, row.calls, row.calls, row.calls, row.calls]);
    }
  });

  test('agrees with what a reader counts in Kong lines', () => {
    const records = [...generateLines({ ...OPTIONS, format: 'kong' })].map((line) => JSON.parse(line));
    const having = (holds: (record: KongRecord) => boolean) => records.filter(holds).length;
    const { totals } = truth;
    expect({
      calls: records.length,
      credentialed: having(({ request }) => hasCredential(request)),
      https: having(({ request }) => request.url.startsWith('https:')),
      refused: having(({ response }) => response.status === 401),
      answeredByGateway: having(({ source }) => source === 'kong'),
      corsWildcard: having(({ response }) => response.headers['access-control-allow-origin'] === '*'),
      corsSpecific: having(
        ({ response }) => (response.headers['access-control-allow-origin'] ?? '*') !== '*',
      ),
      anonymousSucceeded: having(({ request, response }) => {
        return !hasCredential(request) && [200, 201, 202, 204, 304].includes(response.status);
      }),
      securityHeadersComplete: having(({ response }) => {
        return 'strict-transport-security' in response.headers && 'x-frame-options' in response.headers;
      }),
      limitAnnounced: having(({ response }) =>
        /ratelimit-limit|retry-after/.test(JSON.stringify(response.headers)),
      ),
      sunsetAnnounced: having(({ response }) => response.headers.sunset !== undefined),
      email: having(({ request }) => /(@|%40)example\./.test(request.uri)),
      ssn: having(({ request }) => /\b(?!000|666|9)\d{3}-\d\d-\d{4}\b/.test(request.uri)),
    }).toEqual({
      calls: totals.calls,
      credentialed: totals.credentialed,
      https: totals.https,
      refused: totals.refused,
      answeredByGateway: totals.answeredByGateway,
      corsWildcard: totals.corsWildcard,
      corsSpecific: totals.corsSpecific,
      anonymousSucceeded: totals.anonymousSucceeded,
      securityHeadersComplete: totals.securityHeadersComplete,
      limitAnnounced: totals.limitAnnounced,
      sunsetAnnounced: totals.sunsetAnnounced,
      email: totals.sensitive.email,
      ssn: totals.sensitive.ssn,
    });
  });

  test('joins two runs of the same world', () => {
    const collector = createTruth();
    for (const part of [OPTIONS, OPTIONS])
      for (const exchange of generateExchanges(part)) collector.add(exchange);
    const doubled = collector.truth();
    expect(doubled.rows.map((row) => row.calls)).toEqual(truth.rows.map((row) => row.calls * 2));
    expect(doubled.totals.consumers).toBe(truth.totals.consumers);
  });
});

interface KongRecord {
  readonly request: {
    readonly url: string;
    readonly uri: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly tls?: { readonly client_verify: string };
  };
  readonly response: { readonly status: number; readonly headers: Readonly<Record<string, string>> };
  readonly source: string;
}

function hasCredential({ headers, tls }: KongRecord['request']): boolean {
  return (
    tls?.client_verify === 'SUCCESS' ||
    ['authorization', 'cookie', 'x-api-key'].some((name) => name in headers)
  );
}
