import { segmentShape } from './segment-shape.ts';

interface Node<Target> {
  /** Literal segments, by their shape. */
  readonly literals: Map<string, Node<Target>>;
  /** Segments that are parameters in part: `{id}.json`. */
  readonly partials: { readonly pattern: RegExp; readonly text: string; readonly next: Node<Target> }[];
  parameter: Node<Target> | undefined;
  readonly targets: Map<string, Target>;
}

const node = <Target>(): Node<Target> => ({
  literals: new Map(),
  partials: [],
  parameter: undefined,
  targets: new Map(),
});

/** A set of path templates that finds the one a shape belongs to; the most literal wins (OpenAPI, path matching). */
export interface TemplateMatcher<Target> {
  add(method: string, template: string, target: Target): void;
  find(method: string, shape: string): Target | undefined;
  /** Whether any method of a template matches the shape. */
  knows(shape: string): boolean;
}

export function templateMatcher<Target>(): TemplateMatcher<Target> {
  const root = node<Target>();
  return {
    add: (method, template, target) => {
      let at = root;
      for (const segment of segmentsOf(template)) at = child(at, segment);
      if (!at.targets.has(method)) at.targets.set(method, target);
    },
    find: (method, shape) => search(root, segmentsOf(shape), 0, (found) => found.targets.get(method)),
    knows: (shape) =>
      search(root, segmentsOf(shape), 0, (found) => (found.targets.size > 0 ? true : undefined)) === true,
  };
}

/** Empty segments mean nothing: `/a//b/` is `/a/b`. */
export function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function child<Target>(parent: Node<Target>, segment: string): Node<Target> {
  if (/^\{[^{}]*\}$/.test(segment)) {
    parent.parameter ??= node<Target>();
    return parent.parameter;
  }
  if (segment.includes('{')) {
    const known = parent.partials.find((partial) => partial.text === segment);
    if (known !== undefined) return known.next;
    const next = node<Target>();
    parent.partials.push({ pattern: partialPattern(segment), text: segment, next });
    return next;
  }
  const key = segmentShape(segment);
  const next = parent.literals.get(key) ?? node<Target>();
  parent.literals.set(key, next);
  return next;
}

/** Literal pieces stay, each parameter is anything but empty. */
function partialPattern(segment: string): RegExp {
  const pieces = segment.split(/\{[^{}]*\}/).map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.+')}$`, 's');
}

function search<Target, Found>(
  at: Node<Target>,
  segments: readonly string[],
  index: number,
  accept: (node: Node<Target>) => Found | undefined,
): Found | undefined {
  const segment = segments[index];
  if (segment === undefined) return accept(at);
  const partials = at.partials
    .filter((partial) => partial.pattern.test(segment))
    .map((partial) => partial.next);
  for (const next of [at.literals.get(segment), ...partials, at.parameter]) {
    const found = next === undefined ? undefined : search(next, segments, index + 1, accept);
    if (found !== undefined) return found;
  }
  return undefined;
}
