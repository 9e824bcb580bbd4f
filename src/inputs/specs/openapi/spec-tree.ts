/** Deeper nesting is refused, so that no reader of the tree can exhaust the stack; real ones stay below 60. */
export const MAX_DEPTH = 256;

/**
 * A JSON value that remembers where it stands; offsets are characters from the start of the text.
 * The same node may stand in several places (YAML aliases); a node never holds itself.
 */
export type SpecNode = SpecMap | SpecList | SpecScalar;

export interface SpecMap {
  readonly kind: 'map';
  readonly offset: number;
  /** In the order of the file. A Map, so that `__proto__` is a key like any other. */
  readonly entries: ReadonlyMap<string, SpecEntry>;
}

export interface SpecEntry {
  readonly keyOffset: number;
  readonly value: SpecNode;
}

export interface SpecList {
  readonly kind: 'list';
  readonly offset: number;
  readonly items: readonly SpecNode[];
}

export interface SpecScalar {
  readonly kind: 'scalar';
  readonly offset: number;
  readonly value: string | number | boolean | null;
  /** As written, without quotes: `1.0` stays `1.0`. */
  readonly text: string;
}

/** The child of a map, when there is one. */
export function childOf(node: SpecNode | undefined, name: string): SpecNode | undefined {
  return node?.kind === 'map' ? node.entries.get(name)?.value : undefined;
}

/** The text of a string or number; anything else has none. */
export function textOf(node: SpecNode | undefined): string | undefined {
  if (node?.kind !== 'scalar') {
    return undefined;
  }
  return typeof node.value === 'string' || typeof node.value === 'number' ? node.text : undefined;
}

/** What a node is, in the words of JSON. */
export function kindOf(node: SpecNode): string {
  if (node.kind === 'map') {
    return 'an object';
  }
  if (node.kind === 'list') {
    return 'an array';
  }
  return node.value === null ? 'null' : `a ${typeof node.value}`;
}
