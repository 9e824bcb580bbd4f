import { type LineCounter, parseDocument, type YAMLError } from 'yaml';
import { inertText } from '../../model/inert-text.ts';
import type { Part, Report } from './policy-nodes.ts';

/** The reader's messages about these speak to programmers. */
const YAML_PROBLEMS: Partial<Record<YAMLError['code'], string>> = {
  MULTIPLE_DOCS: 'a second document begins here; put all policies into one `policies:` list',
  NON_STRING_KEY: 'the key is not plain text; name the key by its word',
  RESOURCE_EXHAUSTION: 'nested too deep to read; a policy needs four levels',
  TAB_AS_INDENT: 'a tab indents this line; indent with spaces',
  TAG_RESOLVE_FAILED: 'the tag is not known here; remove it and write plain YAML',
};

/** The root of a YAML document, or nothing when its structure cannot be trusted; places go to `lines`. */
export function readYaml(text: string, lines: LineCounter, report: Report): Part | undefined {
  const document = parseDocument(text.replace(/^\uFEFF/, ''), {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    // Compares every key with every other: 90,000 keys took 154 s. The mappings are checked when they are read.
    uniqueKeys: false,
    // A `%YAML 1.1` line must not bring back merge keys and `yes` for true.
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
  });
  for (const problem of [...document.warnings, ...document.errors]) report(problem.pos[0], describe(problem));
  // After a syntax error the structure is a guess, and problems found in it would mislead.
  if (document.errors.length > 0) return undefined;
  return { name: 'the file', node: document.contents, offset: document.contents?.range[0] ?? 0 };
}

function describe({ code, message }: YAMLError): string {
  const [what = ''] = message.split('\n');
  return YAML_PROBLEMS[code] ?? `not readable as YAML: ${inertText(what)}; mend the text at this place`;
}
