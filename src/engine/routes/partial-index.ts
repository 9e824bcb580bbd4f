import { compareText } from '../../model/order.ts';
import { matchPartial, type PartialSegment, partialSegment } from './partial-segment.ts';

interface Entry<Next> {
  /** The segment with parameters written `{}`. */
  readonly text: string;
  readonly partial: PartialSegment;
  readonly next: Next;
}

export interface PartialMatches<Next> {
  /** The most literal first. */
  readonly certain: readonly Next[];
  readonly possible: readonly Next[];
  /** Segments that were compared. */
  readonly steps: number;
}

/** Template segments that are parameters in part, at one place of a tree, each with what follows it. */
export interface PartialIndex<Next> {
  /** What follows the segment; made when the segment is new, whatever its parameters are called. */
  at(segment: string, make: () => Next): Next;
  /** Those that match a segment of a shape, after `limit` comparisons at most. */
  find(shaped: string, limit: number): PartialMatches<Next>;
}

/** Found by the text they end with: one place of a published API holds hundreds like `{name}:cancel`. */
export function partialIndex<Next>(): PartialIndex<Next> {
  const entries = new Map<string, Entry<Next>>();
  const byEnd = new Map<string, Entry<Next>[]>();
  const lengths = new Set<number>();
  function* endingLike(shaped: string): Generator<Entry<Next>> {
    for (const length of lengths) {
      if (length < shaped.length) yield* byEnd.get(shaped.slice(shaped.length - length)) ?? [];
    }
  }
  return {
    at: (segment, make) => {
      const partial = partialSegment(segment);
      const text = partial.pieces.join('{}');
      const known = entries.get(text);
      if (known !== undefined) return known.next;
      const entry = { text, partial, next: make() };
      entries.set(text, entry);
      const end = partial.pieces.at(-1) ?? '';
      lengths.add(end.length);
      const others = byEnd.get(end);
      if (others === undefined) byEnd.set(end, [entry]);
      else others.push(entry);
      return entry.next;
    },
    find: (shaped, limit) => {
      // A type may have swallowed the text at the end, so that each one has to be asked.
      const asked = shaped.includes('{') ? entries.values() : endingLike(shaped);
      const certain: Entry<Next>[] = [];
      const possible: Entry<Next>[] = [];
      let steps = 0;
      for (const entry of asked) {
        if (steps >= limit) break;
        steps += 1;
        const match = matchPartial(entry.partial, shaped);
        if (match === 'certain') certain.push(entry);
        if (match === 'possible') possible.push(entry);
      }
      return { certain: ranked(certain), possible: ranked(possible), steps };
    },
  };
}

function ranked<Next>(entries: Entry<Next>[]): Next[] {
  if (entries.length > 1) {
    entries.sort((a, b) => b.partial.literalLength - a.partial.literalLength || compareText(a.text, b.text));
  }
  return entries.map(({ next }) => next);
}
