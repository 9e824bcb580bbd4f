import { logFormatError } from './log-format-error.ts';
import type { FormatCharacter, LogToken } from './log-token.ts';
import { nginxVariable } from './nginx-variables.ts';

/** Splits an nginx `log_format` at its variables, `$name` or `${name}`. Throws LOG_FORMAT_INVALID. */
export function nginxTokens(given: string, characters: readonly FormatCharacter[]): readonly LogToken[] {
  const text = characters.map(({ character }) => character).join('');
  const tokens: LogToken[] = [];
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('$', at);
    const end = next === -1 ? text.length : next;
    if (end > at) tokens.push({ kind: 'text', text: text.slice(at, end) });
    if (next === -1) break;
    const offset = characters[next]?.offset ?? 0;
    const [whole, braced, plain] = /^\$(?:\{(\w+)\}|(\w+))/.exec(text.slice(next)) ?? [];
    const name = braced ?? plain;
    if (whole === undefined || name === undefined) throw logFormatError(given, problemAt(text, next), offset);
    tokens.push({ kind: 'field', field: nginxVariable(name.toLowerCase()), offset });
    at = next + whole.length;
  }
  return tokens;
}

function problemAt(text: string, at: number): string {
  return text[at + 1] === '{' ? 'the { after $ is never closed.' : 'the $ is followed by no variable name.';
}
