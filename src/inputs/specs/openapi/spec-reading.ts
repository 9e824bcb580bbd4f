import type { SpecProblems } from './spec-problems.ts';
import type { SpecText } from './spec-text.ts';
import type { SpecMap } from './spec-tree.ts';

/** Longer text from a description is cut: owners, titles, identifiers. */
const MAX_TEXT_LENGTH = 500;

/** One description on its way from tree to `SpecDocument`. */
export interface SpecReading {
  readonly source: SpecText;
  readonly problems: SpecProblems;
  readonly root: SpecMap;
  /** 2, 3, 3.1 or 3.2: the rules to read by. */
  readonly edition: number;
}

/** Cuts text to `MAX_TEXT_LENGTH` UTF-16 code units. */
export function capped(text: string): string {
  return text.length > MAX_TEXT_LENGTH ? text.slice(0, MAX_TEXT_LENGTH).toWellFormed() : text;
}

/** Computes once per key, since aliases and references bring the same node many times. */
export function oncePer<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, { readonly value: Value }>();
  return (key) => {
    const found = known.get(key) ?? { value: compute(key) };
    known.set(key, found);
    return found.value;
  };
}
