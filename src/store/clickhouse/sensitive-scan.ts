import { DATA_TYPES, type DataType } from '../../model/data-type.ts';

/**
 * What each type looks like in a target or body; vectorscan syntax, case-insensitive.
 * One multiMatch call tests all of them at about 300 MB/s; only lines that hit pay for validation.
 */
export const PATTERNS: Readonly<Record<DataType, string>> = {
  ssn: '(^|[^0-9-])[0-9]{3}-[0-9]{2}-[0-9]{4}($|[^0-9-])',
  credit_card: '(^|[^0-9])[2-6][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{1,7}($|[^0-9])',
  email: '[a-z0-9._%+-]+@[a-z0-9-]+(\\\\.[a-z0-9-]+)*\\\\.[a-z]{2,}',
  api_key:
    '(AKIA[0-9A-Z]{16}|gh[pousr]_[0-9a-z]{36}|sk_live_[0-9a-z]{16,}|xox[abprs]-[0-9a-z-]{10,}|(api[_-]?key|apikey|access[_-]?key|client[_-]?secret)["\\\\x27]?[=:]["\\\\x27 ]{0,2}[0-9a-z_-]{16,})',
  jwt: 'eyJ[a-z0-9_-]+\\\\.eyJ[a-z0-9_-]+\\\\.[a-z0-9_-]+',
  phone:
    '((^|[^0-9a-z])[+][1-9][0-9]{7,14}($|[^0-9])|((^|[^a-z])tel|phone|mobile|msisdn)([_-]?(number|no))?["\\\\x27]?[=:]["\\\\x27 ]{0,2}[+]?[(]?[0-9][0-9() .-]{8,16}[0-9])',
};

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

/**
 * All places of a pattern that stand between two of `outside`: every character that can be a border is
 * doubled first, since a match takes its borders away and two neighbours share one.
 */
function standingAlone(text: string, outside: string, pattern: string): string {
  const apart = `replaceRegexpAll(${text}, '([${outside}])', '\\\\1\\\\1')`;
  return `extractAll(${apart}, '(?:^|[${outside}])(${pattern})(?:$|[${outside}])')`;
}

/** Area 000, 666 and 9xx, group 00 and serial 0000 were never issued (SSA, randomisation rules of 2011). */
const SSN_VALID = (text: string) =>
  `arrayExists(v -> NOT match(v, '^(000|666|9)|-00-|-0000$'), ${standingAlone(text, '^0-9-', '[0-9]{3}-[0-9]{2}-[0-9]{4}')})`;

/**
 * Issuer prefixes with the lengths they come in: a number of another form is a timestamp, an id or a telephone
 * number, as are nearly all of 13 digits.
 */
const CARD_NUMBERS = [
  '4[0-9]{15}(?:[0-9]{3})?',
  '5[1-5][0-9]{14}',
  '2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)[0-9]{12}',
  '3[47][0-9]{13}',
  '3(?:0[0-5]|[689][0-9])[0-9]{11}',
  '35(?:2[89]|[3-8][0-9])[0-9]{12}',
  '6(?:011|4[4-9][0-9]|5[0-9]{2})[0-9]{12}',
  '62[0-9]{14,17}',
];

/** Groups of four, or 4-6-5 and 4-6-4, with one kind of separator or none; borders are doubled. */
const CARD_LAYOUT = ['', '  ', '--']
  .map((gap) =>
    gap === ''
      ? '[2-6][0-9]{13,18}'
      : `[2-6][0-9]{3}${gap}(?:[0-9]{4}${gap}[0-9]{4}${gap}[0-9]{1,7}|[0-9]{6}${gap}[0-9]{4,5})`,
  )
  .join('|');

const digits = (card: string) => `arrayMap(c -> toUInt8(c), arrayReverse(splitByString('', ${card})))`;

/** ISO/IEC 7812-1 Annex B: every second digit from the right is doubled and its digits are added. */
const luhnSum = (card: string) => `arraySum(arrayMap((d, i) -> if(i % 2 = 1, d, if(d > 4, d * 2 - 9, d * 2)),
    ${digits(card)}, range(1, length(${card}) + 1)))`;

const CARD_VALID = (text: string) => `arrayExists(
  v -> match(v, '^(?:${CARD_NUMBERS.join('|')})$') AND ${luhnSum('v')} % 10 = 0,
  arrayMap(v -> replaceRegexpAll(v, '[ -]', ''),
    ${standingAlone(`replaceRegexpAll(${text}, '${UUID}', '')`, '^0-9', CARD_LAYOUT)}))`;

/** `logo@2x.png` and `pkg@1.2.3-rc.alpha` have the form of an address. */
const EMAIL_VALID = (text: string) => `arrayExists(
  v -> NOT match(v, '@[0-9]+[.][0-9]|[.](?i:png|jpe?g|gif|svg|webp|avif|ico|css|js|mjs|map)$'),
  extractAll(${text}, '((?i:[a-z0-9._%+-]+@[a-z0-9-]+(?:[.][a-z0-9-]+)*[.][a-z]{2,}))'))`;

/** vectorscan does not always honour a border: it took the `+1415…` of `a+14155552671` for a number. */
const PHONE_VALID = (text: string) => `match(${text}, '(?i)${PATTERNS.phone}')`;

const bit = (type: DataType) => 2 ** DATA_TYPES.indexOf(type);
const ALL_BITS = 2 ** DATA_TYPES.length - 1;

/**
 * ClickHouse expression: bit i is set when something like `DATA_TYPES[i]` stands in `text`.
 * Needs the setting `reject_expensive_hyperscan_regexps = 0` for the bounded repeats.
 */
export function sensitiveCandidates(text: string): string {
  const patterns = DATA_TYPES.map((type) => `'(?i)${PATTERNS[type]}'`).join(', ');
  return `toUInt16(arraySum(arrayMap(i -> bitShiftLeft(toUInt16(1), i - 1), multiMatchAllIndices(${text}, [${patterns}]))))`;
}

/** ClickHouse expression: `candidates` without the bits whose check digits, ranges or endings do not hold. */
export function validatedMask(candidates: string, text: string): string {
  const keep = (type: DataType, proof: string) =>
    `if(bitAnd(${candidates}, ${bit(type)}) = 0 OR ${proof}, ${ALL_BITS}, ${ALL_BITS - bit(type)})`;
  const proven = [
    keep('ssn', SSN_VALID(text)),
    keep('credit_card', CARD_VALID(text)),
    keep('email', EMAIL_VALID(text)),
    keep('phone', PHONE_VALID(text)),
  ];
  return `if(bitAnd(${candidates}, ${bit('ssn') + bit('credit_card') + bit('email') + bit('phone')}) = 0, ${candidates},
    toUInt16(${proven.reduce((mask, proof) => `bitAnd(${mask}, ${proof})`, candidates)}))`;
}
