import { apacheDirective } from './apache-directives.ts';
import { logFormatError } from './log-format-error.ts';
import type { FormatCharacter, LogToken } from './log-token.ts';

/** `%`, conditions and modifiers, `{argument}`, letter: `%!200,304{Referer}i`, `%>s`, `%^ti`. */
const DIRECTIVE = /^%([!0-9,<>]*)(?:\{([^}]*)\})?([!0-9,<>]*)(\^t[io]|[A-Za-z%])/s;

/** Splits an Apache `LogFormat` at its directives. Throws LOG_FORMAT_INVALID. */
export function apacheTokens(given: string, characters: readonly FormatCharacter[]): readonly LogToken[] {
  const text = characters.map(({ character }) => character).join('');
  const tokens: LogToken[] = [];
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('%', at);
    const end = next === -1 ? text.length : next;
    if (end > at) tokens.push({ kind: 'text', text: controls(text.slice(at, end)) });
    if (next === -1) break;
    const found = DIRECTIVE.exec(text.slice(next));
    const offset = characters[next]?.offset ?? 0;
    if (found === null) throw logFormatError(given, problemAt(text.slice(next)), offset);
    tokens.push(...directiveTokens(given, found, offset));
    at = next + found[0].length;
  }
  return tokens;
}

function directiveTokens(given: string, found: RegExpExecArray, offset: number): readonly LogToken[] {
  const [, before = '', argument, after = '', letter = ''] = found;
  if (letter === '%') return [{ kind: 'text', text: '%' }];
  const field = apacheDirective(letter, argument, before + after);
  if ('problem' in field) throw logFormatError(given, field.problem, offset);
  const token: LogToken = { kind: 'field', field, offset };
  // %t writes its own brackets.
  if (field.time?.kind !== 'clf') return [token];
  return [{ kind: 'text', text: '[' }, token, { kind: 'text', text: ']' }];
}

function controls(text: string): string {
  return text.replaceAll('\\t', '\t');
}

function problemAt(rest: string): string {
  const opened = /^%[!0-9,<>]*\{[^}]*$/s.test(rest);
  return opened
    ? 'the { after % is never closed.'
    : 'the % is followed by no directive; a percent sign is %%.';
}
