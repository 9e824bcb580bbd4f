import { envoyOperator } from './envoy-operators.ts';
import { logFormatError } from './log-format-error.ts';
import type { FormatCharacter, LogToken, TimePart } from './log-token.ts';
import { readStrftime, unknownLetter } from './strftime.ts';

/** `%NAME%`, `%NAME(argument)%` and with the most characters to write `%NAME(argument):30%`. */
const OPERATOR = /^%([A-Z][A-Z0-9_]*)(?:\((.*?)\))?(?::\d+)?%/s;
/** What Envoy adds to strftime: seconds since 1970, and digits of the fraction, nine unless said. */
const TIME_PIECE = /%s|%[1-9]?f|(?:%[^sf1-9]|[^%])+|%./gs;
const LITERAL = /^[^%]*$/;

/** Splits a format string of Envoy at its command operators. Throws LOG_FORMAT_INVALID. */
export function envoyTokens(given: string, characters: readonly FormatCharacter[]): readonly LogToken[] {
  // Envoy itself adds no line break, so that formats end with one.
  const text = characters
    .map(({ character }) => character)
    .join('')
    .replace(/(?:\\n)+$/, '');
  const tokens: LogToken[] = [];
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('%', at);
    const end = next === -1 ? text.length : next;
    if (end > at) tokens.push({ kind: 'text', text: text.slice(at, end).replaceAll('\\t', '\t') });
    if (next === -1) break;
    const offset = characters[next]?.offset ?? 0;
    if (text[next + 1] === '%') {
      tokens.push({ kind: 'text', text: '%' });
      at = next + 2;
      continue;
    }
    const found = OPERATOR.exec(text.slice(next));
    if (found === null) throw logFormatError(given, problemAt(text.slice(next)), offset);
    tokens.push(...operatorTokens(given, found, offset));
    at = next + found[0].length;
  }
  return tokens;
}

function operatorTokens(given: string, found: RegExpExecArray, offset: number): readonly LogToken[] {
  const [, name = '', argument] = found;
  if (name === 'START_TIME' || name === 'START_TIME_LOCAL') return timeTokens(given, argument ?? '', offset);
  const field = envoyOperator(name, argument);
  if ('problem' in field) throw logFormatError(given, field.problem, offset);
  return [{ kind: 'field', field, offset }];
}

/** The parts of a time, each a field of its own: together they make one time. */
function timeTokens(given: string, format: string, offset: number): readonly LogToken[] {
  if (format === '')
    return [{ kind: 'field', field: { meaning: 'time', shape: 'name', time: { kind: 'iso' } }, offset }];
  return (format.match(TIME_PIECE) ?? []).map((piece): LogToken => {
    if (LITERAL.test(piece)) return { kind: 'text', text: piece };
    const time = timePart(piece);
    if ('problem' in time) throw logFormatError(given, time.problem, offset);
    return { kind: 'field', field: { meaning: 'time', shape: 'digits', time }, offset };
  });
}

function timePart(piece: string): TimePart | { readonly problem: string } {
  if (piece === '%s') return { kind: 'epoch', unit: 's', clock: 'begin' };
  const [, digits] = /^%([1-9]?)f$/.exec(piece) ?? [];
  if (digits !== undefined)
    return { kind: 'fraction', digits: digits === '' ? 9 : Number(digits), clock: 'begin' };
  const form = readStrftime(piece);
  return 'unknown' in form
    ? { problem: unknownLetter(form.unknown) }
    : { kind: 'strftime', form, clock: 'begin' };
}

function problemAt(rest: string): string {
  if (/^%[A-Z][A-Z0-9_]*\(/.test(rest)) return 'the ( after % is never closed with )%.';
  if (/^%[A-Z][A-Z0-9_]*/.test(rest)) return 'the operator is never closed with %.';
  return 'the % is followed by no operator; a percent sign is %%.';
}
