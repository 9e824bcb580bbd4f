import { basename } from 'node:path';
import { quoted } from './spec-problems.ts';
import type { SpecReading } from './spec-reading.ts';
import { childOf, kindOf, type SpecEntry, type SpecMap, type SpecNode, textOf } from './spec-tree.ts';

/** A longer chain of `$ref` is cut; real ones have one or two links. */
const MAX_CHAIN = 100;
const ARRAY_INDEX = /^(?:0|[1-9]\d{0,9})$/;

/**
 * An object and what its `$ref` names, and so on; a field of an earlier object wins over the later ones.
 * Only references within the document are followed: nothing is fetched, no other file is read.
 */
export type Layers = readonly SpecMap[];

/** The field of the first object that has it. */
export function fieldOf(layers: Layers, name: string): SpecEntry | undefined {
  for (const layer of layers) {
    const entry = layer.entries.get(name);
    if (entry !== undefined) {
      return entry;
    }
  }
  return undefined;
}

/** Follows `$ref` of path items and operations; a reference that leads nowhere is a problem. */
export function createReferences(reading: SpecReading): (object: SpecMap) => Layers {
  const base = documentUrl(reading);
  return (object) => {
    const layers = [object];
    let reference = object.entries.get('$ref')?.value;
    while (reference !== undefined) {
      const target = followReference(reading, reference, base);
      if (target === undefined) {
        break;
      }
      if (layers.includes(target) || layers.length === MAX_CHAIN) {
        const flaw =
          layers.length === MAX_CHAIN ? `has more than ${MAX_CHAIN} links` : 'leads back to itself';
        reading.problems.add(`The chain of $ref ${flaw}`, reference.offset);
        break;
      }
      layers.push(target);
      reference = target.entries.get('$ref')?.value;
    }
    return layers;
  };
}

/** What a reference may call this document: its `$self` (OpenAPI 3.2), or the name of its file. */
function documentUrl({ source, root }: SpecReading): string {
  const retrieved = `http://document.invalid/${encodeURIComponent(basename(source.file))}`;
  return withoutFragment(textOf(childOf(root, '$self')) ?? '', retrieved) ?? retrieved;
}

function withoutFragment(reference: string, base: string): string | undefined {
  const url = URL.parse(reference, base);
  if (url === null) {
    return undefined;
  }
  url.hash = '';
  return url.href;
}

function followReference(reading: SpecReading, node: SpecNode, base: string): SpecMap | undefined {
  const { problems } = reading;
  const reference = textOf(node);
  if (reference === undefined) {
    problems.add(`A $ref is a string, not ${kindOf(node)}`, node.offset);
    return undefined;
  }
  const hash = reference.indexOf('#');
  if (hash !== 0 && withoutFragment(reference, base) !== base) {
    problems.add(`An external $ref is off: ${quoted(reference)}`, node.offset);
    return undefined;
  }
  const target = hash === -1 ? reading.root : targetOf(reading.root, reference.slice(hash + 1));
  if (target === undefined) {
    problems.add(`The $ref ${quoted(reference)} leads nowhere`, node.offset);
    return undefined;
  }
  if (target.kind !== 'map') {
    problems.add(`The $ref ${quoted(reference)} leads to ${kindOf(target)}`, node.offset);
    return undefined;
  }
  return target;
}

/** RFC 6901, in its URI fragment form. */
function targetOf(root: SpecNode, fragment: string): SpecNode | undefined {
  const pointer = percentDecoded(fragment);
  if (pointer === undefined || (pointer !== '' && !pointer.startsWith('/'))) {
    return undefined;
  }
  let node: SpecNode | undefined = root;
  for (const part of pointer.split('/').slice(1)) {
    node = stepInto(node, part.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return node;
}

function stepInto(node: SpecNode | undefined, name: string): SpecNode | undefined {
  if (node?.kind === 'list') {
    return ARRAY_INDEX.test(name) ? node.items[Number(name)] : undefined;
  }
  return childOf(node, name);
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded: no value of the document can be meant.
    return undefined;
  }
}
