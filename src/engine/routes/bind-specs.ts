import type { Config } from '../../model/config.ts';
import { compareText } from '../../model/order.ts';
import type { SpecDocument, SpecOperation } from '../../model/spec.ts';
import { bindGroup, type GroupBinding, type Traffic } from './bind-group.ts';
import type { ServiceResolver } from './resolve-service.ts';
import { withoutVersion } from './route-path.ts';
import { nameOfSpec } from './service-name.ts';
import { type Mount, specEvidence } from './spec-evidence.ts';
import { type GroupServer, type SpecGroup, specGroups } from './spec-groups.ts';
import { type Observed, type TrafficIndex, trafficIndex } from './traffic-index.ts';

/** A description's operations below one base path of a service. */
export interface SpecBinding {
  readonly service: string;
  readonly spec: SpecDocument;
  readonly basePath: string;
  readonly operations: readonly SpecOperation[];
  /**
   * The part of the service that the description covers: what lies below these segments of a shape and is in no
   * description is undocumented. Absent where it covers nothing but its own operations.
   */
  readonly claims?: readonly string[];
}

interface BindContext {
  readonly services: Config['services'];
  readonly serviceOf: ServiceResolver;
}

interface Described {
  readonly spec: SpecDocument;
  readonly groups: readonly SpecGroup[];
  /** Services that name the file in `stance.yaml`. */
  readonly mapped: readonly string[];
}

interface Settled extends BindContext, Traffic {
  /** Services that a gateway or `stance.yaml` names. */
  readonly named: ReadonlySet<string>;
}

const NOWHERE: GroupServer = { host: '', isLocal: false, basePath: '', base: [] };

/**
 * Which services each description describes, and below which base paths, in the order of the files.
 *
 * A service that names the description's file in `stance.yaml` is bound, whatever the servers say; its own base
 * paths are tried too. Otherwise host and base path of a server must fit calls that were answered with anything but
 * 404 or 405:
 *
 * - The host is in the traffic; a port counts only when both sides have one. The only service there is bound; of
 *   several behind one host, those that answered at least half as many operations as the one that answered most.
 * - The log has no hosts: those that answered at least half as many as the one that answered most.
 * - The server is relative or `localhost`: the service answered an operation, and is called like the description,
 *   is the only one, or answered three operations with half of its calls.
 * - The host is nowhere in the traffic: the service answered an operation and is called like the description.
 *
 * Of several base paths those count below which an operation was answered, else the first. Operations with servers
 * of their own are bound by those. What fits no traffic is kept under a service of its own, named by host or title.
 *
 * A service that a gateway or `stance.yaml` names is covered as a whole. Behind a mere host or log there may be
 * more APIs: there only what lies below the base path, its version not counted, is covered.
 */
export function bindSpecs(
  specs: readonly SpecDocument[],
  traffic: readonly Observed[],
  context: BindContext,
): SpecBinding[] {
  const { services } = context;
  const observed = traffic.filter(({ shape }) => shape.found > 0);
  const described = specs
    .toSorted((a, b) => compareText(a.file, b.file) || compareText(a.sha256, b.sha256))
    .map((spec) => ({ spec, groups: specGroups(spec), mapped: mappedServices(spec, services) }));
  const bases = described.flatMap(({ groups }) =>
    groups.flatMap(({ servers }) => servers.map(({ base }) => base)),
  );
  const index = trafficIndex(observed, bases);
  const mounts = described.flatMap((one) => possibleMounts(one, services, index));
  const settled = {
    ...context,
    index,
    evidence: specEvidence(mounts, observed),
    named: namedServices(observed, services),
  };
  return described.flatMap((one) =>
    one.mapped.length > 0 ? bindMapped(one, settled) : bindByServers(one, settled),
  );
}

function mappedServices({ file }: SpecDocument, services: Config['services']): string[] {
  const isMeant = (written: string) => {
    const path = written.replace(/^(\.?\/)+/, '');
    return path !== '' && `/${file}`.endsWith(`/${path}`);
  };
  const names = Object.entries(services).filter(([, { specs }]) => specs.some(isMeant));
  return names.map(([name]) => name).sort();
}

function namedServices(observed: readonly Observed[], services: Config['services']): Set<string> {
  const byGateway = observed.filter(({ shape }) => shape.origin.service !== '').map(({ service }) => service);
  return new Set([...byGateway, ...Object.keys(services)]);
}

/** Where operations could have been answered; below a base path without traffic there is nothing to look for. */
function possibleMounts(
  { groups, mapped }: Described,
  services: Config['services'],
  index: TrafficIndex,
): Mount[] {
  return groups.flatMap((group) => {
    const seen = group.servers.filter(({ base }) => index.services({ kind: 'any' }, base).length > 0);
    const guessed = mapped.flatMap((service) => guessedBasePaths(group, service, services));
    return [...seen.map(({ basePath }) => basePath), ...guessed].map((basePath) => ({ group, basePath }));
  });
}

/** A gateway may have put its own path before that of a server, or in its place, or have taken the server's away. */
function guessedBasePaths({ servers }: SpecGroup, service: string, services: Config['services']): string[] {
  const own = (services[service]?.basePaths ?? []).map((path) => path.replace(/\/+$/, ''));
  const joined = own.flatMap((path) => servers.map(({ basePath }) => `${path}${basePath}`));
  return [...new Set([...joined, ...own, ''])];
}

function bindMapped({ spec, groups, mapped }: Described, { services, evidence }: Settled): SpecBinding[] {
  return mapped.flatMap((service) =>
    groups.flatMap((group) => {
      const answered = (basePath: string) => evidence.answered({ group, basePath }, service).operations;
      const written = [...new Set(group.servers.map(({ basePath }) => basePath))];
      const answering = written.filter((basePath) => answered(basePath) > 0);
      const [guess] = guessedBasePaths(group, service, services)
        .filter((basePath) => answered(basePath) > 0)
        .toSorted((a, b) => answered(b) - answered(a));
      const fallback = guess === undefined ? written.slice(0, 1) : [guess];
      const basePaths = answering.length > 0 ? answering : fallback;
      return basePaths.map((basePath) => ({
        service,
        spec,
        basePath,
        operations: group.operations,
        claims: [],
      }));
    }),
  );
}

function bindByServers({ spec, groups }: Described, settled: Settled): SpecBinding[] {
  const bound = groups.map((group) => ({ group, bindings: bindGroup(group, settled) }));
  const documents = bound.filter(({ group }) => !group.isOwn);
  const services = new Set(documents.flatMap(({ bindings }) => bindings.map(({ service }) => service)));
  return bound.flatMap(({ group, bindings }) => {
    const besides = beside(group, services);
    const found = besides.length > 0 ? besides : bindings;
    if (found.length === 0) return [unseen(group, settled)];
    const isClaiming = !group.isOwn || documents.length === 0;
    return found.flatMap(({ service, servers }) =>
      servers.map(({ basePath, base }) => ({
        service,
        spec,
        basePath,
        operations: group.operations,
        ...(isClaiming && { claims: settled.named.has(service) ? [] : withoutVersion(base) }),
      })),
    );
  });
}

/** Operations that only have another base path belong to where the rest of their description is bound. */
function beside({ isOwn, servers }: SpecGroup, services: ReadonlySet<string>): GroupBinding[] {
  const [first] = servers;
  if (!isOwn || first === undefined || (first.host !== '' && !first.isLocal)) return [];
  return [...services].map((service) => ({ service, servers: [first] }));
}

function unseen({ spec, operations, servers }: SpecGroup, { serviceOf }: Settled): SpecBinding {
  const { host, isLocal, basePath, base } = servers[0] ?? NOWHERE;
  const isHost = host !== '' && !isLocal;
  const source = isHost ? '' : nameOfSpec(spec) || spec.file;
  const origin = { service: '', host: isHost ? host : '', source };
  const service = serviceOf(origin, `/${base.join('/')}`);
  return { service, spec, basePath, operations };
}
