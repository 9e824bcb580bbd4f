import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  applyBatch,
  countSource,
  findBatch,
  listReceivedBatches,
  receiveBatch,
} from '../../src/store/postgres/batches.ts';
import { type Change, upsert } from '../../src/store/postgres/change.ts';
import { commitChange } from '../../src/store/postgres/commit-change.ts';
import {
  endpointByApiId,
  endpointsByRoute,
  listEndpoints,
  retireEndpoints,
  upsertEndpoints,
} from '../../src/store/postgres/endpoints.ts';
import { listFindings, upsertFindings } from '../../src/store/postgres/findings.ts';
import { createInstallation, readInstallation } from '../../src/store/postgres/installation.ts';
import type { StateStore } from '../../src/store/postgres/open-state.ts';
import { listServices, upsertServices } from '../../src/store/postgres/services.ts';
import { changeShapeRoutes, readShapeRoutes } from '../../src/store/postgres/shape-routes.ts';
import {
  addSource,
  findSources,
  listHeadLengths,
  listSources,
  nextSourceId,
  updateSource,
} from '../../src/store/postgres/sources.ts';
import { listSpecs, removeSpec, upsertSpec } from '../../src/store/postgres/specs.ts';
import { emptyState } from './empty-state.ts';
import {
  exampleAct,
  exampleBareEndpoint,
  exampleBatch,
  exampleEndpoint,
  exampleFinding,
  exampleSource,
  exampleSpec,
} from './state-examples.ts';

/** What every state store keeps and gives back, whatever runs it; `open` gives an empty one. */
export function describeQueries(open: () => Promise<StateStore>): void {
  let store: StateStore;
  const commit = (...changes: readonly Change[]) => commitChange(store, { ...exampleAct, changes });

  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());
  beforeEach(() => emptyState(store));

  describe('values', () => {
    it('reads 64-bit integers as numbers, bytes as bytes, times as RFC 3339 and JSON as written', async () => {
      const result = await sql`select 9007199254740991::bigint as big, decode('00ff', 'hex') as bytes,
        timestamptz '2026-11-23 12:00:00.1234+05:30' as time, '{"a":[1,null,"é"]}'::jsonb as json,
        '{a,"b,c"}'::text[] as texts, 0.1::float8 as fraction`.execute(store.db);
      expect(result.rows).toEqual([
        {
          big: 9007199254740991,
          bytes: Uint8Array.of(0, 255),
          time: '2026-11-23T06:30:00.123Z',
          json: { a: [1, null, 'é'] },
          texts: ['a', 'b,c'],
          fraction: 0.1,
        },
      ]);
    });

    it.each(['9007199254740992::bigint', '(-9007199254740992)::bigint', `'infinity'::timestamptz`])(
      'refuses %s rather than read it wrongly',
      async (expression) => {
        await expect(sql`select ${sql.raw(expression)} as value`.execute(store.db)).rejects.toThrow(
          RangeError,
        );
      },
    );
  });

  describe('sources and batches', () => {
    it('finds a source by its head, and keeps its progress', async () => {
      const longer = { ...exampleSource, id: 2, headLength: 700, lastSeen: '2026-11-22T10:00:00.000Z' };
      await commit(...addSource(exampleSource), ...addSource(longer));
      await commit(
        ...updateSource(2, { headLength: 1024, committedLines: 3, lastSeen: '2026-11-24T00:00:00Z' }),
      );
      const changed = {
        ...longer,
        headLength: 1024,
        committedLines: 3,
        lastSeen: '2026-11-24T00:00:00.000Z',
      };
      expect(await listSources(store)).toEqual([exampleSource, changed]);
      expect(await findSources(store, { length: 1024, sha256: exampleSource.headSha256 })).toEqual([
        changed,
        exampleSource,
      ]);
      expect(await findSources(store, { length: 700, sha256: exampleSource.headSha256 })).toEqual([]);
      expect(await listHeadLengths(store)).toEqual([1024]);
    });

    it('gives each new source a number of its own', async () => {
      const ids = await Promise.all(Array.from({ length: 8 }, () => nextSourceId(store)));
      expect(new Set(ids).size).toBe(8);
    });

    it('replays received batches in order until they are applied', async () => {
      const second = { ...exampleBatch, token: 'batch-0', startOffset: 4096, endOffset: 5000, firstLine: 13 };
      await commit(...addSource(exampleSource), ...receiveBatch(second), ...receiveBatch(exampleBatch));
      expect(await listReceivedBatches(store)).toEqual([exampleBatch, second]);
      const applied = {
        counts: { accepted: 9, blank: 1, rejected: { 'not-json': { count: 2, examples: ['xxx 999'] } } },
        timeMin: '2026-11-23T08:00:00.000Z',
        timeMax: '2026-11-23T09:00:00.000Z',
        appliedAt: '2026-11-23T10:00:01.000Z',
      };
      await commit(...applyBatch('batch-1', applied));
      expect(await listReceivedBatches(store)).toEqual([second]);
      expect(await findBatch(store, 'batch-1')).toEqual({ ...exampleBatch, applied });
      expect(await findBatch(store, 'batch-9')).toBeUndefined();
    });

    it('keeps the frozen plan when a batch is received again, and refuses another one at its offset', async () => {
      await commit(...addSource(exampleSource), ...receiveBatch(exampleBatch));
      expect(await commit(...receiveBatch({ ...exampleBatch, plan: {} }))).toBeUndefined();
      expect(await listReceivedBatches(store)).toEqual([exampleBatch]);
      await expect(commit(...receiveBatch({ ...exampleBatch, token: 'batch-2' }))).rejects.toMatchObject({
        code: 'STORE_FAILED',
      });
    });

    it('refuses a batch of a source that is not there', async () => {
      await expect(commit(...receiveBatch(exampleBatch))).rejects.toMatchObject({ code: 'STORE_FAILED' });
      expect(await listReceivedBatches(store)).toEqual([]);
    });

    it('counts what became of the lines of a source up to an offset', async () => {
      const second = { ...exampleBatch, token: 'batch-2', startOffset: 4096, endOffset: 5000 };
      const third = { ...exampleBatch, token: 'batch-3', startOffset: 5000, endOffset: 6000 };
      await commit(...addSource(exampleSource), ...[exampleBatch, second, third].flatMap(receiveBatch));
      const appliedAt = '2026-11-23T10:00:01.000Z';
      const notJson = { count: 2, examples: [] };
      await commit(
        ...applyBatch('batch-1', {
          counts: { accepted: 9, blank: 1, rejected: { 'not-json': notJson } },
          appliedAt,
        }),
        ...applyBatch('batch-2', {
          counts: {
            accepted: 7,
            blank: 0,
            rejected: { 'not-json': notJson, 'no-time': { count: 3, examples: [] } },
          },
          appliedAt,
        }),
      );
      expect(await countSource(store, 1, 9999)).toEqual({
        lines: 24,
        accepted: 16,
        blank: 1,
        rejected: { 'not-json': 4, 'no-time': 3 },
      });
      expect(await countSource(store, 1, 4999)).toEqual({
        lines: 12,
        accepted: 9,
        blank: 1,
        rejected: { 'not-json': 2 },
      });
      expect(await countSource(store, 7, 9999)).toEqual({ lines: 0, accepted: 0, blank: 0, rejected: {} });
    });
  });

  describe('inventory', () => {
    it('gives endpoints back as they were, in order of service, path and method', async () => {
      const other = {
        ...exampleEndpoint,
        apiId: '00112233445566cc',
        method: 'DELETE',
        documented: false,
      } as const;
      await commit(...upsertEndpoints([exampleEndpoint, exampleBareEndpoint, other]));
      expect(await listEndpoints(store)).toEqual([exampleBareEndpoint, other, exampleEndpoint]);
      expect(await endpointByApiId(store, other.apiId)).toEqual(other);
      expect(await endpointByApiId(store, 'ffffffffffffffff')).toBeUndefined();
      expect(await endpointsByRoute(store, { method: 'GET', path: '/users/{userId}' })).toEqual([
        exampleBareEndpoint,
        exampleEndpoint,
      ]);
    });

    it('never resets the discovery, and forgets neither owner nor last sight when they are not given', async () => {
      await commit(...upsertEndpoints([exampleEndpoint]));
      const { apiId } = exampleEndpoint;
      await commit(
        ...upsertEndpoints([{ ...exampleBareEndpoint, apiId, firstDiscovered: '2020-01-01T00:00:00Z' }]),
      );
      const { firstDiscovered, owner, lastSeen, version } = exampleEndpoint;
      const kept = { firstDiscovered, owner, lastSeen, version };
      expect(await listEndpoints(store)).toEqual([{ ...exampleBareEndpoint, apiId, ...kept }]);
      await commit(...upsertEndpoints([{ ...exampleBareEndpoint, apiId, owner: 'identity' }]));
      expect(await listEndpoints(store)).toEqual([
        { ...exampleBareEndpoint, apiId, ...kept, owner: 'identity' },
      ]);
    });

    it('leaves retired endpoints out of the inventory until they are registered again', async () => {
      await commit(...upsertEndpoints([exampleEndpoint, exampleBareEndpoint]));
      await commit(...retireEndpoints([exampleEndpoint.apiId], new Date('2026-11-24T00:00:00Z')));
      expect(await listEndpoints(store)).toEqual([exampleBareEndpoint]);
      expect(await endpointsByRoute(store, exampleEndpoint)).toEqual([exampleBareEndpoint]);
      expect(await endpointByApiId(store, exampleEndpoint.apiId)).toEqual(exampleEndpoint);
      await commit(...upsertEndpoints([exampleEndpoint]));
      expect(await listEndpoints(store)).toEqual([exampleBareEndpoint, exampleEndpoint]);
    });

    it.each([0.1, 1e-7, 123456789.12345679, 1e21, 5e-324])(
      'keeps a traffic volume of %s exactly',
      async (volume) => {
        await commit(...upsertEndpoints([{ ...exampleEndpoint, trafficVolumeDaily: volume }]));
        expect((await listEndpoints(store))[0]?.trafficVolumeDaily).toBe(volume);
      },
    );

    it('maps shapes to endpoints, up to the largest 64-bit number', async () => {
      const [a, b] = [exampleEndpoint.apiId, exampleBareEndpoint.apiId];
      const [large, small] = ['18446744073709551615', '0'];
      const map = async (...wanted: [string, string][]) => {
        await commit(...changeShapeRoutes(await readShapeRoutes(store), new Map(wanted)));
        return [...(await readShapeRoutes(store)).routes].sort();
      };
      expect(await readShapeRoutes(store)).toEqual({ learning: 0, routes: new Map(), rows: [] });
      await commit(...upsertEndpoints([exampleEndpoint, exampleBareEndpoint]));
      expect(await map([large, a], [small, a])).toEqual([
        [small, a],
        [large, a],
      ]);
      expect(await map([large, b], [small, a])).toEqual([
        [small, a],
        [large, b],
      ]);
      expect(await map([large, a])).toEqual([[large, a]]);
      expect((await readShapeRoutes(store)).learning).toBe(3);
      expect(await map([large, a])).toEqual([[large, a]]);
      expect((await readShapeRoutes(store)).learning).toBe(3);
    });

    it('adds up what moved when that has become many rows', async () => {
      const [a, b] = [exampleEndpoint.apiId, exampleBareEndpoint.apiId];
      await commit(...upsertEndpoints([exampleEndpoint, exampleBareEndpoint]));
      let most = 0;
      for (let round = 0; round < 40; round += 1) {
        const wanted = new Map([
          ['1', round % 2 === 0 ? a : b],
          ['2', a],
        ]);
        await commit(...changeShapeRoutes(await readShapeRoutes(store), wanted));
        const { routes, rows } = await readShapeRoutes(store);
        expect(routes).toEqual(wanted);
        most = Math.max(most, rows.length);
      }
      expect(most).toBeLessThan(25);
    });

    it('keeps services and specs', async () => {
      const service = {
        name: 'billing',
        exposure: 'partner',
        owner: 'payments',
        firstSeen: '2026-11-20T00:00:00.000Z',
      } as const;
      const bare = { name: 'Zed', firstSeen: '2026-11-21T00:00:00.000Z' };
      await commit(...upsertServices([service, bare]), ...upsertSpec(exampleSpec, '2026-11-23T10:00:00Z'));
      await commit(...upsertServices([{ name: 'billing', firstSeen: '2026-12-01T00:00:00Z' }]));
      expect(await listServices(store)).toEqual([bare, service]);
      expect(await listSpecs(store)).toEqual([exampleSpec]);
      await commit(...removeSpec(exampleSpec.file));
      expect(await listSpecs(store)).toEqual([]);
    });

    it('keeps the first installation only', async () => {
      expect(await readInstallation(store)).toBeUndefined();
      const installation = {
        id: '6f1c1b1e-0000-4000-8000-000000000001',
        createdAt: '2026-11-23T10:00:00.000Z',
      };
      await commit(...createInstallation(installation));
      expect(
        await commit(...createInstallation({ ...installation, id: '6f1c1b1e-0000-4000-8000-000000000002' })),
      ).toBeUndefined();
      expect(await readInstallation(store)).toEqual(installation);
    });
  });

  describe('findings', () => {
    it('gives findings back through all their states', async () => {
      await commit(...upsertEndpoints([exampleEndpoint]), ...upsertFindings([exampleFinding]));
      expect(await listFindings(store)).toEqual([exampleFinding]);
      const resolved = {
        ...exampleFinding,
        state: 'resolved',
        resolvedAt: '2026-11-24T00:00:00.000Z',
      } as const;
      await commit(...upsertFindings([resolved]));
      expect(await listFindings(store)).toEqual([resolved]);
      const reopened = { ...exampleFinding, state: 'reopened', evidence: [] } as const;
      await commit(...upsertFindings([{ ...reopened, openedAt: '2026-11-25T00:00:00.000Z' }]));
      expect(await listFindings(store)).toEqual([reopened]);
    });

    it('refuses a finding of an endpoint that is not there', async () => {
      await expect(commit(...upsertFindings([exampleFinding]))).rejects.toMatchObject({
        code: 'STORE_FAILED',
      });
    });
  });

  describe('text that cannot be kept as it is', () => {
    it('is replaced visibly, in the row and in the ledger alike', async () => {
      await commit(
        ...upsertEndpoints([{ ...exampleEndpoint, path: '/a\u0000b\ud800c\\u0000', owner: '😀' }]),
      );
      const [endpoint] = await listEndpoints(store);
      expect(endpoint).toMatchObject({ path: '/a\ufffdb\ufffdc\\u0000', owner: '😀' });
      const row = await store.db.selectFrom('ledger_rows').select('row').executeTakeFirstOrThrow();
      expect(JSON.parse(row.row).after.path).toBe('/a\ufffdb\ufffdc\\u0000');
    });
  });

  it('keeps names that would be special to a JavaScript object', async () => {
    const service = { name: '__proto__', owner: 'constructor', firstSeen: '2026-11-20T00:00:00.000Z' };
    await commit(...upsertServices([service]));
    expect(await listServices(store)).toEqual([service]);
    await commit(upsert('services', { name: 'toString' }, { initial: { first_seen: service.firstSeen } }));
    expect((await listServices(store)).map(({ name }) => name)).toEqual(['__proto__', 'toString']);
  });
}
