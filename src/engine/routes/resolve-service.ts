import type { Config, ServiceConfig } from '../../model/config.ts';
import { compareText } from '../../model/order.ts';
import type { Origin } from '../../model/shape.ts';
import { type HostPattern, hostPattern, plainHost } from './host-name.ts';
import { baseSegments, isBelow, segmentsOf } from './route-path.ts';

/** The service of an origin and the shape of a path. */
export type ServiceResolver = (origin: Origin, shape: string) => string;

interface Mapped {
  readonly name: string;
  readonly hosts: readonly HostPattern[];
  readonly gatewayServices: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  readonly basePaths: readonly (readonly string[])[];
}

/** A mapped service that claims an origin. */
interface Claim {
  readonly service: Mapped;
  /** How exactly it names the origin: a name in full, then a pattern by its length, then base paths alone. */
  readonly strength: number;
}

const ONLY_BASE_PATHS = -1;

/**
 * The service an exchange belongs to: the `services:` mapping first, else the gateway's service, else the host,
 * else the source's name.
 *
 * A mapped service claims the origins it names by host, gateway service or source; one that names none of them
 * claims every origin below its base paths. Of several claims the longest base path wins, then the more exact
 * name (a host before a pattern, `*.api.example.com` before `*`), then the first name.
 */
export function serviceResolver(services: Config['services']): ServiceResolver {
  const mapped = Object.entries(services)
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, service]) => mappedService(name, service));
  const claimsOf = new Map<string, readonly Claim[]>();
  return (origin, shape) => {
    const key = JSON.stringify([origin.service, origin.host, origin.source]);
    const claims = claimsOf.get(key) ?? mapped.flatMap((service) => claim(service, origin));
    claimsOf.set(key, claims);
    const segments = claims.length === 0 ? [] : segmentsOf(shape);
    let best: { readonly name: string; readonly rank: readonly number[] } | undefined;
    for (const { service, strength } of claims) {
      const depth = depthOf(service, segments);
      if (depth === undefined || !isMore([depth, strength], best?.rank)) continue;
      best = { name: service.name, rank: [depth, strength] };
    }
    return best?.name ?? (origin.service || origin.host || origin.source);
  };
}

function mappedService(name: string, service: ServiceConfig): Mapped {
  return {
    name,
    hosts: service.hosts.map(hostPattern),
    gatewayServices: new Set(service.gatewayServices),
    sources: new Set(service.sources),
    basePaths: service.basePaths.map(baseSegments),
  };
}

function claim(service: Mapped, origin: Origin): Claim[] {
  const host = plainHost(origin.host);
  const strengths = service.hosts.flatMap((pattern) => pattern(host) ?? []);
  const isNamed =
    (origin.service !== '' && service.gatewayServices.has(origin.service)) ||
    (origin.source !== '' && service.sources.has(origin.source));
  if (isNamed) strengths.push(Number.POSITIVE_INFINITY);
  if (strengths.length > 0) return [{ service, strength: Math.max(...strengths) }];
  const namesNothing = service.hosts.length + service.gatewayServices.size + service.sources.size === 0;
  return namesNothing && service.basePaths.length > 0 ? [{ service, strength: ONLY_BASE_PATHS }] : [];
}

/** Segments of the longest base path that holds the path; undefined when none does. */
function depthOf({ basePaths }: Mapped, segments: readonly string[]): number | undefined {
  if (basePaths.length === 0) return 0;
  let depth: number | undefined;
  for (const base of basePaths) {
    if (base.length >= (depth ?? 0) && isBelow(base, segments)) depth = base.length;
  }
  return depth;
}

function isMore(rank: readonly number[], other: readonly number[] | undefined): boolean {
  if (other === undefined) return true;
  const index = rank.findIndex((value, at) => value !== other[at]);
  return index !== -1 && (rank[index] ?? 0) > (other[index] ?? 0);
}
