import type { SpecDocument, SpecOperation, SpecServer } from '../../model/spec.ts';
import { isLocalHost } from './host-name.ts';
import { baseSegments } from './route-path.ts';

/** Operations of one description that share their servers. */
export interface SpecGroup {
  readonly spec: SpecDocument;
  /** At least one; those for everyone before those of a developer's machine. */
  readonly servers: readonly GroupServer[];
  readonly operations: readonly SpecOperation[];
  /** The servers are the operations' own, not the document's. */
  readonly isOwn: boolean;
}

export interface GroupServer {
  readonly host: string;
  readonly isLocal: boolean;
  readonly basePath: string;
  /** The base path as it stands in shapes. */
  readonly base: readonly string[];
}

/** OpenAPI: without servers a description speaks of where it is served itself. */
const RELATIVE: SpecServer = { host: '', basePath: '', scheme: '' };

/** The operations of a description by their servers, in the order of the document; those without own servers first. */
export function specGroups(spec: SpecDocument): SpecGroup[] {
  const byServers = new Map<string, { servers: readonly SpecServer[]; operations: SpecOperation[] }>([
    ['', { servers: spec.servers, operations: [] }],
  ]);
  for (const operation of spec.operations) {
    const servers = operation.servers ?? [];
    const key = servers.length === 0 ? '' : JSON.stringify(servers);
    const known = byServers.get(key) ?? { servers, operations: [] };
    byServers.set(key, known);
    known.operations.push(operation);
  }
  return [...byServers]
    .filter(([, { operations }]) => operations.length > 0)
    .map(([key, { servers, operations }]) => ({
      spec,
      operations,
      servers: groupServers(servers),
      isOwn: key !== '',
    }));
}

function groupServers(servers: readonly SpecServer[]): GroupServer[] {
  const distinct = new Map<string, GroupServer>();
  for (const { host, basePath } of servers.length > 0 ? servers : [RELATIVE]) {
    const key = `${host} ${basePath}`;
    if (distinct.has(key)) continue;
    distinct.set(key, { host, basePath, isLocal: isLocalHost(host), base: baseSegments(basePath) });
  }
  return [...distinct.values()].sort((a, b) => Number(a.isLocal) - Number(b.isLocal));
}
