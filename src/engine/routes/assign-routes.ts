import type { Config } from '../../model/config.ts';
import type { Documented } from '../../model/endpoint.ts';
import { type ObservedShape, OVERFLOW_SHAPE, PROBE_SHAPE } from '../../model/shape.ts';
import type { SpecDocument, SpecOperation } from '../../model/spec.ts';
import { bindSpecs, type SpecBinding } from './bind-specs.ts';
import { templateMatcher } from './match-template.ts';
import { nameParameters } from './name-parameters.ts';
import { serviceResolver } from './resolve-service.ts';

/** One operation of one service, with the shapes that belong to it. */
export interface AssignedRoute {
  readonly service: string;
  readonly method: string;
  /** The template with named parameters. */
  readonly path: string;
  readonly source: 'spec' | 'shape';
  readonly documented: Documented;
  readonly described?: { readonly spec: SpecDocument; readonly operation: SpecOperation };
  readonly shapeIds: readonly string[];
  /** RFC 3339, UTC; absent for an operation never seen. */
  readonly firstSeen?: string;
  readonly lastSeen?: string;
}

export interface RouteInput {
  readonly shapes: readonly ObservedShape[];
  readonly specs: readonly SpecDocument[];
  readonly services: Config['services'];
}

interface Draft {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly source: 'spec' | 'shape';
  readonly described?: AssignedRoute['described'];
  readonly shapes: ObservedShape[];
}

/**
 * The routes of an inventory: operations of specs first, then the shapes no spec describes.
 * Pure, and independent of the order of its input. Learning from traffic has its place here: it will stand
 * between the two, turning shapes into templates before they are named.
 */
export function assignRoutes(input: RouteInput): AssignedRoute[] {
  const serviceOf = serviceResolver(input.services);
  const shapes = input.shapes
    .filter(({ shape }) => shape !== OVERFLOW_SHAPE && shape !== PROBE_SHAPE)
    .toSorted((a, b) => (a.shapeId < b.shapeId ? -1 : 1));
  const bindings = bindSpecs(input.specs, shapes, { services: input.services, serviceOf });
  const described = describedServices(bindings);
  const drafts = new Map<string, Draft>();
  for (const service of described.values()) for (const draft of service.drafts) keep(drafts, draft);
  for (const shape of shapes) {
    const service = serviceOf(shape.origin, shape.shape);
    const matcher = described.get(service)?.matcher;
    const known = matcher?.find(shape.method, shape.shape) ?? implied(shape, matcher);
    if (known === 'preflight') continue;
    keep(drafts, known ?? fromShape(service, shape)).shapes.push(shape);
  }
  foldImplicitMethods(drafts);
  return [...drafts.values()]
    .map((draft) => assigned(draft, described.has(draft.service)))
    .sort((a, b) => compare([a.service, a.path, a.method], [b.service, b.path, b.method]));
}

interface DescribedService {
  readonly matcher: ReturnType<typeof templateMatcher<Draft>>;
  readonly drafts: Draft[];
}

function describedServices(bindings: readonly SpecBinding[]): Map<string, DescribedService> {
  const services = new Map<string, DescribedService>();
  for (const { service, spec, basePaths } of bindings) {
    const known = services.get(service) ?? { matcher: templateMatcher<Draft>(), drafts: [] };
    services.set(service, known);
    for (const operation of spec.operations) {
      const bases =
        operation.servers === undefined ? basePaths : operation.servers.map((server) => server.basePath);
      for (const base of new Set(bases)) {
        const path = `${base}${operation.path}`;
        const draft: Draft = {
          service,
          method: operation.method,
          path,
          source: 'spec',
          described: { spec, operation },
          shapes: [],
        };
        known.matcher.add(operation.method, path, draft);
        known.drafts.push(draft);
      }
    }
  }
  return services;
}

/** What a spec means without saying so: HEAD where it has GET, and no operation for the OPTIONS of its paths. */
function implied(
  shape: ObservedShape,
  matcher: DescribedService['matcher'] | undefined,
): Draft | 'preflight' | undefined {
  if (shape.method === 'HEAD') return matcher?.find('GET', shape.shape);
  return shape.method === 'OPTIONS' && matcher?.knows(shape.shape) === true ? 'preflight' : undefined;
}

function fromShape(service: string, shape: ObservedShape): Draft {
  return { service, method: shape.method, path: nameParameters(shape.shape), source: 'shape', shapes: [] };
}

/** One draft per identity: parameter names do not count. */
function keep(drafts: Map<string, Draft>, draft: Draft): Draft {
  const key = identity(draft.service, draft.method, draft.path);
  const known = drafts.get(key);
  if (known !== undefined) return known;
  drafts.set(key, draft);
  return draft;
}

const identity = (service: string, method: string, path: string) =>
  JSON.stringify([service, method, path.replace(/\{[^{}]*\}/g, '{}')]);

/**
 * HEAD is GET without a body, and OPTIONS is a question of browsers before the call: on a route that has other
 * methods, and unless a spec describes them, HEAD counts with GET and OPTIONS is no operation of its own.
 */
function foldImplicitMethods(drafts: Map<string, Draft>): void {
  const others = new Set(
    [...drafts.values()]
      .filter((draft) => !['HEAD', 'OPTIONS'].includes(draft.method))
      .map((draft) => identity(draft.service, '', draft.path)),
  );
  for (const [key, draft] of drafts) {
    if (draft.source === 'spec') continue;
    const get = drafts.get(identity(draft.service, 'GET', draft.path));
    if (draft.method === 'HEAD' && get !== undefined) {
      get.shapes.push(...draft.shapes);
      drafts.delete(key);
    }
    if (draft.method === 'OPTIONS' && others.has(identity(draft.service, '', draft.path))) drafts.delete(key);
  }
}

function assigned(draft: Draft, isClaimed: boolean): AssignedRoute {
  const { service, method, path, source, described, shapes } = draft;
  const seen = shapes.map((shape) => shape.firstSeen).sort();
  const last = shapes.map((shape) => shape.lastSeen).sort();
  const [firstSeen, lastSeen] = [seen[0], last.at(-1)];
  let documented: Documented = isClaimed ? false : 'unknown';
  if (described !== undefined) documented = true;
  return {
    service,
    method,
    path,
    source,
    documented,
    shapeIds: shapes.map((shape) => shape.shapeId).sort(),
    ...(described !== undefined && { described }),
    ...(firstSeen !== undefined && lastSeen !== undefined && { firstSeen, lastSeen }),
  };
}

function compare(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((part, at) => part !== b[at]);
  return index !== -1 && (a[index] ?? '') < (b[index] ?? '') ? -1 : Number(index !== -1);
}
