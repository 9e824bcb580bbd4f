/** Keys that may come before `openapi` or `swagger` when a tool sorted them, with what then stands inside. */
const SORTED_BEFORE: ReadonlyMap<string, RegExp> = new Map([
  ['paths', /^["']?\//],
  [
    'components',
    /^["']?(?:callbacks|examples|headers|links|parameters|pathItems|requestBodies|responses|schemas|securitySchemes)["']?\s*:/,
  ],
]);
const EDITION = /^["']?\d+(?:\.\d+)*/;
const YAML_KEY = /^(["']?)([A-Za-z$][\w$-]*)\1[ \t]*:(?:[ \t]|$)/;
const OTHER_DOCUMENTS: ReadonlySet<string> = new Set(['asyncapi', 'arazzo', 'overlay']);

const DEPTH_CHANGE: ReadonlyMap<string, number> = new Map([
  ['{', 1],
  ['[', 1],
  ['}', -1],
  [']', -1],
]);

interface TopLevelKey {
  readonly key: string;
  /** Where the value begins, after white space. */
  readonly valueAt: number;
}

/**
 * Tells an OpenAPI description, JSON or YAML, by its beginning: a top-level `openapi` or `swagger` with a number,
 * or, in documents with sorted keys, `paths` or `components` with what only OpenAPI has in them.
 * Reads no more than it is given; a few KiB do for nearly all documents.
 */
export function looksLikeOpenApi(head: string): boolean {
  const text = head.replace(/^\uFEFF/, '').trimStart();
  const keys = text.startsWith('{') ? jsonKeys(text) : yamlKeys(text);
  for (const { key, valueAt } of keys) {
    if (OTHER_DOCUMENTS.has(key)) {
      return false;
    }
    const value = text.slice(valueAt, valueAt + 100);
    if ((key === 'openapi' || key === 'swagger') && EDITION.test(value)) {
      return true;
    }
    if (SORTED_BEFORE.get(key)?.test(value.replace(/^\{\s*/, ''))) {
      return true;
    }
  }
  return false;
}

function* jsonKeys(text: string): Generator<TopLevelKey> {
  let depth = 0;
  let at = 0;
  do {
    const character = text[at] ?? '';
    if (character === '"') {
      const end = endOfString(text, at);
      const valueAt = depth === 1 ? afterColon(text, end) : undefined;
      if (valueAt !== undefined) {
        yield { key: text.slice(at + 1, end - 1), valueAt };
      }
      at = end;
    } else {
      depth += DEPTH_CHANGE.get(character) ?? 0;
      at += 1;
    }
  } while (depth > 0 && at < text.length);
}

/** After the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at + 1;
}

function afterColon(text: string, from: number): number | undefined {
  const colon = skipSpace(text, from);
  return text[colon] === ':' ? skipSpace(text, colon + 1) : undefined;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text[at] ?? '').trim() === '') {
    at += 1;
  }
  return at;
}

/** Keys at the start of a line; nothing when the first line of content is none. */
function* yamlKeys(text: string): Generator<TopLevelKey> {
  let found = false;
  let lineStart = 0;
  while (lineStart < text.length) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline === -1 ? text.length : newline;
    const line = text.slice(lineStart, lineEnd).trimEnd();
    const match = YAML_KEY.exec(line);
    if (match?.[2] !== undefined) {
      found = true;
      yield { key: match[2], valueAt: skipSpace(text, lineStart + match[0].length) };
    } else if (!found && !/^(?:#|%|---|$)/.test(line)) {
      return;
    }
    lineStart = lineEnd + 1;
  }
}
