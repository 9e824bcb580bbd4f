import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { receiveBatch } from '../../src/store/postgres/batches.ts';
import type { Change } from '../../src/store/postgres/change.ts';
import { commitChange } from '../../src/store/postgres/commit-change.ts';
import { listEndpoints, retireEndpoints, upsertEndpoints } from '../../src/store/postgres/endpoints.ts';
import type { StateStore } from '../../src/store/postgres/open-state.ts';
import { listServices, upsertServices } from '../../src/store/postgres/services.ts';
import { addSource, listSources } from '../../src/store/postgres/sources.ts';
import { removeSpec, upsertSpec } from '../../src/store/postgres/specs.ts';
import { emptyState } from './empty-state.ts';
import { recomputeLedger } from './recompute-ledger.ts';
import {
  exampleAct,
  exampleBareEndpoint,
  exampleBatch,
  exampleEndpoint,
  exampleSource,
  exampleSpec,
} from './state-examples.ts';

/** What a commit does on every state store; `open` gives an empty one. */
export function describeCommits(open: () => Promise<StateStore>): void {
  let store: StateStore;
  const commit = (...changes: readonly Change[]) => commitChange(store, { ...exampleAct, changes });

  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());
  beforeEach(() => emptyState(store));

  it('writes one entry that names the act and commits to every row, in the order given', async () => {
    const changes = [
      ...upsertServices([service(2), service(1)]),
      ...upsertSpec(exampleSpec, '2026-11-23T10:00:00Z'),
    ];
    const evidence = [{ sha256: 'ab'.repeat(32), sizeBytes: 10, mediaType: 'application/yaml' }];
    const committed = await commitChange(store, { ...exampleAct, requestId: 'req-1', evidence, changes });
    const ledger = await recomputeLedger(store);
    expect(committed).toMatchObject({ seq: 0, rows: 3 });
    expect(ledger.entries).toEqual([
      {
        v: 1,
        ledger: 'instance',
        seq: 0,
        ts: '2026-11-23T10:00:00.500Z',
        actor: 'ana',
        actor_kind: 'user',
        action: 'inventory.update',
        target: 'logs/kong.ndjson',
        request_id: 'req-1',
        payload_commit: { rows: 3, root: expect.stringMatching(/^[0-9a-f]{64}$/) },
        evidence: [{ sha256: 'ab'.repeat(32), size_bytes: 10, media_type: 'application/yaml' }],
        prev: '00'.repeat(32),
      },
    ]);
    expect(ledger.rows).toEqual([changes]);
  });

  it('chains inserts, updates and deletes one after the other', async () => {
    await commit(
      ...upsertEndpoints([exampleEndpoint, exampleBareEndpoint]),
      ...upsertSpec(exampleSpec, '2026-11-23T10:00:00Z'),
    );
    await commit(...retireEndpoints([exampleEndpoint.apiId], new Date('2026-11-24T00:00:00Z')));
    await commit(...removeSpec(exampleSpec.file));
    const { rows } = await recomputeLedger(store);
    expect(rows.map((list) => list.length)).toEqual([3, 1, 1]);
    expect(rows.slice(1)).toEqual([
      [
        {
          table: 'endpoints',
          op: 'update',
          key: { api_id: exampleEndpoint.apiId },
          after: { retired_at: '2026-11-24T00:00:00.000Z' },
        },
      ],
      [{ table: 'specs', op: 'delete', key: { file: exampleSpec.file } }],
    ]);
  });

  it('leaves no trace of a change set that changes nothing', async () => {
    await commit(...upsertEndpoints([exampleEndpoint]));
    expect(await commit()).toBeUndefined();
    expect(await commit(...upsertEndpoints([exampleEndpoint]))).toBeUndefined();
    expect(await commit(...removeSpec('missing.yaml'))).toBeUndefined();
    expect((await recomputeLedger(store)).entries).toHaveLength(1);
  });

  it('records only the rows that changed', async () => {
    await commit(...upsertEndpoints([exampleEndpoint, exampleBareEndpoint]));
    const changed = upsertEndpoints([{ ...exampleBareEndpoint, owner: 'identity' }]);
    await commit(...upsertEndpoints([exampleEndpoint]), ...changed, ...removeSpec('missing.yaml'));
    expect((await recomputeLedger(store)).rows[1]).toEqual(changed);
  });

  it.each<{ name: string; changes: readonly Change[]; error: object }>([
    {
      name: 'a statement the database refuses',
      changes: [...addSource(exampleSource), ...receiveBatch({ ...exampleBatch, endOffset: 0 })],
      error: { code: 'STORE_FAILED', message: expect.stringContaining('"inventory.update" was not saved: ') },
    },
    {
      name: 'a reference that fails only at the end',
      changes: [...addSource(exampleSource), ...receiveBatch({ ...exampleBatch, sourceId: 9 })],
      error: { code: 'STORE_FAILED' },
    },
    {
      name: 'an update of a row that is not there',
      changes: [...addSource(exampleSource), ...retireEndpoints(['ffffffffffffffff'], new Date(0))],
      error: { message: '1 of 1 rows to update in endpoints are missing' },
    },
    {
      name: 'two changes of one row',
      changes: [...addSource(exampleSource), ...addSource(exampleSource)],
      error: { message: expect.stringContaining('changes a row twice') },
    },
    {
      name: 'a row that the ledger cannot hold',
      changes: [...addSource(exampleSource), ...receiveBatch({ ...exampleBatch, plan: { share: 0.5 } })],
      error: { message: expect.stringContaining('$.initial.plan.share is 0.5') },
    },
    {
      name: 'a value of the wrong type',
      changes: [...addSource(exampleSource), ...addSource({ ...exampleSource, id: 2, headLength: 2 ** 40 })],
      error: { code: 'STORE_FAILED' },
    },
  ])('undoes everything after $name, and goes on', async ({ changes, error }) => {
    await expect(commit(...changes)).rejects.toMatchObject(error);
    expect(await listSources(store)).toEqual([]);
    expect((await recomputeLedger(store)).entries).toEqual([]);
    await commit(...addSource(exampleSource));
    expect((await recomputeLedger(store)).entries).toHaveLength(1);
  });

  it('keeps neither parameters nor rows in the cause of a failure', async () => {
    const failure = commit(...addSource(exampleSource), ...receiveBatch({ ...exampleBatch, endOffset: 0 }));
    const error = await failure.then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(Object.keys((error?.cause as object | undefined) ?? {})).toEqual([]);
    expect(String(error?.cause)).toContain('23514');
  });

  it('keeps one chain without gaps when 32 commits run at the same time, some of which fail', async () => {
    const attempts = Array.from({ length: 32 }, (_, index) =>
      commit(...(index % 8 === 7 ? receiveBatch(exampleBatch) : upsertServices([service(index)]))),
    );
    const outcomes = await Promise.allSettled(attempts);
    const committed = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' && outcome.value ? [outcome.value.seq] : [],
    );
    const { entries, rows } = await recomputeLedger(store);
    expect(committed.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 28 }, (_, index) => index));
    expect(entries).toHaveLength(28);
    expect(rows.flat()).toHaveLength(28);
    expect(await listServices(store)).toHaveLength(28);
  });

  it('reads while commits run', async () => {
    const reads = Array.from({ length: 8 }, async (_, index) => {
      await commit(...upsertEndpoints([{ ...exampleEndpoint, apiId: `${index}`.padStart(16, '0') }]));
      return listEndpoints(store);
    });
    expect((await Promise.all(reads)).every((endpoints) => endpoints.length > 0)).toBe(true);
    expect(await listEndpoints(store)).toHaveLength(8);
  });
}

function service(number: number) {
  return { name: `service-${number}`, owner: 'team', firstSeen: '2026-11-20T00:00:00.000Z' };
}

/** One change set as large as an inventory gets; tells how long it took. */
export function describeLargeCommit(open: () => Promise<StateStore>): void {
  it('commits 100,000 rows as one entry', { timeout: 300_000 }, async () => {
    const store = await open();
    const changes = upsertServices(Array.from({ length: 100_000 }, (_, index) => service(index)));
    const startedAt = performance.now();
    const committed = await commitChange(store, { ...exampleAct, changes });
    console.info(`100,000 rows: ${Math.round(performance.now() - startedAt)} ms on ${store.kind}`);
    expect(committed).toMatchObject({ seq: 0, rows: 100_000 });
    expect((await recomputeLedger(store)).rows).toEqual([changes]);
    expect(await commitChange(store, { ...exampleAct, changes })).toBeUndefined();
    await store.close();
  });
}
