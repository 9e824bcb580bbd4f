import type { Config, ServiceConfig } from '../../model/config.ts';
import type { Origin } from '../../model/shape.ts';

/** Finds the service of an origin and path, and remembers the answer for the next of the same origin. */
export type ServiceResolver = (origin: Origin, path: string) => string;

/**
 * The service an exchange belongs to: the `services:` mapping first, else the gateway's service, else the
 * host, else the source's name. Of several mapped services the one with the longest base path wins, then the
 * first by name.
 */
export function serviceResolver(services: Config['services']): ServiceResolver {
  const configured = Object.entries(services).sort(([a], [b]) => (a < b ? -1 : 1));
  return (origin, path) => {
    let best: { name: string; depth: number } | undefined;
    for (const [name, service] of configured) {
      const depth = matchDepth(service, origin, path);
      if (depth !== undefined && depth > (best?.depth ?? -1)) best = { name, depth };
    }
    return best?.name ?? (origin.service || origin.host || origin.source);
  };
}

/** Length of the base path that matched; undefined when the service does not claim the origin. */
function matchDepth(service: ServiceConfig, origin: Origin, path: string): number | undefined {
  const named =
    service.hosts.some((host) => matchesHost(host, origin.host)) ||
    service.gatewayServices.includes(origin.service) ||
    (origin.source !== '' && service.sources.includes(origin.source));
  const namesNothing = service.hosts.length + service.gatewayServices.length + service.sources.length === 0;
  if (!named && !(namesNothing && service.basePaths.length > 0)) return undefined;
  if (service.basePaths.length === 0) return 0;
  const depths = service.basePaths.filter((base) => isBelow(base, path)).map((base) => base.length);
  return depths.length === 0 ? undefined : Math.max(...depths);
}

/** `path` is `base` or lies below it; a base of `/` or the empty string holds everything. */
export function isBelow(base: string, path: string): boolean {
  const trimmed = base.replace(/\/+$/, '');
  return trimmed === '' || path === trimmed || path.startsWith(`${trimmed}/`);
}

function matchesHost(pattern: string, host: string): boolean {
  if (host === '') return false;
  const parts = pattern.toLowerCase().split('*');
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return first === host;
  if (!host.startsWith(first)) return false;
  let position = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = host.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  const last = rest.at(-1) ?? '';
  return host.endsWith(last) && host.length - last.length >= position;
}
