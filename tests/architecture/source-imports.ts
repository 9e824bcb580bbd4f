/** What one file names of another. */
export interface SourceImport {
  /** As written; for a computed path the part before the first `${`. */
  readonly specifier: string;
  /** The path is put together at run time. */
  readonly isComputed: boolean;
}

const STATEMENT = /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])([^'"\n]+)\1/gm;
const SIDE_EFFECT = /^[ \t]*import\s*(['"])([^'"\n]+)\1/gm;
const CALL = /\b(?:import|require)\s*\(\s*(['"])([^'"\n]+)\1/g;
const CALL_WITH_TEMPLATE = /\bimport\s*\(\s*`([^`]*?)(?:\$\{[^`]*)?`/g;
const CALL_WITH_EXPRESSION = /\bimport\s*\(\s*(?!['"`\s])/g;
/** How worker threads and child processes name their code. */
const MODULE_URL = /\bnew URL\(\s*(['"])([^'"\n]+\.[cm]?[jt]s)\1\s*,\s*import\.meta\.url/g;
const STATEMENT_START = /^import\s+(?!\()/gm;

/**
 * Every static, dynamic, type and side-effect import and re-export of a TypeScript file. Reads text, not syntax:
 * what only looks like an import in a string or comment is reported too, never the other way round.
 */
export function readImports(text: string): readonly SourceImport[] {
  const literal = [STATEMENT, SIDE_EFFECT, CALL, MODULE_URL].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ specifier: match[2] ?? '', isComputed: false })),
  );
  const templates = [...text.matchAll(CALL_WITH_TEMPLATE)].map((match) => ({
    specifier: match[1] ?? '',
    isComputed: true,
  }));
  const expressions = [...text.matchAll(CALL_WITH_EXPRESSION)].map(() => ({
    specifier: '',
    isComputed: true,
  }));
  return [...literal, ...templates, ...expressions];
}

/** Import statements that none of the patterns could read. */
export function countUnreadImports(text: string): number {
  const starts = [...text.matchAll(STATEMENT_START)].length;
  const read = [STATEMENT, SIDE_EFFECT].flatMap((pattern) => [...text.matchAll(pattern)]);
  return starts - read.filter(([statement]) => /^import\b/.test(statement)).length;
}
