import { withoutPort } from './host-name.ts';
import { isNamedLike } from './service-name.ts';
import type { Answered, Evidence } from './spec-evidence.ts';
import type { GroupServer, SpecGroup } from './spec-groups.ts';
import type { Place, TrafficIndex } from './traffic-index.ts';

export interface Traffic {
  readonly index: TrafficIndex;
  readonly evidence: Evidence;
}

/** A service where a group of operations fits, and below which base paths. */
export interface GroupBinding {
  readonly service: string;
  /** At least one, one for each base path. */
  readonly servers: readonly GroupServer[];
}

/** How a server and the traffic of a service came together. */
type Sign = 'same-host' | 'no-host-in-log' | 'relative-server' | 'unseen-host';

interface Candidate {
  readonly service: string;
  readonly server: GroupServer;
  readonly sign: Sign;
  /** No other service was seen there. */
  readonly isAlone: boolean;
  /** The most operations that any service answered there or at a surer place. */
  readonly most: number;
  readonly answered: Answered;
}

const ANY: Place = { kind: 'any' };
const NO_HOST: Place = { kind: 'host', host: '' };
const ROOT: readonly string[] = [];
/** A relative description binds to a service of another name that answered this many of its operations. */
const MANY_OPERATIONS = 3;

/** The services that a group of operations fits, sorted; the rules are those of `bindSpecs`. */
export function bindGroup(group: SpecGroup, traffic: Traffic): GroupBinding[] {
  const candidates = group.servers.flatMap((server) => candidatesOf(group, server, traffic));
  const fitting = candidates.filter((candidate) => fits(candidate, group, traffic.index));
  const services = [...new Set(fitting.map(({ service }) => service))].sort();
  return services.map((service) => {
    const own = fitting.filter((candidate) => candidate.service === service);
    const answering = own.filter(({ answered }) => answered.operations > 0);
    const servers = (answering.length > 0 ? answering : own.slice(0, 1)).map(({ server }) => server);
    return { service, servers: [...new Map(servers.map((server) => [server.basePath, server])).values()] };
  });
}

function candidatesOf(group: SpecGroup, server: GroupServer, { index, evidence }: Traffic): Candidate[] {
  const mount = { group, basePath: server.basePath };
  let most = 0;
  return reach(server, index).flatMap(({ place, sign, isExact }) => {
    const services = index.services(place, server.base);
    const found = services.map((service) => ({ service, answered: evidence.answered(mount, service) }));
    // A log without hosts is compared with the host too, but does not push the host's own services out.
    most = Math.max(most, ...found.map(({ answered }) => answered.operations));
    const isAlone = isExact && services.length === 1;
    return found.map((one) => ({ ...one, server, sign, most, isAlone }));
  });
}

interface Reach {
  readonly place: Place;
  readonly sign: Sign;
  readonly isExact: boolean;
}

/** Where a server's traffic may be found, the surest place first. */
function reach({ host, isLocal }: GroupServer, index: TrafficIndex): Reach[] {
  const same = (place: Place) => index.services(place, ROOT).length > 0;
  const relative: Reach = { place: ANY, sign: 'relative-server', isExact: false };
  if (host === '') return [relative];
  const hostless: Reach = { place: NO_HOST, sign: 'no-host-in-log', isExact: false };
  const exact: Place = { kind: 'host', host };
  if (same(exact)) return [{ place: exact, sign: 'same-host', isExact: true }, hostless];
  if (isLocal) return [relative];
  const bare = withoutPort(host);
  const close: Place = { kind: bare === host ? 'any-port' : 'host', host: bare };
  if (same(close)) return [{ place: close, sign: 'same-host', isExact: false }, hostless];
  return [hostless, { place: ANY, sign: 'unseen-host', isExact: false }];
}

function fits(
  { service, server, sign, isAlone, most, answered }: Candidate,
  group: SpecGroup,
  index: TrafficIndex,
): boolean {
  const isNamed = isNamedLike(service, group.spec);
  if (sign === 'same-host' && (isAlone || most === 0)) return isAlone || isNamed;
  if (answered.operations === 0) return false;
  if (sign === 'same-host' || sign === 'no-host-in-log') return answered.operations * 2 >= most;
  if (isNamed || sign === 'unseen-host') return isNamed;
  const isOnly = index.services(ANY, ROOT).length === 1;
  const isMostOfIt = answered.calls * 2 >= index.callsBelow(service, server.base);
  return isOnly || (answered.operations >= MANY_OPERATIONS && isMostOfIt);
}
