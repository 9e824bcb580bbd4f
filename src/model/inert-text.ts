/**
 * What a terminal, a log viewer or a reader's eye would act on instead of showing: control characters (C0, DEL, C1
 * and with them every escape sequence), bidirectional controls, zero-width and other invisible characters, line and
 * paragraph separators, lone surrogates.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const UNSEEN_IN_JSON = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** Marks beyond the third on one character draw over neighbouring lines and have no width of their own. */
const STACKED_MARKS = /(?<=\p{M}{3})\p{M}/gu;
/** Azure Pipelines and TeamCity obey `##vso[`, `##[` and `##teamcity[` anywhere in a line. */
const HASH_COMMAND = /#(?=#\w*\[)/g;
/** GitHub Actions obeys `::error` after any white space at the start of a line; a later wrap may create that start. */
const COLON_COMMAND = /(?<=^|\s):(?=:)/g;

/**
 * Makes text from outside safe to print on one line: nothing in it moves the cursor, hides, reorders or commands.
 * Applying it twice changes nothing more.
 *
 * @example inertText('a\u001b[31mb') === 'a\\x1b[31mb'
 */
export function inertText(text: string): string {
  return text
    .replace(UNSEEN, writeVisibly)
    .replace(STACKED_MARKS, writeVisibly)
    .replace(HASH_COMMAND, writeVisibly)
    .replace(COLON_COMMAND, writeVisibly);
}

/** The same for JSON text: the characters become JSON escapes, so that parsing gives back the original strings. */
export function inertJson(json: string): string {
  return json.replace(UNSEEN_IN_JSON, writeJsonEscape).replace(HASH_COMMAND, writeJsonEscape);
}

function writeVisibly(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  const hex = codePoint.toString(16);
  if (codePoint < 0x100) return `\\x${hex.padStart(2, '0')}`;
  if (codePoint < 0x10000) return `\\u${hex.padStart(4, '0')}`;
  return `\\u{${hex}}`;
}

function writeJsonEscape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
