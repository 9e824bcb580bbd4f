/** A path has at most this many segments in a shape; the rest become one `{rest}`. */
const MAX_SEGMENTS = 32;
/** A longer segment says nothing as a literal: `{text}`. */
const MAX_SEGMENT_BYTES = 64;
/** A longer path is cut before shaping; what is cut off counts as `{rest}`. */
const MAX_PATH_BYTES = 2048;

/** Printable ASCII without `%`, `;`, `{` and `}`. */
const PLAIN_PATH = '^[ -$&-:<-z|~]*$';
/** Percent-escapes that stay, since decoded they would mean something else: `%`, `/`, `;`, `{`, `}` and controls. */
const KEPT_ESCAPES = '%(25|2[fF]|3[bB]|7[bBdDfF]|[01][0-9a-fA-F])';
/** C0 and C1 controls. */
const CONTROL = '\\\\x{00}-\\\\x{1f}\\\\x{7f}-\\\\x{9f}';

/**
 * ClickHouse expression for the shape of a path: every segment of an evident type replaced by `{type}`.
 *
 * Pure and memoryless, so that any number of collectors agree. `path` is an expression giving the path
 * without query. Matrix parameters (`;jsessionid=…`) are left out. What a segment keeps holds no e-mail
 * address, no run of five digits and no control character. Rules are asked in order and most segments stop
 * at the first gates; a multiIf per segment ran at 1.03-1.09 M paths/s, a chain of replaceRegexpAll at
 * 0.58 M and wrong on adjacent ids.
 */
export function pathShape(path: string): string {
  // A short path cannot have too many segments; two plain tests took half the time of one pattern for both.
  const isShort = `length(${path}) <= ${2 * MAX_SEGMENTS} OR
    (length(${path}) <= ${MAX_PATH_BYTES} AND countSubstrings(${path}, '/') <= ${MAX_SEGMENTS})`;
  const isClean = `match(${path}, '${PLAIN_PATH}') AND position(${path}, '//') = 0
    AND startsWith(${path}, '/') AND NOT endsWith(${path}, '/') AND (${isShort})`;
  const segments = `splitByChar('/', substring(if(${isClean}, ${path}, ${cleaned(path)}), 2))`;
  return `concat('/', arrayStringConcat(arrayMap(p -> ${segmentShape('p')}, ${segments}), '/'))`;
}

/** The same path without what is no part of a shape: only a few paths pay for this. */
function cleaned(path: string): string {
  const valid = `toValidUTF8(substring(${path}, 1, ${MAX_PATH_BYTES}))`;
  const unbraced = `replaceAll(replaceAll(replaceRegexpAll(${valid}, ';[^/]*', ''), '{', '%7B'), '}', '%7D')`;
  const all = `(arrayFilter(s -> s != '', splitByChar('/', ${unbraced})) AS shape_segments)`;
  const some = `arrayMap(s -> ${decoded('s')}, arraySlice(${all}, 1, ${MAX_SEGMENTS}))`;
  const isLonger = `length(${path}) > ${MAX_PATH_BYTES} OR length(shape_segments) > ${MAX_SEGMENTS}`;
  return `concat('/', arrayStringConcat(${some}, '/'), if(${isLonger}, '/{rest}', ''))`;
}

/** Decoded once; what could be decoded again, by accident or to hide something, says nothing. */
function decoded(s: string): string {
  const once = `toValidUTF8(decodeURLComponent(replaceRegexpAll(${s}, '${KEPT_ESCAPES}', '%25\\\\1')))`;
  const leftOver = `match(replaceRegexpAll(${once}, '${KEPT_ESCAPES}', ''), '%[0-9a-fA-F]{2}')`;
  return `if(position(${s}, '%') = 0, ${s}, if(${leftOver}, '{text}', ${once}))`;
}

/**
 * Words, with a small number at the end or none, numbers and UUIDs are nearly all segments there are. What is left is
 * asked in a function of its own, so that only it is copied from rule to rule.
 */
function segmentShape(p: string): string {
  return `multiIf(
    length(${p}) < 16 AND match(${p}, '^(?:[^0-9@${CONTROL}]*|[A-Za-z][A-Za-z-]*[0-9]{1,4})$'), ${p},
    match(${p}, '^-?[0-9]+$'), '{int}',
    length(${p}) = 36 AND match(${p}, '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$'), '{uuid}',
    ${rareShape(p)})`;
}

function rareShape(p: string): string {
  const isVersion = `length(${p}) <= 16 AND match(${p}, '^v?[0-9]{1,3}(\\\\.[0-9]{1,3}){0,2}$') AND NOT match(${p}, '^[0-9]+\\\\.[0-9]{2,}$')`;
  return `multiIf(
    ${isVersion}, ${p},
    length(${p}) >= 16 AND match(${p}, '^[0-9a-fA-F]+$'), if(length(${p}) = 24, '{oid}', '{hex}'),
    length(${p}) = 26 AND match(${p}, '^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$'), '{ulid}',
    match(${p}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9:]+)?)?$'), '{date}',
    match(${p}, '^[^@ ]+@[^@ ]+\\\\.[a-zA-Z]{2,}$'), '{email}',
    isIPv4String(${p}) OR (position(${p}, ':') > 0 AND isIPv6String(${p})), '{ip}',
    match(${p}, '^[+]?[0-9.,_() -]+$'), '{num}',
    startsWith(${p}, 'eyJ'), '{jwt}',
    match(${p}, '^[a-z]{2,8}_[0-9A-Za-z]{8,}$') AND match(${p}, '_.*[0-9]'), concat('{pfx:', substring(${p}, 1, position(${p}, '_') - 1), '}'),
    match(${p}, '^[0-9]+\\\\.[a-z]{2,5}$'), concat('{int}', substring(${p}, position(${p}, '.'))),
    match(${p}, '^[A-Za-z]+\\\\([0-9]+\\\\)$'), concat(substring(${p}, 1, position(${p}, '(')), '{int})'),
    length(${p}) >= 20 AND match(${p}, '^[A-Za-z0-9_=-]+$') AND match(${p}, '[0-9]') AND match(${p}, '[A-Z]') AND match(${p}, '[a-z]'), '{token}',
    length(${p}) > ${MAX_SEGMENT_BYTES}, '{text}',
    match(${p}, '[${CONTROL}]|@[^@]*\\\\.[a-zA-Z]{2}'), '{text}',
    match(${p}, '[0-9]{5}|[0-9]{2}[ -][0-9]{2}'), ${numbersReplaced(p)},
    ${p})`;
}

/** Groups of digits as in cards, dates and phone numbers, then what is left of long runs: `order-{int}`. */
function numbersReplaced(p: string): string {
  return `replaceRegexpAll(replaceRegexpAll(${p}, '[0-9]{2,}([ -][0-9]{2,}){2,}', '{num}'), '[0-9]{5,}', '{int}')`;
}
