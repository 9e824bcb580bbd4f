import type { SpecServer } from '../../../model/spec.ts';
import { fieldOf, type Layers } from './references.ts';
import { readServerAddress } from './server-address.ts';
import { fillServerUrl, MAX_SERVERS } from './server-template.ts';
import { oncePer, type SpecReading } from './spec-reading.ts';
import { childOf, kindOf, type SpecList, type SpecNode, textOf } from './spec-tree.ts';
import { createSwagger2Servers } from './swagger2-servers.ts';

export interface ServerReader {
  /** The servers of the document; the place it was fetched from when it names none. */
  readonly document: readonly SpecServer[];
  /** The servers of one operation, when the operation or else its path item has its own. */
  own(operation: Layers, pathItem: Layers): readonly SpecServer[] | undefined;
}

/** No server named means the root of the host that serves the description. */
const SAME_HOST: readonly SpecServer[] = [{ host: '', basePath: '', scheme: '' }];

export function createServerReader(reading: SpecReading): ServerReader {
  return reading.edition < 3 ? createSwagger2Servers(reading) : createOpenApi3Servers(reading);
}

function createOpenApi3Servers(reading: SpecReading): ServerReader {
  const { problems, root } = reading;
  const serversOf = oncePer((node: SpecNode) => readServer(reading, node));
  const listOf = oncePer((node: SpecNode) => {
    if (node.kind !== 'list') {
      problems.add(`"servers" is an array, not ${kindOf(node)}`, node.offset);
      return [];
    }
    return distinct(boundedItems(reading, node).flatMap(serversOf));
  });
  const readField = (layers: Layers) => {
    const list = fieldOf(layers, 'servers');
    const servers = list === undefined ? [] : listOf(list.value);
    return servers.length === 0 ? undefined : servers;
  };
  return {
    document: readField([root]) ?? SAME_HOST,
    own: (operation, pathItem) => readField(operation) ?? readField(pathItem),
  };
}

function boundedItems({ problems }: SpecReading, list: SpecList): readonly SpecNode[] {
  const leftOut = list.items.length - MAX_SERVERS;
  if (leftOut > 0) {
    problems.add(`More than ${MAX_SERVERS} servers in one list; ${leftOut} are left out`, list.offset);
  }
  return list.items.slice(0, MAX_SERVERS);
}

function readServer({ problems }: SpecReading, node: SpecNode): readonly SpecServer[] {
  const url = childOf(node, 'url');
  const template = textOf(url);
  if (template === undefined) {
    problems.add('A server is an object with a "url"; it is left out', node.offset);
    return [];
  }
  const note = (flaw: string) => problems.add(flaw, url?.offset ?? node.offset);
  const urls = fillServerUrl(template, childOf(node, 'variables'), note);
  return urls.map((filled) => readServerAddress(filled, note)).filter((server) => server !== undefined);
}

function distinct(servers: readonly SpecServer[]): readonly SpecServer[] {
  const byAddress = new Map(
    servers.map((server) => [`${server.scheme}//${server.host}${server.basePath}`, server]),
  );
  return [...byAddress.values()].slice(0, MAX_SERVERS);
}
