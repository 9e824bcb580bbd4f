const SHORTEST_PREFIX = 3;

/** The allowed word that a mistyped one most likely means: a shared beginning, or about one slip in three letters. */
export function closestWord<Word extends string>(
  written: string,
  allowed: readonly Word[],
): Word | undefined {
  const word = written.toLowerCase();
  const longest = Math.max(...allowed.map((candidate) => candidate.length));
  // Longer words cannot be near any candidate, and the comparison costs the product of the lengths.
  if (word.length > 2 * longest) return undefined;
  const begun = allowed.find(
    (candidate) => word.length >= SHORTEST_PREFIX && candidate.toLowerCase().startsWith(word),
  );
  if (begun !== undefined) return begun;
  const [nearest] = allowed
    .map((candidate) => ({ candidate, slips: editDistance(word, candidate.toLowerCase()) }))
    .filter(({ candidate, slips }) => slips <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((left, right) => left.slips - right.slips);
  return nearest?.candidate;
}

/** Letters to insert, delete or replace (Levenshtein). */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(left).entries()) {
    const next = [index + 1];
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (letter === right[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
