import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Exchange } from './exchange.ts';
import { FORMATS } from './formats/index.ts';
import { formatNamed } from './formats.ts';
import { generateLines } from './lines.ts';
import type { TrafficOptions } from './scene.ts';
import { generateExchanges } from './traffic.ts';

const WEEK: TrafficOptions = { seed: 7, count: 20_000, start: Date.UTC(2026, 10, 1), days: 7 };
/** Of the first 1,000 lines with their line ends. A change here changes every benchmark: mean it. */
const GOLDEN: Readonly<Record<string, string>> = {
  kong: '5ea33875b4540dc084f463e970ce4269eea522778903833481bee19a72061961',
  'kong-full': 'c8e83bd13d6798cf153db5b4857c208e2314031a13e06b9a38c3b27394b9236c',
  combined: '5a714c03af5a7287ebcd4af1520c0e76b4e11cff592b0d91c2c04da1e441ee3b',
  exchange: 'b95b1fcf1bc06e934506db21c48182b9073c65dd7495671e980ef8db76ad3795',
};
const MEAN_BYTES: readonly (readonly [format: string, least: number, most: number])[] = [
  ['kong', 600, 800],
  ['kong-full', 1500, 2200],
  ['combined', 120, 180],
  ['exchange', 500, 800],
];
/** From nginx: remote address, user, local time, request, status, body bytes, referer and agent. */
const COMBINED =
  /^(?<address>[\da-f.:]+) - (?<user>[\w-]+) \[(?<time>\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000)\] "(?<method>[A-Z]+) (?<target>[^"]+) HTTP\/(?<version>1\.1|2\.0)" (?<status>\d{3}) (?<bytes>\d+) "(?<referer>[^"]*)" "(?<agent>[^"]*)"$/;

const exchanges = [...generateExchanges(WEEK)];
/** Enough to hold every malformed target and odd agent. */
const some = exchanges.slice(0, 6000).concat(exchanges.filter(({ planted }) => planted.kind !== 'route'));

describe('FORMATS', () => {
  test.each(Object.keys(GOLDEN))('%s gives the golden bytes', (id) => {
    const hash = createHash('sha256');
    for (const line of generateLines({ ...WEEK, count: 1000, format: id }))
      hash.update(`${line}\n`, 'latin1');
    expect(hash.digest('hex')).toBe(GOLDEN[id]);
  });

  test.each(FORMATS)('$id gives the same lines for the same seed and others for another', ({ id }) => {
    const lines = (seed: number) => [...generateLines({ ...WEEK, seed, count: 200, format: id })];
    expect(lines(3)).toEqual(lines(3));
    expect(lines(3)).not.toEqual(lines(4));
  });

  test.each(FORMATS.filter(({ document }) => document === undefined))(
    '$id writes one line of printable ASCII for each exchange',
    ({ write, holds = () => true }) => {
      const lines = exchanges.filter(holds).map(write);
      expect(lines.filter((line) => !/^[\t -~]+$/.test(line))).toEqual([]);
    },
  );

  test.each(MEAN_BYTES)(
    '%s lines take %d to %d bytes in the mean, whatever the seed',
    (format, least, most) => {
      for (const seed of [1, 2, 3]) {
        let bytes = 0;
        for (const line of generateLines({ ...WEEK, seed, count: 5000, format })) bytes += line.length + 1;
        expect(bytes / 5000).toBeGreaterThanOrEqual(least);
        expect(bytes / 5000).toBeLessThanOrEqual(most);
      }
    },
  );

  test('has no format by an unknown name', () => {
    expect(() => formatNamed('kongo')).toThrow(/^No format is named kongo; there are .*combined, .*kong/);
  });
});

describe.each(['kong', 'kong-full'])('%s', (format) => {
  const { write } = formatNamed(format);

  test('carries the facts of the exchange', () => {
    expect(some.map((exchange) => factsOfKong(JSON.parse(write(exchange))))).toEqual(some.map(factsOf));
  });

  test('has the types that Kong writes', () => {
    for (const exchange of exchanges.slice(0, 1000)) {
      const record = JSON.parse(write(exchange));
      expect(record.started_at).toBe(exchange.startedAt);
      expect(typeof record.request.size).toBe('number');
      expect(record.request.url).toMatch(/^https?:\/\/[a-z.-]+:\d+/);
      expect(record.latencies.proxy === -1).toBe(record.source === 'kong');
      expect(Array.isArray(record.tries)).toBe(record.source === 'upstream');
      expect(typeof record.upstream_status).toBe(record.source === 'upstream' ? 'string' : 'undefined');
      expect('tls' in record.request).toBe(record.request.url.startsWith('https://'));
      const names = [...Object.keys(record.request.headers), ...Object.keys(record.response.headers)];
      expect(names.filter((name) => name !== name.toLowerCase())).toEqual([]);
      expect([undefined, 'REDACTED']).toContain(record.request.headers.authorization);
    }
  });

  test('writes empty tables as Lua does', () => {
    const refused = exchanges.find(({ status, target }) => status === 401 && !target.includes('?'));
    const record = JSON.parse(refused === undefined ? '{}' : write(refused));
    expect([record.tries, record.request.querystring]).toEqual([{}, {}]);
  });

  test('lists the statuses of all tries', () => {
    const retried = exchanges.find(({ upstreamStatuses }) => upstreamStatuses.length === 2);
    const record = JSON.parse(retried === undefined ? '{}' : write(retried));
    expect(record.upstream_status).toBe(`502, ${record.response.status}`);
    expect(record.tries).toHaveLength(2);
  });
});

describe('combined', () => {
  const { write } = formatNamed('combined');

  test('matches the definition of nginx and carries the facts it can carry', () => {
    for (const exchange of some) {
      const found = COMBINED.exec(write(exchange))?.groups;
      expect({
        time: Date.parse(String(found?.time).replace(/^(\d+)\/(\w+)\/(\d+):/, '$1 $2 $3 ')),
        address: found?.address,
        user: found?.user,
        method: found?.method,
        target: unescaped(found?.target),
        status: Number(found?.status),
        bytes: Number(found?.bytes),
        referer: found?.referer,
        agent: unescaped(found?.agent),
      }).toEqual({
        time: Math.floor(exchange.startedAt / 1000) * 1000,
        address: exchange.clientAddress,
        user: exchange.consumer?.name ?? '-',
        method: exchange.method,
        target: exchange.target,
        status: exchange.status,
        bytes: exchange.responseBodyBytes,
        referer: exchange.requestHeaders.referer ?? '-',
        agent: exchange.requestHeaders['user-agent'] ?? '-',
      });
    }
  });
});

describe('exchange', () => {
  const { write } = formatNamed('exchange');

  test('carries every fact under its canonical key', () => {
    for (const exchange of some) {
      expect(JSON.parse(write(exchange))).toEqual({
        startedAt: new Date(exchange.startedAt).toISOString(),
        method: exchange.method,
        target: exchange.target,
        status: exchange.status,
        host: exchange.host,
        scheme: exchange.scheme,
        latencyMs: exchange.latencyMs,
        requestBytes: exchange.requestBytes,
        responseBytes: exchange.responseBytes,
        ...(exchange.service && { service: exchange.service.name }),
        ...(exchange.consumer && { consumer: exchange.consumer.name }),
        clientAddress: exchange.clientAddress,
        ...(exchange.clientCertificate && { clientCertificate: true }),
        requestHeaders: exchange.requestHeaders,
        responseHeaders: exchange.responseHeaders,
        answeredBy: exchange.answeredBy,
        ...(exchange.schemaValidated !== undefined && { schemaValidated: exchange.schemaValidated }),
        requestId: exchange.requestId,
      });
    }
  });
});

// biome-ignore lint/suspicious/noExplicitAny: parsed JSON, its shape is what the test is about
function factsOfKong(record: any): object {
  return {
    startedAt: record.started_at,
    method: record.request.method,
    target: record.request.uri,
    host: record.request.headers.host,
    scheme: record.request.url.slice(0, record.request.url.indexOf(':')),
    status: record.response.status,
    latencyMs: record.latencies.request,
    requestBytes: record.request.size,
    responseBytes: record.response.size,
    service: record.service?.name,
    consumer: record.consumer?.username,
    clientAddress: record.client_ip,
    clientCertificate: record.request.tls?.client_verify === 'SUCCESS',
    requestHeaders: record.request.headers,
    responseHeaders: record.response.headers,
    answeredBy: record.source === 'kong' ? 'gateway' : 'upstream',
    urlEndsInTarget: record.request.url.endsWith(record.request.uri),
  };
}

function factsOf(exchange: Exchange): object {
  return {
    startedAt: exchange.startedAt,
    method: exchange.method,
    target: exchange.target,
    host: exchange.host,
    scheme: exchange.scheme,
    status: exchange.status,
    latencyMs: exchange.latencyMs,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBytes,
    service: exchange.service?.name,
    consumer: exchange.consumer?.name,
    clientAddress: exchange.clientAddress,
    clientCertificate: exchange.clientCertificate,
    requestHeaders: exchange.requestHeaders,
    responseHeaders: exchange.responseHeaders,
    answeredBy: exchange.answeredBy,
    urlEndsInTarget: true,
  };
}

/** Undoes nginx's `\xHH`, byte by byte. */
function unescaped(text: string | undefined): string {
  const bytes = String(text).replaceAll(/\\x([0-9A-F]{2})/g, (_, digits) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}
