import type { StrftimeForm } from './log-token.ts';

interface Letter {
  /** The same in ClickHouse's parseDateTime, which follows MySQL. */
  readonly format: string;
  /** RE2 for what it writes. */
  readonly pattern: string;
}

const TWO_DIGITS = '[0-9]{2}';
const WORD = '[A-Za-z]+';

const LETTERS: ReadonlyMap<string, Letter> = new Map<string, Letter>(
  Object.entries({
    Y: { format: '%Y', pattern: '[0-9]{4}' },
    y: { format: '%y', pattern: TWO_DIGITS },
    m: { format: '%m', pattern: TWO_DIGITS },
    b: { format: '%b', pattern: '[A-Za-z]{3}' },
    B: { format: '%M', pattern: WORD },
    d: { format: '%d', pattern: TWO_DIGITS },
    e: { format: '%e', pattern: '[ 0-9][0-9]' },
    j: { format: '%j', pattern: '[0-9]{3}' },
    a: { format: '%a', pattern: '[A-Za-z]{3}' },
    A: { format: '%W', pattern: WORD },
    H: { format: '%H', pattern: TWO_DIGITS },
    I: { format: '%I', pattern: TWO_DIGITS },
    p: { format: '%p', pattern: '[AP]M' },
    M: { format: '%i', pattern: TWO_DIGITS },
    S: { format: '%s', pattern: TWO_DIGITS },
    z: { format: '%z', pattern: '[+-][0-9]{4}' },
  }),
);

/** Letters that stand for several others. */
const EXPANSIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    T: '%H:%M:%S',
    R: '%H:%M',
    F: '%Y-%m-%d',
    D: '%m/%d/%y',
    r: '%I:%M:%S %p',
    c: '%a %b %e %H:%M:%S %Y',
    h: '%b',
  }),
);

/** Reads a strftime format; the letter that cannot be read back as `{ unknown }`, `%Z` among them. */
export function readStrftime(format: string): StrftimeForm | { readonly unknown: string } {
  const expanded = format.replace(
    /%([A-Za-z%])/g,
    (whole, letter: string) => EXPANSIONS.get(letter) ?? whole,
  );
  const parts = expanded.match(/%.?|[^%]/gs) ?? [];
  const form = { format: '', pattern: '', letters: '' };
  for (const part of parts) {
    const letter = part.startsWith('%') ? part.slice(1) : undefined;
    const known = letter === undefined || letter === '%' ? literalLetter(part) : LETTERS.get(letter);
    if (known === undefined) return { unknown: part };
    form.format += known.format;
    form.pattern += known.pattern;
    form.letters += letter ?? '';
  }
  return form;
}

/** Why a letter of a time format stops it from being compiled. */
export function unknownLetter(unknown: string): string {
  const hint = unknown === '%Z' ? ' Names of zones are ambiguous; log %z.' : '';
  return `the time format has ${unknown}, which cannot be read back.${hint}`;
}

function literalLetter(part: string): Letter {
  const character = part === '%%' ? '%' : part;
  return { format: character === '%' ? '%%' : character, pattern: literalPattern(character) };
}

/** RE2 for a text as it stands. */
export function literalPattern(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&').replaceAll('\t', '\\t');
}
