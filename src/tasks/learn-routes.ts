import { apiId } from '../engine/classify/classify.ts';
import { assignRoutes } from '../engine/routes/assign-routes.ts';
import type { Endpoint } from '../model/endpoint.ts';
import type { TrafficFacts } from '../model/fact.ts';
import { readEndpointFacts } from '../store/clickhouse/endpoint-facts.ts';
import { mirrorShapeEndpoints } from '../store/clickhouse/shape-endpoints.ts';
import { readProbes, readShapes } from '../store/clickhouse/shapes.ts';
import { listBatchInputs } from '../store/postgres/batch-inputs.ts';
import type { Change } from '../store/postgres/change.ts';
import { commitChange } from '../store/postgres/commit-change.ts';
import { listEndpoints, retireEndpoints, upsertEndpoints } from '../store/postgres/endpoints.ts';
import { changeShapeRoutes, readShapeRoutes } from '../store/postgres/shape-routes.ts';
import { listSpecs } from '../store/postgres/specs.ts';
import { describeEndpoint } from './describe-endpoint.ts';
import type { Workspace } from './open-workspace.ts';

/** An inventory holds at most this many shapes that became endpoints; the quietest beyond are counted, not kept. */
export const MAX_SHAPES = 20_000;

/** One endpoint with what traffic says of it. */
export interface InventoryEntry {
  readonly endpoint: Endpoint;
  readonly traffic: readonly TrafficFacts[];
}

export interface Inventory {
  readonly entries: readonly InventoryEntry[];
  /** Shapes beyond the bound. */
  readonly shapesLeftOut: number;
}

/** Whether what is learned is kept, or only looked at. */
export type Effect = 'keep' | 'look';

/**
 * Brings the inventory up to date: shapes become routes, routes become endpoints, and what is known of each is
 * kept. Identity, first discovery and owner of an endpoint are never reset.
 */
export async function learnRoutes(workspace: Workspace, effect: Effect): Promise<Inventory> {
  const { config, deps, state, traffic } = workspace;
  const { shapes, leftOut } = await readShapes(traffic, MAX_SHAPES);
  const routes = assignRoutes({
    // What only ever answered 404 joins a route that is known, and never makes one.
    shapes: [...shapes, ...(await readProbes(traffic, MAX_SHAPES))],
    specs: await listSpecs(state),
    services: config.services,
  });
  const identified = routes.map((route) => ({ route, id: apiId(route.service, route.method, route.path) }));
  const pairs = identified.flatMap(({ route, id }) =>
    route.shapeIds.map((shapeId) => ({ shapeId, apiId: id })),
  );
  const changes = effect === 'keep' ? await mirrorShapes(workspace, pairs) : [];
  const inputs = new Map((await listBatchInputs(state)).map(({ batch, path }) => [batch, { input: path }]));
  const facts = await readEndpointFacts(traffic, (batch) => inputs.get(batch));
  const known = new Map((await listEndpoints(state)).map((endpoint) => [endpoint.apiId, endpoint]));
  const entries = identified.map(({ route, id }) => {
    const observed = facts.get(id) ?? [];
    return {
      endpoint: describeEndpoint({ route, id, observed, known: known.get(id), config, now: deps.now() }),
      traffic: observed,
    };
  });
  if (effect === 'keep') await keep(workspace, { entries, known: [...known.keys()], changes });
  return { entries, shapesLeftOut: leftOut };
}

type Pair = { readonly shapeId: string; readonly apiId: string };

/**
 * The traffic store gets the pairs it has otherwise; a shape that left its endpoint is mapped to none. It is asked
 * itself what it has: a run that was killed may have written there what the state never heard of.
 */
async function mirrorShapes({ state, traffic }: Workspace, pairs: readonly Pair[]): Promise<Change[]> {
  const wanted = new Map(pairs.map((pair) => [pair.shapeId, pair.apiId]));
  await mirrorShapeEndpoints(traffic, wanted);
  return changeShapeRoutes(await readShapeRoutes(state), wanted);
}

interface Learned {
  readonly entries: readonly InventoryEntry[];
  readonly known: readonly string[];
  /** Of the mapping from shapes. */
  readonly changes: readonly Change[];
}

async function keep({ deps, state }: Workspace, { entries, known, changes }: Learned): Promise<void> {
  const current = new Set(entries.map(({ endpoint }) => endpoint.apiId));
  const retired = known.filter((id) => !current.has(id));
  await commitChange(state, {
    actor: 'stance',
    actorKind: 'system',
    action: 'inventory.learn',
    target: 'inventory',
    at: deps.now(),
    changes: [
      ...upsertEndpoints(entries.map(({ endpoint }) => endpoint)),
      ...retireEndpoints(retired, deps.now()),
      ...changes,
    ],
  });
}
