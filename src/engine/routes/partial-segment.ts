import { piecesOf } from './route-path.ts';

/** A template segment that is a parameter in part: `{id}.json`, `{name}:cancel`, `{from}-{to}`. */
export interface PartialSegment {
  /** The literal text around the parameters. */
  readonly pieces: readonly string[];
  /** Characters of literal text: the more, the more specific. */
  readonly literalLength: number;
}

/**
 * `certain`: the text around the parameters is there. `possible`: a type has swallowed it, as `{num}` does
 * with the comma of `{latitude},{longitude}`.
 */
export type PartialMatch = 'certain' | 'possible' | 'none';

const TYPED = /\{[^{}]*\}/g;
const WHOLE_TYPE = /^\{([a-z]+)(?::([^{}]*))?\}$/;
/** Stands for a type within a shape; a control character is in no shape. */
const MARK = '\u0001';
/** What a segment that became a type as a whole may have held as text. */
const ALPHABETS: ReadonlyMap<string, RegExp> = new Map([
  ['int', /^[-0-9]*$/],
  ['uuid', /^[-0-9A-Fa-f]*$/],
  ['hex', /^[0-9A-Fa-f]*$/],
  ['oid', /^[0-9A-Fa-f]*$/],
  ['ulid', /^[0-9A-Za-z]*$/],
  ['date', /^[-+0-9TZ:. ]*$/],
  ['email', /^[^ ]*$/],
  ['ip', /^[0-9A-Fa-f:.]*$/],
  ['num', /^[-+0-9.,_() ]*$/],
  ['jwt', /^/],
  ['token', /^[-0-9A-Za-z_=]*$/],
  ['text', /^/],
]);

export function partialSegment(segment: string): PartialSegment {
  const pieces = piecesOf(segment);
  return { pieces, literalLength: pieces.join('').length };
}

/** Whether a segment of a shape can be one of the template's. */
export function matchPartial({ pieces }: PartialSegment, shaped: string): PartialMatch {
  const isTyped = shaped.includes('{');
  if (holdsPieces(pieces, isTyped ? shaped.replace(TYPED, MARK) : shaped)) return 'certain';
  if (!isTyped) return 'none';
  const [, type, prefix] = WHOLE_TYPE.exec(shaped) ?? [];
  if (type === undefined)
    return withoutNumbers(pieces.join(MARK)) === withTypes(shaped) ? 'possible' : 'none';
  if (type === 'pfx') return matchPrefixed(pieces, `${prefix}_`);
  const alphabet = ALPHABETS.get(type);
  return alphabet !== undefined && pieces.every((piece) => alphabet.test(piece)) ? 'possible' : 'none';
}

/** Literal pieces in their order, each parameter anything but empty; the leftmost place of a piece is the best. */
function holdsPieces(pieces: readonly string[], text: string): boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, position + 1);
    if (found === -1) return false;
    position = found + piece.length;
  }
  return text.length - last.length > position;
}

/** `cus_{id}` is sure to be meant by `{pfx:cus}`; `{kind}_{id}` may be. */
function matchPrefixed(pieces: readonly string[], prefix: string): PartialMatch {
  const [first = '', ...rest] = pieces;
  if (!rest.every((piece) => /^[0-9A-Za-z_]*$/.test(piece))) return 'none';
  if (!first.startsWith(prefix) && !prefix.startsWith(first)) return 'none';
  return first !== '' && rest.join('') === '' ? 'certain' : 'possible';
}

/** Runs of digits and parameters are one, as they are after shaping: `report-2024-{month}-{day}.csv`. */
function withoutNumbers(text: string): string {
  return text.replace(new RegExp(`[${MARK}0-9]+(?:[ -]+[${MARK}0-9]+)*`, 'g'), MARK);
}

function withTypes(shaped: string): string {
  return withoutNumbers(shaped.replace(TYPED, MARK));
}
