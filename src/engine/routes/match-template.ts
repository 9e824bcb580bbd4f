import { type PartialIndex, partialIndex } from './partial-index.ts';
import { isCatchAll, isParameter, piecesOf, segmentsOf } from './route-path.ts';
import { segmentShape } from './segment-shape.ts';

/** A shape has at most this many segments; the traffic store lets `{rest}` stand for those beyond. */
const MAX_SEGMENTS = 32;
const REST = '{rest}';
/**
 * Nodes and partial segments looked at for one shape. Real descriptions need some tens; one made to be slow would
 * need as many as it has templates.
 */
const MAX_STEPS = 500;

interface Node<Target> {
  /** Literal segments, by their shape. */
  readonly literals: Map<string, Node<Target>>;
  /** Segments that are parameters in part; most nodes have none. */
  partials: PartialIndex<Node<Target>> | undefined;
  parameter: Node<Target> | undefined;
  /** One segment or more, whatever they are. */
  catchAll: Node<Target> | undefined;
  readonly targets: Map<string, Target[]>;
}

/**
 * A set of path templates that finds those a shape belongs to. The most literal wins (OpenAPI, path matching),
 * segment by segment: a literal, then a parameter with text around it, then a parameter, then a catch-all. A
 * literal that is a type itself (`2015-03-31`) comes after the parameter, since in a shape they look the same.
 */
export interface TemplateMatcher<Target> {
  add(method: string, template: string, target: Target): void;
  /** The target of the best template that has the method; of equal templates the first added. */
  find(method: string, shape: string): Target | undefined;
  /** The targets of all templates that match. */
  findAll(method: string, shape: string): Target[];
  /** Whether any method of a template matches the shape. */
  knows(shape: string): boolean;
}

export function templateMatcher<Target>(): TemplateMatcher<Target> {
  const root = node<Target>();
  return {
    add: (method, template, target) => {
      const segments = segmentsOf(template);
      if (segments.length > MAX_SEGMENTS) return;
      const last = segments.length - 1;
      const { targets } = segments.reduce((at, segment, index) => child(at, segment, index === last), root);
      const known = targets.get(method);
      if (known === undefined) targets.set(method, [target]);
      else known.push(target);
    },
    find: (method, shape) => {
      let found: Target | undefined;
      visit(root, shape, ({ targets }) => {
        found = targets.get(method)?.[0];
        return found !== undefined;
      });
      return found;
    },
    findAll: (method, shape) => {
      const found: Target[] = [];
      visit(root, shape, ({ targets }) => {
        for (const target of targets.get(method) ?? []) found.push(target);
        return false;
      });
      return found;
    },
    knows: (shape) => visit(root, shape, ({ targets }) => targets.size > 0),
  };
}

function node<Target>(): Node<Target> {
  return {
    literals: new Map(),
    partials: undefined,
    parameter: undefined,
    catchAll: undefined,
    targets: new Map(),
  };
}

function child<Target>(parent: Node<Target>, segment: string, isLast: boolean): Node<Target> {
  if (isLast && isCatchAll(segment)) {
    parent.catchAll ??= node<Target>();
    return parent.catchAll;
  }
  if (isParameter(segment)) {
    parent.parameter ??= node<Target>();
    return parent.parameter;
  }
  if (piecesOf(segment).length > 1) {
    parent.partials ??= partialIndex();
    return parent.partials.at(segment, node<Target>);
  }
  const shaped = segmentShape(segment);
  const next = parent.literals.get(shaped) ?? node<Target>();
  parent.literals.set(shaped, next);
  return next;
}

/**
 * Visits the nodes whose template matches, the best first, until one is accepted. Of a long path the traffic
 * store keeps the beginning and `{rest}`: most often a long last segment was cut, so it is tried without.
 */
function visit<Target>(root: Node<Target>, shape: string, accept: (node: Node<Target>) => boolean): boolean {
  const segments = segmentsOf(shape);
  const isCut = segments.at(-1) === REST && segments.length <= MAX_SEGMENTS;
  return search(root, { segments: isCut ? segments.slice(0, -1) : segments, accept, steps: 0 }, 0);
}

interface Search<Target> {
  readonly segments: readonly string[];
  readonly accept: (node: Node<Target>) => boolean;
  steps: number;
}

function search<Target>(at: Node<Target>, state: Search<Target>, index: number): boolean {
  state.steps += 1;
  if (state.steps > MAX_STEPS) return false;
  const segment = state.segments[index];
  if (segment === undefined) return state.accept(at);
  for (const next of nextNodes(at, segment, state)) {
    if (search(next, state, index + 1)) return true;
  }
  return at.catchAll !== undefined && state.accept(at.catchAll);
}

function nextNodes<Target>(at: Node<Target>, segment: string, state: Search<Target>): Node<Target>[] {
  if (segment === REST) return [];
  const literal = at.literals.get(segment);
  const isTyped = segment.includes('{');
  const [before, after] = isTyped ? [undefined, literal] : [literal, undefined];
  const partials = at.partials?.find(segment, Math.max(0, MAX_STEPS - state.steps));
  state.steps += partials?.steps ?? 0;
  const next = [before, ...(partials?.certain ?? []), at.parameter, after, ...(partials?.possible ?? [])];
  return next.filter((node) => node !== undefined);
}
