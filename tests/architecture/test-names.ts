import type { SourceFile } from './violations.ts';

const TEST_CALL = /\b(?:it|test)(?:\.\w+)*(?:\([^'"`]*\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g;
/** Each case fills it in. */
const PLACEHOLDER = /[$%]\w/;

/** Names that two tests of one file share, as `file: name`. */
export function repeatedTestNames({ path, text }: SourceFile): readonly string[] {
  const names = [...text.matchAll(TEST_CALL)]
    .map((match) => match[2] ?? '')
    .filter((name) => !PLACEHOLDER.test(name));
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  return [...new Set(repeated)].map((name) => `${path}: ${name}`);
}
