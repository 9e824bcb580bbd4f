import type { Change } from './change.ts';

/** What JSON text looks like when it may hold a character that PostgreSQL text cannot: U+0000 or half a pair. */
const SUSPECT = /\\u(?:0000|d[89a-f])/;
const REPLACEMENT = '\ufffd';

/**
 * The change with every U+0000 and lone surrogate replaced by U+FFFD, visibly: PostgreSQL refuses the first, and
 * neither the ledger nor UTF-8 has a place for the second. Nearly always the very same object.
 */
export function storableChange(change: Change): Change {
  // The shape of a change does not depend on what its texts hold.
  return SUSPECT.test(JSON.stringify(change)) ? (storable(change) as Change) : change;
}

export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', REPLACEMENT);
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [storableText(key), storable(member)]),
  );
}
