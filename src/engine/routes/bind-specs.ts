import type { Config } from '../../model/config.ts';
import type { ObservedShape } from '../../model/shape.ts';
import type { SpecDocument, SpecServer } from '../../model/spec.ts';
import { templateMatcher } from './match-template.ts';
import { isBelow, type ServiceResolver } from './resolve-service.ts';

/** A spec describes a service below these base paths. */
export interface SpecBinding {
  readonly service: string;
  readonly spec: SpecDocument;
  readonly basePaths: readonly string[];
}

interface Observed {
  readonly service: string;
  readonly shape: ObservedShape;
}

/**
 * Which services each spec describes.
 *
 * A service that names the spec in `stance.yaml` is bound. Otherwise the spec's servers decide: host and base
 * path must fit. Where one side has no host (a relative server, a log without hosts) base path and at least one
 * operation that really answered must fit instead, and a relative server needs one more sign: the service is
 * called like the spec, or it is the only one. A spec that fits no traffic names its own service.
 */
export function bindSpecs(
  specs: readonly SpecDocument[],
  shapes: readonly ObservedShape[],
  config: { readonly services: Config['services']; readonly serviceOf: ServiceResolver },
): SpecBinding[] {
  const observed = shapes.map((shape) => ({ shape, service: config.serviceOf(shape.origin, shape.shape) }));
  const serviceCount = new Set(observed.map((entry) => entry.service)).size;
  return specs.flatMap((spec) => {
    const explicit = Object.entries(config.services).filter(([, service]) =>
      service.specs.some((file) => spec.file === file || spec.file.endsWith(`/${file}`)),
    );
    if (explicit.length > 0) {
      return explicit.map(([service]) => ({ service, spec, basePaths: basePathsOf(spec) }));
    }
    const byServer = bindByServers(spec, observed, serviceCount);
    return byServer.length > 0 ? byServer : [unseen(spec, config.serviceOf)];
  });
}

function bindByServers(
  spec: SpecDocument,
  observed: readonly Observed[],
  serviceCount: number,
): SpecBinding[] {
  const basePaths = new Map<string, Set<string>>();
  for (const server of serversOf(spec)) {
    const answered = answeredBelow(spec, server.basePath);
    for (const { service, shape } of observed) {
      if (!isBelow(server.basePath, shape.shape)) continue;
      const isCertain = server.host !== '' && server.host === shape.origin.host;
      const isPossible =
        (server.host === '' || shape.origin.host === '') &&
        (server.host !== '' || serviceCount === 1 || isNamedLike(service, spec)) &&
        answered(shape);
      if (!isCertain && !isPossible) continue;
      basePaths.set(service, (basePaths.get(service) ?? new Set()).add(server.basePath));
    }
  }
  return [...basePaths].map(([service, paths]) => ({ service, spec, basePaths: [...paths].sort() }));
}

function answeredBelow(spec: SpecDocument, basePath: string): (shape: ObservedShape) => boolean {
  const matcher = templateMatcher<true>();
  for (const operation of spec.operations)
    matcher.add(operation.method, `${basePath}${operation.path}`, true);
  return (shape) => matcher.find(shape.method, shape.shape) === true;
}

function serversOf(spec: SpecDocument): readonly SpecServer[] {
  const own = spec.operations.flatMap((operation) => operation.servers ?? []);
  const servers = [...spec.servers, ...own];
  return servers.length > 0 ? servers : [{ host: '', basePath: '', scheme: '' }];
}

function basePathsOf(spec: SpecDocument): string[] {
  return [...new Set(serversOf(spec).map((server) => server.basePath))].sort();
}

function unseen(spec: SpecDocument, serviceOf: ServiceResolver): SpecBinding {
  const server = serversOf(spec)[0] ?? { host: '', basePath: '', scheme: '' };
  const origin = { service: '', host: server.host, source: slug(spec.title) || slug(stem(spec.file)) };
  return { service: serviceOf(origin, server.basePath), spec, basePaths: [server.basePath] };
}

function isNamedLike(service: string, spec: SpecDocument): boolean {
  const name = slug(service);
  return name !== '' && (name === slug(spec.title) || name === slug(stem(spec.file)));
}

const stem = (file: string) => (file.split('/').at(-1) ?? '').replace(/\.[^.]+$/, '');
const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/(^-|-$|-(api|service|openapi)$)/g, '');
