import type { SpecProblem } from '../../../model/spec.ts';
import type { SpecText } from './spec-text.ts';

/** Problems kept of one description; the rest is counted in one last problem. */
export const MAX_PROBLEMS = 1000;
const MAX_QUOTED = 80;

/** Collects what is wrong with a description but does not stop reading; the same problem is kept once. */
export interface SpecProblems {
  add(message: string, offset: number): void;
  /** By place. */
  list(): readonly SpecProblem[];
}

export function collectProblems(source: SpecText): SpecProblems {
  const kept = new Map<string, { readonly message: string; readonly offset: number }>();
  let leftOut = 0;
  return {
    add(message, offset) {
      const key = `${offset} ${message}`;
      if (kept.has(key)) {
        return;
      }
      if (kept.size === MAX_PROBLEMS) {
        leftOut += 1;
        return;
      }
      kept.set(key, { message, offset });
    },
    list() {
      const ordered = [...kept.values()].sort((left, right) => left.offset - right.offset);
      const problems = ordered.map(({ message, offset }) => ({ message, ...source.placeAt(offset) }));
      const last = problems.at(-1);
      if (leftOut === 0 || last === undefined) {
        return problems;
      }
      return [...problems, { ...last, message: `${leftOut} more problems are not listed` }];
    },
  };
}

/** Text from a description, short and on one line, for use in a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}...` : text);
}
