import type { ObservedShape } from '../../model/shape.ts';
import { withoutPort } from './host-name.ts';
import { segmentsOf } from './route-path.ts';

/** A shape with the service it was resolved to. */
export interface Observed {
  readonly service: string;
  readonly shape: ObservedShape;
}

/** Where a service was seen: `any`, at a host as the log writes it (empty: without a host), or at any port of it. */
export type Place = { readonly kind: 'any' } | { readonly kind: 'host' | 'any-port'; readonly host: string };

/** Which services were seen below which base paths. */
export interface TrafficIndex {
  services(place: Place, base: readonly string[]): readonly string[];
  /** Calls of the service below the base path that were answered with anything but 404 or 405. */
  callsBelow(service: string, base: readonly string[]): number;
}

/** Asked only for the base paths it was made with: 20,000 shapes and 1,000 base paths are not multiplied. */
export function trafficIndex(
  observed: readonly Observed[],
  bases: Iterable<readonly string[]>,
): TrafficIndex {
  const wanted = new Set([...bases].map(pathOf).concat(''));
  const services = new Map<string, Set<string>>();
  const calls = new Map<string, number>();
  for (const { service, shape } of observed) {
    const { host } = shape.origin;
    const places: Place[] = [
      { kind: 'any' },
      { kind: 'host', host },
      { kind: 'any-port', host: withoutPort(host) },
    ];
    for (const base of prefixes(segmentsOf(shape.shape))) {
      if (!wanted.has(base)) continue;
      const key = `${base}\n${service}`;
      calls.set(key, (calls.get(key) ?? 0) + shape.found);
      for (const place of places) addTo(services, keyOf(place, base), service);
    }
  }
  return {
    services: (place, base) => [...(services.get(keyOf(place, pathOf(base))) ?? [])],
    callsBelow: (service, base) => calls.get(`${pathOf(base)}\n${service}`) ?? 0,
  };
}

const pathOf = (segments: readonly string[]) => segments.map((segment) => `/${segment}`).join('');

function keyOf(place: Place, base: string): string {
  return place.kind === 'any' ? base : `${base}\n${place.kind}\n${place.host}`;
}

/** The root, and what each segment adds. */
function prefixes(segments: readonly string[]): string[] {
  const found = [''];
  for (const segment of segments) found.push(`${found.at(-1)}/${segment}`);
  return found;
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
}
