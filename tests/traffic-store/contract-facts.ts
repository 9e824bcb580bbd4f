import { expect, it } from 'vitest';
import type { TrafficFacts } from '../../src/model/fact.ts';
import { type ObservedShape, OVERFLOW_SHAPE } from '../../src/model/shape.ts';
import { trafficFacts } from '../../src/model/traffic-facts.ts';
import { readEndpointFacts } from '../../src/store/clickhouse/endpoint-facts.ts';
import { readOverflow } from '../../src/store/clickhouse/overflow.ts';
import { mirrorShapeEndpoints } from '../../src/store/clickhouse/shape-endpoints.ts';
import { readProbes, readShapes } from '../../src/store/clickhouse/shapes.ts';
import { EDGE_LINE, KONG_LINES } from './contract-lines.ts';
import { combinedLine, exchangeLine, kongLine, PLAN } from './lines.ts';
import type { StoreUnderTest } from './traffic-contract.ts';

const GET_USER: TrafficFacts = trafficFacts({
  vantage: 'kong',
  calls: 6,
  firstSeen: '2026-11-20T10:30:00.000Z',
  lastSeen: '2026-11-20T10:35:01.000Z',
  status: { success: 3, redirect: 1, clientError: 2 },
  authentication: { anonymousSucceeded: 1, refused: 1, credentialed: 3, unknown: 1 },
  transport: { https: 4, http: 1, redirected: 1 },
  rateLimiting: { announced: 1, refusedByGateway: 1, absent: 4 },
  cors: { wildcard: 1, specific: 1, absent: 4 },
  securityHeaders: {
    complete: 1,
    incomplete: 5,
    missing: { contentTypeOptions: 5, strictTransportSecurity: 5, frameOptions: 5, cacheControl: 4 },
  },
  inputValidation: { unknown: 6 },
  sunsetHeader: { present: 1, absent: 5 },
  clients: { publicAddress: 5, privateAddress: 1 },
  sensitive: { email: 1 },
  // Ann, Bob, and two callers known by address only.
  consumers: 4,
  requestBytes: 620,
  responseBytes: 5_512,
  // 12, 3, 1, 1, 5000 and 2 ms.
  latencyMs: { p50: 2, p95: 8_192, p99: 8_192 },
  examples: {
    anonymousSucceeded: { input: 'batch 70', line: 102 },
    plainHttp: { input: 'batch 70', line: 102 },
    corsWildcard: { input: 'batch 70', line: 102 },
    headersIncomplete: { input: 'batch 70', line: 102 },
    sensitive: { input: 'batch 70', line: 105 },
  },
});

const POST_USER: TrafficFacts = trafficFacts({
  vantage: 'kong',
  calls: 1,
  firstSeen: '2026-11-20T10:30:05.000Z',
  lastSeen: '2026-11-20T10:30:05.000Z',
  status: { clientError: 1 },
  authentication: { credentialed: 1 },
  transport: { https: 1 },
  rateLimiting: { absent: 1 },
  cors: { absent: 1 },
  securityHeaders: {
    incomplete: 1,
    missing: { contentTypeOptions: 1, strictTransportSecurity: 1, frameOptions: 1, cacheControl: 1 },
  },
  inputValidation: { seen: 1 },
  sunsetHeader: { absent: 1 },
  clients: { publicAddress: 1 },
  consumers: 1,
  requestBytes: 100,
  responseBytes: 1_000,
  latencyMs: { p50: 64, p95: 64, p99: 64 },
  examples: { headersIncomplete: { input: 'batch 70', line: 106 } },
});

/** A source that shows no headers: nothing is known, and nothing is absent. */
const EDGE: TrafficFacts = trafficFacts({
  vantage: 'edge',
  calls: 1,
  firstSeen: '2026-11-20T10:30:10.250Z',
  lastSeen: '2026-11-20T10:30:10.250Z',
  status: { success: 1 },
  authentication: { unknown: 1 },
  transport: { https: 1 },
  rateLimiting: { unknown: 1 },
  cors: { unknown: 1 },
  securityHeaders: { unknown: 1 },
  inputValidation: { unknown: 1 },
  sunsetHeader: { unknown: 1 },
  clients: { privateAddress: 1 },
  consumers: 1,
});

/** Each with the origin (service, host and source) and the shape it must have. */
const ORIGINS: readonly (readonly [
  fields: Readonly<Record<string, unknown>>,
  origin: string,
  shape: string,
])[] = [
  [{ host: 'A.Example', target: '/1' }, '|a.example|', '/{int}'],
  [{ host: 'b.example:443', target: '/b?c=/d#e' }, '|b.example|', '/b'],
  [{ host: 'b.example:80', target: '/b2#c?d' }, '|b.example|', '/b2'],
  [{ host: 'b.example:8443', target: '/' }, '|b.example:8443|', '/'],
  [{ host: 'c.example.', target: '/c' }, '|c.example|', '/c'],
  [{ host: 'c.example.:443', target: '/c2' }, '|c.example|', '/c2'],
  [{ host: '[::1]:9000', target: '/d' }, '|[::1]:9000|', '/d'],
  [{ host: 'bäd host\n', target: '/e' }, '|b?d?host?|', '/e'],
  [{ target: 'http://f.example' }, '|f.example|', '/'],
  [{ target: 'HTTPS://F.example/f/7?x=1' }, '|f.example|', '/f/{int}'],
  [{ target: 'http://f2.example?next=/home' }, '|f2.example|', '/'],
  [{ target: 'http://ann:secret@g.example:8080/g' }, '|g.example|', '/g'],
  [{ host: 'h.example', target: 'http://other.example/h' }, '|h.example|', '/h'],
  [{ service: 'users', target: '/i' }, 'users||', '/i'],
  [{ service: 'users', host: 'i.example', target: '/i' }, 'users|i.example|', '/i'],
  [{ target: '/j' }, `||${PLAN.sourceName}`, '/j'],
  [{ service: 'a\0b', target: '/k%00l' }, 'a?b||', '/k%00l'],
];

const inputOf = (batch: number) => (batch === 99 ? undefined : { input: `batch ${batch}` });

/** Shapes, and the facts of the endpoints they belong to. */
export function readsFacts(store: StoreUnderTest): void {
  const mapAll = async (apiIdOf: (shape: ObservedShape) => string) => {
    const { shapes } = await readShapes(store.analytics(), 100);
    await mirrorShapeEndpoints(
      store.analytics(),
      new Map(shapes.map((shape) => [shape.shapeId, apiIdOf(shape)])),
    );
  };
  const factsByEndpoint = async () => Object.fromEntries(await readEndpointFacts(store.analytics(), inputOf));

  it('keeps what was seen of each endpoint from each place', async () => {
    await store.apply({ batch: 70, lines: KONG_LINES, primary: 'kong', plan: { firstLine: 101 } });
    await store.apply({ batch: 71, primary: 'exchange', lines: [EDGE_LINE] });
    expect(await factsByEndpoint()).toEqual({});
    await mapAll(({ method, shape }) => `${method} ${shape}`);
    expect(await factsByEndpoint()).toEqual({
      'GET /users/{int}': [EDGE, GET_USER],
      'POST /users': [POST_USER],
    });
  });

  it('moves the facts of a shape with the shape', async () => {
    const uris = ['/a/1', '/a/2', '/b/1'];
    await store.apply({
      batch: 72,
      primary: 'kong',
      lines: uris.map((uri, index) => kongLine({ uri, afterMs: 400_000 * index })),
    });
    const calls = async () => {
      const facts = Object.entries(await factsByEndpoint());
      return facts.map(([apiId, [kong]]) => [apiId, kong?.calls, kong?.consumers]);
    };
    await mapAll(({ shape }) => shape);
    expect(await calls()).toEqual([
      ['/a/{int}', 2, 1],
      ['/b/{int}', 1, 1],
    ]);
    await mapAll(() => 'both');
    expect(await calls()).toEqual([['both', 3, 1]]);
    await mapAll(({ shape }) => (shape === '/a/{int}' ? 'a' : ''));
    expect(await calls()).toEqual([['a', 2, 1]]);
    await mapAll(({ shape }) => shape);
    expect(await calls()).toEqual([
      ['/a/{int}', 2, 1],
      ['/b/{int}', 1, 1],
    ]);
  });

  it('points to the first line over all batches, if its input is known', async () => {
    await store.apply({ batch: 99, primary: 'kong', lines: [kongLine({ uri: '/a', isTls: true })] });
    await store.apply({ batch: 101, primary: 'kong', lines: ['', kongLine({ uri: '/a' })] });
    await store.apply({
      batch: 100,
      primary: 'kong',
      lines: ['', '', kongLine({ uri: '/a' })],
      plan: { firstLine: 4_000_000_000 },
    });
    await mapAll(() => 'x');
    const [facts] = (await factsByEndpoint()).x ?? [];
    expect(facts?.examples).toEqual({
      plainHttp: { input: 'batch 100', line: 4_000_000_002 },
    });
  });

  it('puts latencies into buckets that double', async () => {
    const latencies = [0, 1, 1.5, 2, 3, 4, 5, 32_768, 32_769, 1e9, -1];
    const lines = latencies.map((latencyMs) => kongLine({ uri: '/a', latencyMs }));
    await store.apply({ batch: 73, primary: 'kong', lines });
    const columns = Array.from({ length: 17 }, (_, index) => `sum(f.latency_${index})`).join(', ');
    const rows = await store.analytics().query(`SELECT [${columns}] AS buckets FROM facts AS f`);
    const buckets = [2, 2, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2].map(String);
    expect(rows).toEqual([{ buckets }]);
  });

  it('lists the shapes that were found, the busiest first, and the probes apart', async () => {
    await store.apply({
      batch: 74,
      primary: 'kong',
      lines: [kongLine({ uri: '/a' }), kongLine({ uri: '/b/1' }), kongLine({ uri: '/b/2', status: 404 })],
    });
    await store.apply({
      batch: 75,
      primary: 'combined',
      lines: [combinedLine('/admin.php', 404), combinedLine('/admin.php', 405), combinedLine('/c', 401)],
    });
    const shown = (shapes: readonly ObservedShape[]) =>
      shapes.map(({ origin, method, shape, calls, found }) => [
        ...Object.values(origin),
        method,
        shape,
        calls,
        found,
      ]);
    const byCalls = shown((await readShapes(store.analytics(), 100)).shapes);
    expect(byCalls[0]).toEqual(['users', 'api.example.com', '', 'GET', '/b/{int}', 2, 1]);
    expect(byCalls.slice(1).sort()).toEqual([
      ['', '', PLAN.sourceName, 'GET', '/c', 1, 1],
      ['users', 'api.example.com', '', 'GET', '/a', 1, 1],
    ]);
    const { shapes, leftOut } = await readShapes(store.analytics(), 1);
    expect([shapes.length, leftOut]).toEqual([1, byCalls.length - 1]);
    expect(shown(await readProbes(store.analytics(), 100))).toEqual([
      ['', '', PLAN.sourceName, 'GET', '/admin.php', 2, 0],
    ]);
    expect(await readOverflow(store.analytics())).toEqual({ overflowCalls: 0, probeCalls: 0 });
    expect(byCalls.flat()).not.toContain(OVERFLOW_SHAPE);
  });

  it('reads every form of host and target', async () => {
    const lines = ORIGINS.map(([fields]) => exchangeLine(fields));
    await store.apply({ batch: 78, primary: 'exchange', lines });
    const seen = (await readShapes(store.analytics(), 100)).shapes.map(({ origin, shape, calls }) => [
      `${origin.service}|${origin.host}|${origin.source}`,
      shape,
      calls,
    ]);
    const expected = ORIGINS.map(([, origin, shape]) => [origin, shape, 1]);
    expect(seen.sort()).toEqual(expected.sort());
  });

  it('tells a shape when it was first and last seen', async () => {
    await store.apply({
      batch: 76,
      primary: 'kong',
      lines: [kongLine({ uri: '/a', afterMs: 86_400_001 }), kongLine({ uri: '/a' })],
    });
    const [shape] = (await readShapes(store.analytics(), 1)).shapes;
    expect([shape?.firstSeen, shape?.lastSeen]).toEqual([
      '2026-11-20T10:30:00.000Z',
      '2026-11-21T10:30:00.001Z',
    ]);
  });

  it('maps more shapes than fit into one statement', async () => {
    await store.apply({ batch: 77, primary: 'kong', lines: [kongLine({ uri: '/a' })] });
    const [shape] = (await readShapes(store.analytics(), 1)).shapes;
    const others = Array.from(
      { length: 20_500 },
      (_, index) => [String(index), `${index}`.padStart(16, '0')] as const,
    );
    const wanted = new Map([...others, [shape?.shapeId ?? '', 'last']]);
    await mirrorShapeEndpoints(store.analytics(), wanted);
    expect(Object.keys(await factsByEndpoint())).toEqual(['last']);
    await mirrorShapeEndpoints(store.analytics(), new Map(others));
    expect(await factsByEndpoint()).toEqual({});
    await mirrorShapeEndpoints(store.analytics(), wanted);
    expect(Object.keys(await factsByEndpoint())).toEqual(['last']);
  });
}
