import type { SourceFile } from './violations.ts';

export interface Size {
  readonly name: string;
  readonly lines: number;
}

/** Declared functions, arrow functions bound to a name, and methods whose body starts on the same line. */
const FUNCTION_STARTS: readonly RegExp[] = [
  /^(?<indent>\s*)(?:export )?(?:async )?function\*? ?(?<name>\w+)/,
  /^(?<indent>\s*)(?:export )?const (?<name>\w+) = (?:async )?\([^=]*=> \{$/,
  /^(?<indent>\s+)(?:async |static |override |get |set )*(?!if\b|for\b|while\b|switch\b|catch\b)(?<name>#?\w+)\([^;]*\{$/,
];

/** Lines of a file; the line end of the last line is no further line. */
export function fileSize({ path, text }: SourceFile): Size {
  return { name: path, lines: text.replace(/\n$/, '').split('\n').length };
}

/** The functions of a formatted file: a body ends at the first closing brace with the indent of its start. */
export function functionSizes({ path, text }: SourceFile): readonly Size[] {
  const lines = text.split('\n');
  return lines.flatMap((line, start) => {
    const groups = FUNCTION_STARTS.map((pattern) => pattern.exec(line)?.groups).find(
      (found) => found !== undefined,
    );
    if (groups === undefined) return [];
    const closing = new RegExp(`^${groups.indent}\\}`);
    const end = lines.findIndex((candidate, index) => index >= start && closing.test(candidate));
    return end === -1 ? [] : [{ name: `${path}: ${groups.name}`, lines: end - start + 1 }];
  });
}

/** The size that 95 of 100 do not exceed. */
export function percentile95(sizes: readonly Size[]): number {
  const sorted = sizes.map(({ lines }) => lines).sort((left, right) => left - right);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}
