import type { SpecServer } from '../../../model/spec.ts';
import { fieldOf, type Layers } from './references.ts';
import { httpScheme, readServerAddress } from './server-address.ts';
import { quoted } from './spec-problems.ts';
import { oncePer, type SpecReading } from './spec-reading.ts';
import { childOf, kindOf, type SpecNode, textOf } from './spec-tree.ts';

/** OpenAPI 2.0: `schemes` × (`host` + `basePath`); an operation has only `schemes` of its own. */
export function createSwagger2Servers(reading: SpecReading) {
  const { root } = reading;
  const schemesOf = oncePer((node: SpecNode) => readSchemes(reading, node));
  const ofSchemes = (schemes: readonly string[]) => serversFor(reading, schemes);
  const written = childOf(root, 'schemes');
  const document = ofSchemes(written === undefined ? [] : schemesOf(written));
  const ownServers = oncePer((node: SpecNode) => ofSchemes(schemesOf(node)));
  return {
    document,
    own(operation: Layers): readonly SpecServer[] | undefined {
      const schemes = fieldOf(operation, 'schemes')?.value;
      return schemes === undefined || schemesOf(schemes).length === 0 ? undefined : ownServers(schemes);
    },
  };
}

function readSchemes({ problems }: SpecReading, node: SpecNode): readonly string[] {
  if (node.kind !== 'list') {
    problems.add(`"schemes" is an array, not ${kindOf(node)}`, node.offset);
    return [];
  }
  const schemes = new Set<string>();
  for (const item of node.items) {
    const scheme = httpScheme(textOf(item) ?? '');
    if (scheme === undefined) {
      problems.add('A scheme is one of http, https, ws, wss; it is left out', item.offset);
    } else {
      schemes.add(scheme);
    }
  }
  return [...schemes];
}

function serversFor(reading: SpecReading, schemes: readonly string[]): readonly SpecServer[] {
  const basePath = readBasePath(reading);
  const addresses = (schemes.length === 0 ? [''] : schemes).map((scheme) => readHost(reading, scheme));
  const servers = addresses
    .filter((address) => address !== undefined)
    .map((address) => ({ ...address, basePath }));
  return servers.length === 0 ? [{ host: '', basePath, scheme: '' }] : servers;
}

function readHost({ problems, root }: SpecReading, scheme: string): SpecServer | undefined {
  const node = childOf(root, 'host');
  if (node === undefined) {
    return undefined;
  }
  const host = textOf(node)
    ?.trim()
    .replace(/^[a-z]{1,10}:\/\//i, '');
  if (!host) {
    problems.add(`"host" is a host name, not ${kindOf(node)}`, node.offset);
    return undefined;
  }
  const note = (flaw: string) => problems.add(flaw, node.offset);
  const address = readServerAddress(scheme === '' ? `//${host}` : `${scheme}://${host}`, note);
  if (host !== textOf(node) || address?.basePath) {
    note(`"host" is a name with an optional port, nothing else: ${quoted(textOf(node) ?? '')}`);
  }
  return address;
}

function readBasePath({ problems, root }: SpecReading): string {
  const node = childOf(root, 'basePath');
  if (node === undefined) {
    return '';
  }
  const path = textOf(node)?.trim() ?? '';
  if (!path.startsWith('/')) {
    problems.add('"basePath" is a text that starts with "/"', node.offset);
  }
  const note = (flaw: string) => problems.add(flaw, node.offset);
  return readServerAddress(`/${path.replace(/^\/+/, '')}`, note)?.basePath ?? '';
}
