import { logFormatError } from './log-format-error.ts';
import type { FormatCharacter } from './log-token.ts';

export type Dialect = 'nginx' | 'apache' | 'envoy';

/** The format proper, taken out of its configuration line. */
export interface FormatText {
  readonly dialect: Dialect;
  readonly characters: readonly FormatCharacter[];
  /** Whether a quote in a value is written so that it cannot end the value: not with `escape=none`, never by Envoy. */
  readonly escapesQuotes: boolean;
}

/** Formats that are known by name: Apache's, of which nginx's `combined` writes the same lines. */
const NICKNAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    common: '%h %l %u %t "%r" %>s %b',
    combined: '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"',
    vhost_combined: '%v:%p %h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i"',
  }),
);

const NGINX_LINE = /^log_format\s+(?:[^\s'";]+)\s+(?:escape=(default|json|none)\s+)?/i;
const APACHE_LINE = /^LogFormat\s+/i;
/** A command operator, `%DURATION%` or `%REQ(:METHOD)%`; directives of Apache have one letter. */
const ENVOY_OPERATOR = /%[A-Z][A-Z0-9_]{2,}(?:\(|(?::\d+)?%)/;
/** The longest format met in the wild has a tenth of this. */
const MAX_LENGTH = 8192;

/**
 * Reads what a user gives: a bare format, a whole `log_format` or `LogFormat` line, or a nickname.
 * Throws LOG_FORMAT_INVALID when nothing in it can be a format.
 */
export function readFormatText(given: string): FormatText {
  if (given.length > MAX_LENGTH)
    throw logFormatError(given, `has ${given.length} characters; at most ${MAX_LENGTH} are read.`);
  const start = given.length - given.trimStart().length;
  const text = given.trimEnd();
  const nickname = NICKNAMES.get(text.slice(start));
  if (nickname !== undefined) return bare(nickname, 0, 'apache');
  const rest = text.slice(start);
  const nginx = NGINX_LINE.exec(rest);
  const format = nginx === null ? withoutDirective(text, start, rest) : nginxLine(text, start, nginx);
  refuseControls(given, format.characters);
  refuseJson(given, format.characters);
  return format;
}

function withoutDirective(text: string, start: number, rest: string): FormatText {
  const apache = APACHE_LINE.exec(rest);
  if (apache !== null) return apacheLine(text, start + apache[0].length);
  if (rest.startsWith("'") || isOneQuotedText(rest)) {
    const { characters } = quotedParts(text, start);
    return inDialect(dialectOf(text, characters), characters);
  }
  const characters = unescaped(text, start, text.length);
  return inDialect(dialectOf(text, characters), characters);
}

function nginxLine(text: string, start: number, line: RegExpExecArray): FormatText {
  const { characters, end } = quotedParts(text, start + line[0].length);
  const after = text.slice(end).replace(/^\s*;/, '');
  if (after.trim() !== '')
    throw logFormatError(
      text,
      'goes on after its end; give one log_format alone.',
      text.length - after.length,
    );
  return { dialect: 'nginx', characters, escapesQuotes: line[1] !== 'none' };
}

function apacheLine(text: string, start: number): FormatText {
  const { characters, end } = quotedParts(text, start);
  const nickname = /^[^\s"%]*\s*/.exec(text.slice(end))?.[0] ?? '';
  if (end + nickname.length < text.length)
    throw logFormatError(
      text,
      'goes on after its nickname; give one LogFormat alone.',
      end + nickname.length,
    );
  return { dialect: 'apache', characters, escapesQuotes: true };
}

function bare(text: string, start: number, dialect: Dialect): FormatText {
  return { dialect, characters: unescaped(text, start, text.length), escapesQuotes: true };
}

function inDialect(dialect: Dialect, characters: readonly FormatCharacter[]): FormatText {
  return { dialect, characters, escapesQuotes: dialect !== 'envoy' };
}

/** `"..."` with nothing after it but a nickname or a semicolon; else the quote belongs to the format. */
function isOneQuotedText(rest: string): boolean {
  return /^"(?:[^"\\]|\\.)*"\s*(?:;|[A-Za-z0-9_-]+)?$/s.test(rest) && /[$%]/.test(rest);
}

function dialectOf(text: string, characters: readonly FormatCharacter[]): Dialect {
  const format = characters.map(({ character }) => character).join('');
  if (ENVOY_OPERATOR.test(format)) return 'envoy';
  if (/\$\{?[A-Za-z_]/.test(format)) return 'nginx';
  if (format.includes('%')) return 'apache';
  throw logFormatError(
    text,
    'names no variable of nginx ($status), directive of Apache (%>s) or operator of Envoy (%RESPONSE_CODE%), and is not one of common, combined, vhost_combined.',
  );
}

/** The parts `'a' "b" c` of a configuration line, joined as the servers join them, up to `;` or the nickname. */
function quotedParts(text: string, start: number): { characters: readonly FormatCharacter[]; end: number } {
  const characters: FormatCharacter[] = [];
  let at = afterBlanks(text, start);
  while (at < text.length && text[at] !== ';') {
    const quote = text[at];
    if (quote !== '"' && quote !== "'") {
      if (characters.length > 0) break;
      const end = endOfWord(text, at);
      characters.push(...unescaped(text, at, end));
      at = afterBlanks(text, end);
      continue;
    }
    const end = endOfQuoted(text, at, quote);
    characters.push(...unescaped(text, at + 1, end));
    at = afterBlanks(text, end + 1);
  }
  return { characters, end: at };
}

function afterBlanks(text: string, start: number): number {
  return start + (/^(?:\s+|#[^\n]*(?:\n|$))*/.exec(text.slice(start))?.[0].length ?? 0);
}

function endOfWord(text: string, start: number): number {
  return start + (/^[^\s;]*/.exec(text.slice(start))?.[0].length ?? 0);
}

function endOfQuoted(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  throw logFormatError(text, `the quote ${quote} is never closed.`, start);
}

/** Backslashes before quotes and backslashes are the configuration file's, not the format's. */
function unescaped(text: string, start: number, end: number): readonly FormatCharacter[] {
  const characters: FormatCharacter[] = [];
  for (let at = start; at < end; at += 1) {
    const isEscape = text[at] === '\\' && /["'\\]/.test(text[at + 1] ?? '') && at + 1 < end;
    if (isEscape) at += 1;
    characters.push({ character: text[at] ?? '', offset: at });
  }
  return characters;
}

function refuseControls(given: string, characters: readonly FormatCharacter[]): void {
  const odd = characters.find(({ character }) => character !== '\t' && character < ' ');
  if (odd === undefined) return;
  const what = odd.character === '\n' ? 'a line break' : 'a control character';
  throw logFormatError(given, `${what} stands in the format; a record is one line.`, odd.offset);
}

function refuseJson(given: string, characters: readonly FormatCharacter[]): void {
  const first = characters.find(({ character }) => character.trim() !== '');
  if (first?.character !== '{') return;
  throw logFormatError(
    given,
    'writes JSON, which is not compiled; write the canonical exchange (docs/reference/schemas/exchange.schema.json), or give a text format.',
    first.offset,
  );
}
