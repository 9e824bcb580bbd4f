/** A named expression over the columns of a table and the names of steps before it. */
export type Step = readonly [expression: string, name: string];

interface SteppedSelect {
  /** A table expression. */
  readonly from: string;
  /** Columns of `from` that are wanted as they are. */
  readonly columns: readonly string[];
  readonly steps: readonly Step[];
  /** The names given out, in order; all columns and steps when left out. */
  readonly names?: readonly string[];
}

/**
 * A SELECT that computes steps, nested so that none stands in one SELECT with a step it builds on: there
 * ClickHouse would analyse the other one again for each place it is named in, with all it stands for in turn. A
 * combined log came to 4,200 nodes that way, and to 0.3 s before the first line was read.
 */
export function steppedSelect({ from, columns, steps, names }: SteppedSelect): string {
  const levels = levelsOf(withTupleElements(steps));
  const given = names ?? [...columns, ...steps.map(([, name]) => name)];
  let select = from;
  let known = [...columns];
  for (const [index, level] of levels.entries()) {
    const later = levels.slice(index + 1).flatMap((next) => next.map(([expression]) => expression));
    const kept = known.filter((name) => given.includes(name) || later.some((text) => mentions(text, name)));
    const items = [...kept, ...level.map(([expression, name]) => `${expression} AS ${name}`)];
    select = `(SELECT ${items.join(',\n')} FROM ${select})`;
    known = [...kept, ...level.map(([, name]) => name)];
  }
  return `SELECT ${given.join(', ')} FROM ${select}`;
}

/** A literal, or a name followed by those of elements. */
const LITERAL_OR_PATH = /'(?:\\.|[^'\\])*'|\b([A-Za-z_]\w*)((?:\.(?:`[^`]+`|\w+))+)/gs;

/**
 * `r.request.uri` of a step `r` as calls of `tupleElement`, which is the same: where each element of a tuple of 80 is
 * read, ClickHouse takes 0.78 s to find out what the dots mean, and 0.04 s for the calls.
 */
function withTupleElements(steps: readonly Step[]): readonly Step[] {
  const names = new Set(steps.map(([, name]) => name));
  return steps.map(([expression, name]): Step => {
    const called = expression.replace(LITERAL_OR_PATH, (whole, root?: string, path = '') =>
      root !== undefined && names.has(root) ? elementOf(root, path) : whole,
    );
    return [called, name];
  });
}

function elementOf(root: string, path: string): string {
  const elements = path.match(/`[^`]+`|\w+/g) ?? [];
  return elements.reduce((tuple, element) => {
    const key = /^[0-9]+$/.test(element) ? element : `'${element.replaceAll('`', '')}'`;
    return `tupleElement(${tuple}, ${key})`;
  }, root);
}

function levelsOf(steps: readonly Step[]): Step[][] {
  const levels: Step[][] = [];
  const levelOf = new Map<string, number>();
  for (const step of steps) {
    const [expression, name] = step;
    const below = [...levelOf].filter(([other]) => mentions(expression, other)).map(([, level]) => level + 1);
    const level = Math.max(0, ...below);
    levelOf.set(name, level);
    const others = levels[level] ?? [];
    others.push(step);
    levels[level] = others;
  }
  return levels;
}

/** A name inside a literal counts too, which makes a level more and does no harm. */
function mentions(expression: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(expression);
}
