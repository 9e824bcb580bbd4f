import {
  Composer,
  type CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  Parser,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { StanceError } from '../../../model/error.ts';
import { quoted, type SpecProblems } from './spec-problems.ts';
import { type SpecText, unreadable } from './spec-text.ts';
import { MAX_DEPTH, type SpecEntry, type SpecMap, type SpecNode } from './spec-tree.ts';

/** A bound on time and memory: 1 million lexemes take about 2 s and 0.3 GB; a real description has 0.2 per byte. */
const MAX_LEXEMES = 4_000_000;
/** Values that aliases may add to those written out; real descriptions add thousands, a bomb billions. */
const MAX_ALIASED_VALUES = 5_000_000;

/** Syntax errors that leave no doubt about the structure: reading goes on. */
const HARMLESS: ReadonlySet<string> = new Set([
  'BAD_DIRECTIVE',
  'BAD_DQ_ESCAPE',
  'BAD_SCALAR_START',
  'KEY_OVER_1024_CHARS',
  'TAG_RESOLVE_FAILED',
]);

/** A start, a start and an end, or the token. */
type FlawPlace = number | readonly number[] | { readonly offset: number };

interface Walk {
  readonly source: SpecText;
  readonly problems: SpecProblems;
  /** By anchor name, the latest before the place being read; `open` while inside the anchored value. */
  readonly anchors: Map<string, Anchored | 'open'>;
  /** Values so far, aliases counted at their full size. */
  values: number;
  aliased: number;
}

interface Anchored {
  readonly node: SpecNode;
  readonly values: number;
}

/**
 * Reads the first document of a YAML 1.2 text into a tree with offsets; aliases share nodes, `<<` merges.
 * Duplicate keys (the last one counts), unknown tags, undefined or circular aliases are problems.
 * Throws SPEC_UNREADABLE with its place for broken syntax, nesting, and aliases that multiply.
 */
export function readYamlTree(source: SpecText, problems: SpecProblems): SpecNode {
  // Keys are compared below: the composer's own check is quadratic.
  const composer = new Composer({ uniqueKeys: false, resolveKnownTags: false });
  // Private in the types of the package. It would keep every error, and a few MiB of commas make millions.
  Object.assign(composer, { onError: stopAtFirst(source, problems) });
  const [document] = composer.compose(firstDocument(source, problems), true, source.text.length);
  const walk: Walk = { source, problems, anchors: new Map(), values: 0, aliased: 0 };
  return convert(walk, document?.contents ?? null, 0);
}

/** Throws at the first error that matters, and again when the composer catches it to go on. */
function stopAtFirst(source: SpecText, problems: SpecProblems) {
  let stopped: StanceError | undefined;
  return (at: FlawPlace, code: string, message: string, warning = false) => {
    const offset = startOf(at);
    if (stopped === undefined && (warning || HARMLESS.has(code))) {
      problems.add(message, offset);
      return;
    }
    stopped ??= unreadable(source, `Not YAML: ${message}`, offset);
    throw stopped;
  };
}

function startOf(at: FlawPlace): number {
  if (typeof at === 'number') {
    return at;
  }
  return 'offset' in at ? at.offset : (at[0] ?? 0);
}

/** Tokens up to the end of the first document. The composer recurses, so the depth is bounded before it. */
function* firstDocument(source: SpecText, problems: SpecProblems): Generator<CST.Token> {
  let documents = 0;
  for (const token of boundedTokens(source)) {
    if (token.type === 'error') {
      throw unreadable(source, `Not YAML: ${token.message}`, token.offset);
    }
    documents += token.type === 'document' ? 1 : 0;
    if (documents > 1) {
      problems.add('Only the first YAML document of the file is read', token.offset);
      return;
    }
    if (token.type === 'document' || token.type === 'directive') {
      yield token;
    }
  }
}

function* boundedTokens(source: SpecText): Generator<CST.Token> {
  const parser = new Parser();
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(source.text)) {
    lexemes += 1;
    if (lexemes > MAX_LEXEMES) {
      throw unreadable(source, `The document has more than ${MAX_LEXEMES} YAML tokens`, parser.offset);
    }
    yield* parser.next(lexeme);
    if (parser.stack.length > MAX_DEPTH) {
      throw unreadable(source, `Values are nested deeper than ${MAX_DEPTH} levels`, parser.offset);
    }
  }
  yield* parser.end();
}

function convert(walk: Walk, node: Node | null, offset: number): SpecNode {
  if (node === null) {
    return { kind: 'scalar', offset, value: null, text: '' };
  }
  if (isAlias(node)) {
    return resolveAlias(walk, node.source, node.range?.[0] ?? offset);
  }
  const before = walk.values;
  walk.values += 1;
  const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
  if (anchor === undefined) {
    return convertValue(walk, node, node.range?.[0] ?? offset);
  }
  walk.anchors.set(anchor, 'open');
  const converted = convertValue(walk, node, node.range?.[0] ?? offset);
  walk.anchors.set(anchor, { node: converted, values: walk.values - before });
  return converted;
}

function convertValue(walk: Walk, node: Node, offset: number): SpecNode {
  if (isMap<Node, Node | null>(node)) {
    return convertMap(walk, node, offset);
  }
  if (isSeq<Node | null>(node)) {
    return { kind: 'list', offset, items: node.items.map((item) => convert(walk, item, offset)) };
  }
  return isScalar(node) ? convertScalar(node, offset) : convert(walk, null, offset);
}

function convertScalar({ value, source }: Scalar, offset: number): SpecNode {
  // Lone surrogates (from escapes) cannot be stored as UTF-8.
  const text = (source ?? String(value)).toWellFormed();
  if (value === null || typeof value === 'number' || typeof value === 'boolean') {
    return { kind: 'scalar', offset, value, text };
  }
  return { kind: 'scalar', offset, value: text, text };
}

function convertMap(walk: Walk, map: YAMLMap<Node, Node | null>, offset: number): SpecMap {
  const entries = new Map<string, SpecEntry>();
  const merged: SpecNode[] = [];
  for (const pair of map.items) {
    const keyOffset = pair.key.range?.[0] ?? offset;
    const key = keyText(walk, pair, keyOffset);
    const value = convert(walk, pair.value, keyOffset);
    if (key === '<<') {
      merged.push(value);
    } else if (key !== undefined) {
      if (entries.has(key)) {
        walk.problems.add(`The key ${quoted(key)} stands twice; the last one counts`, keyOffset);
      }
      entries.set(key, { keyOffset, value });
    }
  }
  for (const value of merged) {
    mergeInto(walk, entries, value);
  }
  return { kind: 'map', offset, entries };
}

function keyText(walk: Walk, pair: Pair<Node, Node | null>, offset: number): string | undefined {
  const key = convert(walk, pair.key, offset);
  if (key.kind === 'scalar') {
    return key.text;
  }
  walk.problems.add('A key is not a string; it is left out', offset);
  return undefined;
}

/** YAML 1.1 merge keys, which 1.2 lacks but real descriptions use: a key of the map itself wins. */
function mergeInto(walk: Walk, entries: Map<string, SpecEntry>, value: SpecNode): void {
  for (const origin of value.kind === 'list' ? value.items : [value]) {
    if (origin.kind !== 'map') {
      walk.problems.add('"<<" merges only objects', value.offset);
      continue;
    }
    for (const [key, entry] of origin.entries) {
      if (!entries.has(key)) {
        entries.set(key, entry);
      }
    }
  }
}

function resolveAlias(walk: Walk, name: string, offset: number): SpecNode {
  const anchored = walk.anchors.get(name);
  if (anchored === undefined || anchored === 'open') {
    const flaw = anchored === undefined ? 'names no anchor before it' : 'stands inside the value it names';
    walk.problems.add(`The alias ${quoted(name)} ${flaw}; it is read as null`, offset);
    return convert(walk, null, offset);
  }
  walk.values += anchored.values;
  walk.aliased += anchored.values;
  if (walk.aliased > MAX_ALIASED_VALUES) {
    throw unreadable(walk.source, `Aliases expand to more than ${MAX_ALIASED_VALUES} values`, offset);
  }
  return anchored.node;
}
