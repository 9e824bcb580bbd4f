type Rule = readonly [matches: (segment: string) => boolean, shape: (segment: string) => string];

const test = (pattern: RegExp) => (segment: string) => pattern.test(segment);
const always = (shape: string) => () => shape;

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
  [test(/^[+]?[0-9.,_() -]+$/), always('{num}')],
  [
    (s) => /^[a-z]{2,8}_[0-9A-Za-z]{8,}$/.test(s) && /_.*[0-9]/.test(s),
    (s) => `{pfx:${s.slice(0, s.indexOf('_'))}}`,
  ],
  [test(/^[0-9]+\.[a-z]{2,5}$/), (s) => `{int}${s.slice(s.indexOf('.'))}`],
];

/** The shape the traffic store would give to one literal segment of an API description. */
export function segmentShape(segment: string): string {
  if (segment.length < 16 && !/[0-9@]/.test(segment)) return segment;
  const rule = RULES.find(([matches]) => matches(segment));
  return rule === undefined ? segment : rule[1](segment);
}
