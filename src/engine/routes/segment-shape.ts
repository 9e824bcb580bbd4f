import { isIPv4, isIPv6 } from 'node:net';
import { literalText } from './literal-text.ts';

type Rule = readonly [matches: (segment: string) => boolean, shape: (segment: string) => string];

/** A longer segment says nothing as a literal. */
const MAX_SEGMENT_BYTES = 64;

const test = (pattern: RegExp) => (segment: string) => pattern.test(segment);
const always = (shape: string) => () => shape;

/** With a small number at its end or none. */
const PLAIN_WORD = /^(?:[^0-9@\p{Cc}]*|[A-Za-z][A-Za-z-]*[0-9]{1,4})$/u;

/** The traffic store's rules in its order; a test runs both over the same segments. */
const RULES: readonly Rule[] = [
  [test(/^-?[0-9]+$/), always('{int}')],
  [test(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i), always('{uuid}')],
  [
    (s) => s.length <= 16 && /^v?[0-9]{1,3}(\.[0-9]{1,3}){0,2}$/.test(s) && !/^[0-9]+\.[0-9]{2,}$/.test(s),
    (s) => s,
  ],
  [(s) => s.length >= 16 && /^[0-9a-f]+$/i.test(s), (s) => (s.length === 24 ? '{oid}' : '{hex}')],
  [test(/^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/), always('{ulid}')],
  [test(/^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9:]+)?)?$/), always('{date}')],
  [test(/^[^@ ]+@[^@ ]+\.[a-zA-Z]{2,}$/), always('{email}')],
  [(s) => isIPv4(s) || (isIPv6(s) && !s.includes('%')), always('{ip}')],
  [test(/^[+]?[0-9.,_() -]+$/), always('{num}')],
  [(s) => s.startsWith('eyJ'), always('{jwt}')],
  [
    (s) => /^[a-z]{2,8}_[0-9A-Za-z]{8,}$/.test(s) && /_.*[0-9]/.test(s),
    (s) => `{pfx:${s.slice(0, s.indexOf('_'))}}`,
  ],
  [test(/^[0-9]+\.[a-z]{2,5}$/), (s) => `{int}${s.slice(s.indexOf('.'))}`],
  [test(/^[A-Za-z]+\([0-9]+\)$/), (s) => `${s.slice(0, s.indexOf('('))}({int})`],
  [
    (s) =>
      s.length >= 20 && /^[A-Za-z0-9_=-]+$/.test(s) && /[0-9]/.test(s) && /[A-Z]/.test(s) && /[a-z]/.test(s),
    always('{token}'),
  ],
  [(s) => byteLength(s) > MAX_SEGMENT_BYTES, always('{text}')],
  [test(/\p{Cc}|@[^@]*\.[a-zA-Z]{2}/u), always('{text}')],
  [test(/[0-9]{5}|[0-9]{2}[ -][0-9]{2}/), numbersReplaced],
];

/**
 * The shape the traffic store gives to one segment of a path, as a caller would send it; empty for a segment that
 * is left out. Segments of an API description are compared with observed ones in this form.
 */
export function segmentShape(segment: string): string {
  const text = literalText(segment);
  if (byteLength(text) < 16 && PLAIN_WORD.test(text)) return text;
  const rule = RULES.find(([matches]) => matches(text));
  return rule === undefined ? text : rule[1](text);
}

function numbersReplaced(segment: string): string {
  return segment.replace(/[0-9]{2,}([ -][0-9]{2,}){2,}/g, '{num}').replace(/[0-9]{5,}/g, '{int}');
}

const byteLength = (text: string) => Buffer.byteLength(text, 'utf8');
