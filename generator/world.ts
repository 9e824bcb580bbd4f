import { type Clients, clientsOf } from './clients.ts';
import type { GatewayService, Planted, UpstreamTarget } from './exchange.ts';
import { createRandom, type Random, zipf } from './random.ts';
import type { Habits, QueryParameter, RoutePlan, ServicePlan } from './service-plan.ts';
import { SERVICE_PLANS } from './services.ts';
import { uuidOf, type ValueKind } from './values.ts';

const DAY_MS = 86_400_000;
/** How far a seed may push a route's popularity up or down. */
const POPULARITY_SPREAD = 0.5;

export interface Parameter {
  readonly name: string;
  readonly kind: ValueKind;
}

/** One operation of one service, with every habit settled. */
export interface Operation extends Habits {
  readonly index: number;
  readonly service: Service;
  readonly method: string;
  /** Below the base path: `/v1/users/{userId}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** The fixed text around the parameters; one more than there are parameters. */
  readonly literals: readonly string[];
  readonly query: readonly QueryParameter[];
  readonly contentType: string;
  readonly latencyMs: number;
  readonly bodyBytes: number;
  /** Relative to the operations of all services; 0 when never called. */
  readonly weight: number;
  readonly planted: Planted;
}

export interface Service extends Omit<ServicePlan, 'routes'> {
  readonly index: number;
  readonly gateway: GatewayService;
  readonly targets: readonly UpstreamTarget[];
  readonly operations: readonly Operation[];
}

export interface World {
  readonly seed: number;
  readonly services: readonly Service[];
  readonly clients: Clients;
}

export interface WorldOptions {
  readonly seed: number;
  /** Milliseconds since 1970, UTC: sunset dates are set from here. */
  readonly start: number;
}

/** The organisation that a seed stands for: the same for any count, days or choice of services. */
export function createWorld(options: WorldOptions): World {
  const random = createRandom(options.seed);
  const services = SERVICE_PLANS.map((plan, index) => serviceOf(plan, index, random, options.start));
  const names = services.map((service) => service.name);
  return { seed: options.seed, services, clients: clientsOf(random, names) };
}

function serviceOf(plan: ServicePlan, index: number, random: Random, start: number): Service {
  const { routes, ...habits } = plan;
  const operations: Operation[] = [];
  const service: Service = {
    ...habits,
    index,
    gateway: gatewayOf(plan),
    targets: targetsOf(index, random),
    operations,
  };
  const ranks = zipf(routes.length);
  const shares = routes.map((route, rank) => (route.uncalled ? 0 : (ranks[rank] ?? 0) * spread(random)));
  const total = shares.reduce((sum, share) => sum + share, 0);
  for (const [rank, route] of routes.entries()) {
    const weight = (plan.weight * (shares[rank] ?? 0)) / total;
    // 64 operations a service at most: enough for every plan, and indexes stay unique.
    operations.push(operationOf(service, route, { index: index * 64 + rank, weight, random, start }));
  }
  return service;
}

interface Setting {
  readonly index: number;
  readonly weight: number;
  readonly random: Random;
  readonly start: number;
}

function operationOf(service: Service, route: RoutePlan, setting: Setting): Operation {
  const [method = 'GET', written = '/'] = route.call.split(' ');
  const parameters = [...written.matchAll(/\{(\w+):([\w-]+)\}/g)].map(([, name, kind]) => ({
    name: name ?? '',
    kind: kind as ValueKind, // a test holds that every kind in a plan is known
  }));
  const path = written.replaceAll(/:[\w-]+\}/g, '}');
  return {
    index: setting.index,
    service,
    method,
    path,
    parameters,
    literals: (service.basePath + path).split(/\{\w+\}/),
    query: route.query ?? [],
    contentType: route.contentType ?? 'application/json',
    latencyMs: 8 + setting.random.below(60),
    bodyBytes: 120 + setting.random.below(3000),
    weight: setting.weight,
    planted: {
      kind: 'route',
      service: service.name,
      method,
      template: service.basePath + path,
      documented: service.described ? !route.hidden : 'unknown',
      deprecated: route.sunsetInDays !== undefined,
      sunset: sunsetOf(route, setting.start),
      exposure: service.exposure,
    },
    ...habitsOf(service, route),
  };
}

function habitsOf(service: Service, route: RoutePlan): Habits {
  return {
    authentication: route.authentication ?? service.authentication,
    tls: route.tls ?? service.tls,
    rateLimit: route.rateLimit ?? service.rateLimit,
    cors: route.cors ?? service.cors,
    securityHeaders: route.securityHeaders ?? service.securityHeaders,
    validation: route.validation ?? service.validation,
  };
}

function sunsetOf(route: RoutePlan, start: number): string | null {
  if (route.sunsetInDays === undefined) return null;
  return new Date(start + route.sunsetInDays * DAY_MS).toISOString().slice(0, 10);
}

function gatewayOf(plan: ServicePlan): GatewayService {
  return {
    id: uuidOf(`service ${plan.name}`),
    name: plan.name,
    host: `${plan.name}.upstream.internal`,
    port: 8080,
    protocol: 'http',
    routeId: uuidOf(`route ${plan.name}`),
    routeName: plan.name,
    basePath: plan.basePath,
  };
}

function targetsOf(index: number, random: Random): UpstreamTarget[] {
  return [1, 2, 3].map((last) => ({ address: `10.20.${index}.${last * 10 + random.below(10)}`, port: 8080 }));
}

function spread(random: Random): number {
  return 1 - POPULARITY_SPREAD / 2 + random.fraction() * POPULARITY_SPREAD;
}
