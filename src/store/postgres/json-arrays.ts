/** Enough rows that the cost of a statement is small beside theirs; larger ones were not faster. */
const MAX_ROWS = 5_000;
/** In UTF-16 units. Bounds what one statement holds in memory, several times over in both processes. */
const MAX_LENGTH = 8_000_000;

/** Packs JSON texts, in order, into JSON arrays of bounded size, each with at least one. */
export function* jsonArrays(texts: readonly string[]): Generator<string> {
  let packed: string[] = [];
  let length = 0;
  for (const text of texts) {
    if (packed.length === MAX_ROWS || (packed.length > 0 && length + text.length > MAX_LENGTH)) {
      yield `[${packed.join(',')}]`;
      packed = [];
      length = 0;
    }
    packed.push(text);
    length += text.length;
  }
  if (packed.length > 0) yield `[${packed.join(',')}]`;
}
