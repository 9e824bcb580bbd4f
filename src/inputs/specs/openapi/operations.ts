import type { SpecOperation } from '../../../model/spec.ts';
import { readOwner, readSunset } from './ownership.ts';
import { type MethodEntry, methodsOf } from './path-items.ts';
import { createReferences, fieldOf, type Layers } from './references.ts';
import { createSecurityReader } from './security.ts';
import type { ServerReader } from './servers.ts';
import { quoted } from './spec-problems.ts';
import { capped, oncePer, type SpecReading } from './spec-reading.ts';
import { childOf, kindOf, type SpecEntry, type SpecMap, type SpecNode, textOf } from './spec-tree.ts';

/** Operations read from one description; the largest published ones have some 20,000. */
export const MAX_OPERATIONS = 100_000;
/** A longer path is left out. */
const MAX_PATH_LENGTH = 2048;

/** What the document says for all operations. */
export interface DocumentDefaults {
  readonly servers: ServerReader;
  readonly owner: string | undefined;
  readonly sunset: string | undefined;
}

/** The operations under `paths`, in the order of the file; webhooks and callbacks are calls to others. */
export function readOperations(reading: SpecReading, defaults: DocumentDefaults): readonly SpecOperation[] {
  const operations = new Map<string, SpecOperation>();
  const readOperation = createOperationReader(reading, defaults);
  const methods = oncePer((item: SpecMap) => methodsOf(reading, item));
  const layersOf = oncePer(createReferences(reading));
  for (const { path, item, offset } of pathItems(reading)) {
    const layers = layersOf(item);
    for (const entry of firstOfEach(layers.flatMap(methods))) {
      if (operations.size === MAX_OPERATIONS) {
        reading.problems.add(`Only the first ${MAX_OPERATIONS} operations are read`, offset);
        return [...operations.values()];
      }
      const key = `${entry.method} ${path}`;
      if (!operations.has(key)) {
        operations.set(
          key,
          readOperation({ path, entry, pathItem: layers, operation: layersOf(entry.operation) }),
        );
      }
    }
  }
  return [...operations.values()];
}

interface PathItem {
  readonly path: string;
  readonly item: SpecMap;
  readonly offset: number;
}

function* pathItems(reading: SpecReading): Generator<PathItem> {
  const { problems } = reading;
  for (const [key, { keyOffset: offset, value: item }] of pathEntries(reading)) {
    const path = key.startsWith('x-') ? undefined : templateOf(key, (flaw) => problems.add(flaw, offset));
    if (path !== undefined && item.kind === 'map') {
      yield { path, item, offset };
    } else if (path !== undefined) {
      problems.add(`The path ${quoted(key)} is an object, not ${kindOf(item)}; it is left out`, offset);
    }
  }
}

/** `paths` may be absent since 3.1. */
function pathEntries({ root, problems, edition }: SpecReading): Iterable<[string, SpecEntry]> {
  const paths = childOf(root, 'paths');
  if (paths?.kind === 'map') {
    return paths.entries;
  }
  if (paths !== undefined) {
    problems.add(`"paths" is an object, not ${kindOf(paths)}`, paths.offset);
  } else if (edition < 3.1) {
    problems.add('"paths" is missing', root.offset);
  }
  return [];
}

function templateOf(key: string, note: (flaw: string) => void): string | undefined {
  if (!key.startsWith('/')) {
    note(`The path ${quoted(key)} does not start with "/"; it is left out`);
    return undefined;
  }
  if (key.length > MAX_PATH_LENGTH) {
    note(`A path has ${key.length} characters; at most ${MAX_PATH_LENGTH} are read`);
    return undefined;
  }
  const end = key.search(/[?#]/);
  if (end === -1) {
    return key;
  }
  note(`The path ${quoted(key)} holds a query or fragment; it is read without`);
  return key.slice(0, end);
}

function firstOfEach(entries: readonly MethodEntry[]): readonly MethodEntry[] {
  const byMethod = new Map<string, MethodEntry>();
  for (const entry of entries) {
    if (!byMethod.has(entry.method)) {
      byMethod.set(entry.method, entry);
    }
  }
  return [...byMethod.values()];
}

interface OperationPlace {
  readonly path: string;
  readonly entry: MethodEntry;
  readonly operation: Layers;
  readonly pathItem: Layers;
}

function createOperationReader(reading: SpecReading, { servers, owner, sunset }: DocumentDefaults) {
  const securityOf = createSecurityReader(reading);
  return ({ path, entry, operation, pathItem }: OperationPlace): SpecOperation => {
    const levels = [operation, pathItem];
    const { file, line } = reading.source.placeAt(entry.offset);
    return {
      method: entry.method,
      path,
      ...present('servers', servers.own(operation, pathItem)),
      ...present('operationId', shortText(fieldOf(operation, 'operationId')?.value)),
      deprecated: isDeprecated(reading, fieldOf(operation, 'deprecated')?.value),
      security: securityOf(operation),
      ...present('owner', readOwner(reading, levels) ?? owner),
      ...present('sunset', readSunset(reading, levels) ?? sunset),
      location: { file, line },
    };
  };
}

/** The field, unless there is nothing to say. */
function present<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value });
}

function shortText(node: SpecNode | undefined): string | undefined {
  const text = textOf(node);
  return text === undefined ? undefined : capped(text);
}

function isDeprecated({ problems }: SpecReading, node: SpecNode | undefined): boolean {
  if (node === undefined) {
    return false;
  }
  if (node.kind === 'scalar' && typeof node.value === 'boolean') {
    return node.value;
  }
  problems.add(`"deprecated" is true or false, not ${kindOf(node)}`, node.offset);
  return textOf(node)?.toLowerCase() === 'true';
}
