import type { Config } from '../../model/config.ts';
import type { Documented } from '../../model/endpoint.ts';
import { compareEndpoints, compareText } from '../../model/order.ts';
import { type ObservedShape, OVERFLOW_SHAPE, PROBE_SHAPE } from '../../model/shape.ts';
import type { SpecDocument, SpecOperation } from '../../model/spec.ts';
import { apiId } from '../classify/classify.ts';
import { bindSpecs, type SpecBinding } from './bind-specs.ts';
import { type TemplateMatcher, templateMatcher } from './match-template.ts';
import { nameParameters, unitedShape } from './name-parameters.ts';
import { serviceResolver } from './resolve-service.ts';
import { isBelow, routePath, segmentsOf } from './route-path.ts';

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
  /** From a description the template, else one of its shapes. */
  readonly path: string;
  readonly described?: AssignedRoute['described'];
  readonly shapes: ObservedShape[];
}

/** What descriptions say of one service. */
interface DescribedService {
  readonly matcher: TemplateMatcher<Draft>;
  /** The parts they cover, as segments of shapes. */
  readonly claims: (readonly string[])[];
}

/**
 * The routes of an inventory: operations of descriptions first, then the shapes that none describes. Every shape
 * belongs to one route, but for those that are no operation: preflights, shapes over a bound, and shapes that
 * only ever answered 404 or 405 where no route is known otherwise. No two routes have the same identity; of two
 * descriptions of one operation that of the first file counts.
 *
 * Pure, and independent of the order of its input. Learning from traffic has its place here: it will stand
 * between the two, turning shapes into templates before they are named.
 */
export function assignRoutes(input: RouteInput): AssignedRoute[] {
  const serviceOf = serviceResolver(input.services);
  const observed = input.shapes
    .filter(({ shape }) => shape !== OVERFLOW_SHAPE && shape !== PROBE_SHAPE)
    .toSorted((a, b) => compareText(a.shapeId, b.shapeId))
    .map((shape) => ({ shape, service: serviceOf(shape.origin, shape.shape) }));
  const drafts = new Map<string, Draft>();
  const bindings = bindSpecs(input.specs, observed, { services: input.services, serviceOf });
  const described = describedServices(bindings, drafts);
  const probes: Draft[] = [];
  for (const { service, shape } of observed) {
    const known = describedDraft(shape, described.get(service)?.matcher);
    if (known === 'preflight') continue;
    const own: Draft = { service, method: shape.method, path: shape.shape, shapes: [] };
    const draft = known ?? (shape.found > 0 ? keep(drafts, own) : own);
    draft.shapes.push(shape);
    if (draft === own && shape.found === 0) probes.push(draft);
  }
  joinProbes(drafts, probes);
  foldImplicitMethods(drafts);
  return [...drafts.values()]
    .map((draft) => assigned(draft, described.get(draft.service)))
    .sort((a, b) => compareEndpoints(a, b));
}

function describedServices(
  bindings: readonly SpecBinding[],
  drafts: Map<string, Draft>,
): Map<string, DescribedService> {
  const services = new Map<string, DescribedService>();
  for (const { service, spec, basePath, operations, claims } of bindings) {
    const known = services.get(service) ?? { matcher: templateMatcher<Draft>(), claims: [] };
    services.set(service, known);
    if (claims !== undefined) known.claims.push(claims);
    for (const operation of operations) {
      const path = routePath(basePath, operation.path);
      const draft = { service, method: operation.method, path, described: { spec, operation }, shapes: [] };
      known.matcher.add(operation.method, path, keep(drafts, draft));
    }
  }
  return services;
}

/** Calls that found nothing belong to a route that others found; alone they are no route. */
function joinProbes(drafts: Map<string, Draft>, probes: readonly Draft[]): void {
  for (const { service, method, path, shapes } of probes) {
    const draft =
      drafts.get(apiId(service, method, path)) ??
      (method === 'HEAD' ? drafts.get(apiId(service, 'GET', path)) : undefined);
    draft?.shapes.push(...shapes);
  }
}

/** One draft per identity: what parameters are called does not count. */
function keep(drafts: Map<string, Draft>, draft: Draft): Draft {
  const id = apiId(draft.service, draft.method, draft.path);
  const known = drafts.get(id) ?? draft;
  drafts.set(id, known);
  return known;
}

/** What a description means without saying so: HEAD where it has GET, and no operation for the OPTIONS of its paths. */
function describedDraft(
  { method, shape }: ObservedShape,
  matcher: TemplateMatcher<Draft> | undefined,
): Draft | 'preflight' | undefined {
  const draft = matcher?.find(method, shape);
  if (draft !== undefined) return draft;
  if (method === 'HEAD') return matcher?.find('GET', shape);
  return method === 'OPTIONS' && matcher?.knows(shape) === true ? 'preflight' : undefined;
}

/**
 * HEAD is GET without a body, and OPTIONS is a question of browsers before the call: on a route that has other
 * methods, and unless a description has them, HEAD counts with GET and OPTIONS is no operation of its own.
 */
function foldImplicitMethods(drafts: Map<string, Draft>): void {
  const withOthers = new Set<string>();
  for (const { service, method, path } of drafts.values()) {
    if (method !== 'HEAD' && method !== 'OPTIONS') withOthers.add(apiId(service, '', path));
  }
  for (const [id, { service, method, path, described, shapes }] of drafts) {
    if (described !== undefined) continue;
    const get = method === 'HEAD' ? drafts.get(apiId(service, 'GET', path)) : undefined;
    get?.shapes.push(...shapes);
    const isPreflight = method === 'OPTIONS' && withOthers.has(apiId(service, '', path));
    if (get !== undefined || isPreflight) drafts.delete(id);
  }
}

function assigned(draft: Draft, known: DescribedService | undefined): AssignedRoute {
  const { service, method, described, shapes } = draft;
  const firstSeen = shapes.map((shape) => shape.firstSeen).sort()[0];
  const lastSeen = shapes
    .map((shape) => shape.lastSeen)
    .sort()
    .at(-1);
  return {
    service,
    method,
    path: described === undefined ? nameParameters(pathOf(shapes)) : draft.path,
    source: described === undefined ? 'shape' : 'spec',
    documented: described !== undefined || documentedByNone(draft, known),
    ...(described !== undefined && { described }),
    shapeIds: shapes.map((shape) => shape.shapeId).sort(),
    ...(firstSeen !== undefined && lastSeen !== undefined && { firstSeen, lastSeen }),
  };
}

/** Whoever guesses paths does not change what a route is called. */
function pathOf(shapes: readonly ObservedShape[]): string {
  const found = shapes.filter((shape) => shape.found > 0);
  return found.map(({ shape }) => shape).reduce(unitedShape);
}

function documentedByNone({ path }: Draft, known: DescribedService | undefined): false | 'unknown' {
  const segments = segmentsOf(path);
  return known?.claims.some((claim) => isBelow(claim, segments)) === true ? false : 'unknown';
}
