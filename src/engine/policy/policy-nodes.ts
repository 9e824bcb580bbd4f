import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { closestWord } from '../../model/closest-word.ts';
import { inertText } from '../../model/inert-text.ts';

/** Longer texts are cut in messages. */
const QUOTED_CHARACTERS = 60;
/** Invisible and control characters, lone surrogates included; stores and terminals refuse or obey them. */
const UNSEEN = /\p{C}/u;
const UNSEEN_EXCEPT_BREAKS = /(?![\n\t])\p{C}/u;

/** Notes a problem at an offset of the text, in UTF-16 units from 0. */
export type Report = (offset: number, message: string) => void;

/** A node with the words to call it by and the place to point at when it is empty. */
export interface Part {
  readonly name: string;
  readonly node: Node | null;
  readonly offset: number;
}

/** The keys a mapping may and must have. */
export interface MappingShape {
  readonly keys: readonly string[];
  readonly required: readonly string[];
}

export interface MappingParts {
  readonly offset: number;
  readonly parts: ReadonlyMap<string, Part>;
  /** Keys that a mistyped one seems to stand for; asking for them again would say the same twice. */
  readonly meant: ReadonlySet<string>;
}

/** Reads the entries of a mapping by key; what is not allowed, written twice or missing is reported. */
export function readMapping(part: Part, shape: MappingShape, report: Report): MappingParts | undefined {
  const { node, offset } = part;
  if (!isMap(node)) return refuse(part, `must be a mapping; its keys are ${keyList(shape.keys)}`, report);
  const parts = new Map<string, Part>();
  const meant = new Set<string>();
  for (const { key, value } of node.items) {
    const place = offsetOf(asNode(key), offset);
    const word = isScalar(key) ? String(key.value) : '';
    if (parts.has(word)) {
      report(place, `${quoted(word)} is written twice in ${part.name}; keep one of them`);
      continue;
    }
    if (shape.keys.includes(word)) {
      const child = asNode(value);
      parts.set(word, { name: quoted(word), node: child, offset: offsetOf(child, place) });
      continue;
    }
    const near = closestWord(word, shape.keys);
    if (near !== undefined) meant.add(near);
    report(place, `unknown key ${quoted(word)} in ${part.name}; ${advice(near, shape.keys)}`);
  }
  for (const key of shape.required.filter((required) => !parts.has(required) && !meant.has(required))) {
    report(offset, `${part.name} has no ${quoted(key)}; add the key with its value`);
  }
  return { offset, parts, meant };
}

/** The items of a list, called by `itemName`. */
export function readList(part: Part, itemName: string, report: Report): Part[] | undefined {
  const { node, offset } = part;
  if (!isSeq(node))
    return refuse(part, 'must be a list; write its items as `- item` or `[item, item]`', report);
  return node.items.map((value) => {
    const item = asNode(value);
    return { name: itemName, node: item, offset: offsetOf(item, offset) };
  });
}

/** A text that is not blank, of one line unless `lines` says otherwise. */
export function readText(part: Part, report: Report, lines: 'one' | 'many' = 'one'): string | undefined {
  const text = isScalar(part.node) ? part.node.value : undefined;
  if (typeof text !== 'string') return refuse(part, 'must be text; put it in quotes', report);
  if (text.trim() === '') return refuse(part, 'is blank; write a text', report);
  if ((lines === 'one' ? UNSEEN : UNSEEN_EXCEPT_BREAKS).test(text)) {
    return refuse(part, 'holds control or invisible characters; remove them', report);
  }
  return text;
}

/** One of the allowed words. */
export function readWord<Word extends string>(
  part: Part,
  allowed: readonly Word[],
  report: Report,
): Word | undefined {
  const text = readText(part, report);
  if (text === undefined) return undefined;
  const word = allowed.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  report(
    part.offset,
    `unknown ${part.name}: ${quoted(text)}; ${advice(closestWord(text, allowed), allowed)}`,
  );
  return undefined;
}

/** Checks for a `true`, the only value that demands something. */
export function readTrue(part: Part, report: Report): true | undefined {
  if (isScalar(part.node) && part.node.value === true) return true;
  return refuse(
    part,
    'must be `true`: a policy can only demand; remove the policy to demand nothing',
    report,
  );
}

/** Text from the file as it can stand in a message: cut, and with nothing a terminal would obey. */
export function quoted(text: string): string {
  const shown = text.slice(0, QUOTED_CHARACTERS);
  return `\`${inertText(shown)}${shown.length < text.length ? '…' : ''}\``;
}

/** `a`, `b`, `c`. */
export function keyList(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

function refuse(part: Part, demand: string, report: Report): undefined {
  if (isAlias(part.node)) {
    report(
      part.offset,
      `${part.name} is the alias ${quoted(`*${part.node.source}`)}; write its value out here`,
    );
  } else {
    report(part.offset, `${part.name} ${demand}`);
  }
  return undefined;
}

function advice(near: string | undefined, allowed: readonly string[]): string {
  const guess = near === undefined ? '' : `did you mean ${quoted(near)}? `;
  return `${guess}allowed: ${keyList(allowed)}`;
}

function asNode(value: unknown): Node | null {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value) ? value : null;
}

function offsetOf(node: Node | null, otherwise: number): number {
  return node?.range?.[0] ?? otherwise;
}
