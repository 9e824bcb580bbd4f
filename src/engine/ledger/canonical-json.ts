import canonicalize from 'canonicalize';

/** A value outside the profile: where it is, from the value asked about, and what is wrong with it. */
interface Problem {
  readonly place: string;
  readonly reason: string;
}

/**
 * RFC 8785 text of plain JSON, under a stricter profile so that every verifier in every language agrees:
 * integers up to 2^53-1 only, well-formed Unicode, nothing that JSON would silently drop or turn into something else.
 *
 * @throws TypeError that names the place of the first value outside the profile
 * @example canonicalJson({ b: 1, a: ['x'] }) === '{"a":["x"],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  const problem = problemOf(value);
  if (problem) throw new TypeError(`$${problem.place} ${problem.reason}`);
  // Only `undefined` and functions canonicalize to nothing, and both are problems.
  return canonicalize(value) as string;
}

function problemOf(value: unknown): Problem | undefined {
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'string') return problemOfText(value);
  if (typeof value === 'number') return problemOfNumber(value);
  if (Array.isArray(value)) return problemOfItems(value);
  if (typeof value === 'object') return problemOfMembers(value);
  return { place: '', reason: `is of type ${typeof value}, which JSON cannot hold` };
}

function problemOfText(text: string): Problem | undefined {
  return text.isWellFormed() ? undefined : { place: '', reason: 'holds a lone surrogate' };
}

function problemOfNumber(value: number): Problem | undefined {
  if (Number.isSafeInteger(value)) return undefined;
  return { place: '', reason: `is ${value}: only integers up to 2^53-1 are canonical, write others as text` };
}

function problemOfItems(items: readonly unknown[]): Problem | undefined {
  // By index, so that a hole in a sparse array is seen as undefined.
  for (let index = 0; index < items.length; index += 1) {
    const problem = problemOf(items[index]);
    if (problem) return { ...problem, place: `[${index}]${problem.place}` };
  }
  return undefined;
}

function problemOfMembers(value: object): Problem | undefined {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return { place: '', reason: 'is not a plain object' };
  }
  for (const [key, member] of Object.entries(value)) {
    const problem = problemOfText(key) ?? problemOf(member);
    if (problem) return { ...problem, place: `.${key}${problem.place}` };
  }
  return undefined;
}
