import { DATA_TYPES, type DataType } from '../../model/data-type.ts';

/**
 * What each type looks like in a target or body; vectorscan syntax, case-insensitive.
 * One multiMatch call tests all of them at about 300 MB/s; only lines that hit pay for validation.
 */
const PATTERNS: Readonly<Record<DataType, string>> = {
  ssn: '(^|[^0-9-])[0-9]{3}-[0-9]{2}-[0-9]{4}($|[^0-9-])',
  credit_card: '(^|[^0-9])[2-6][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{1,7}($|[^0-9])',
  email: '[a-z0-9._%+-]+@[a-z0-9-]+(\\\\.[a-z0-9-]+)*\\\\.[a-z]{2,}',
  api_key:
    '(AKIA[0-9A-Z]{16}|gh[pousr]_[0-9a-z]{36}|sk_live_[0-9a-z]{16,}|xox[abprs]-[0-9a-z-]{10,}|(api[_-]?key|apikey|access[_-]?key|client[_-]?secret)["\\\\x27]?[=:]["\\\\x27 ]{0,2}[0-9a-z_-]{16,})',
  jwt: 'eyJ[a-z0-9_-]+\\\\.eyJ[a-z0-9_-]+\\\\.[a-z0-9_-]+',
  phone:
    '((^|[^0-9a-z])[+][1-9][0-9]{7,14}($|[^0-9])|(phone|mobile|msisdn|tel)["\\\\x27]?[=:]["\\\\x27 ]{0,2}[+]?[0-9][0-9() .-]{8,16}[0-9])',
};

/** Area 000, 666 and 9xx, group 00 and serial 0000 were never issued (SSA, randomisation rules of 2011). */
const SSN_VALID = (text: string) => `arrayExists(
  v -> NOT match(v, '^(000|666|9)|-00-|-0000$'), extractAll(${text}, '([0-9]{3}-[0-9]{2}-[0-9]{4})'))`;

/** ISO/IEC 7812-1 Annex B (Luhn) over 13 to 19 digits. */
const CARD_VALID = (text: string) => `arrayExists(
  v -> length(v) BETWEEN 13 AND 19 AND match(v, '[^0]') AND arraySum(arrayMap(
    (d, i) -> if(i % 2 = 1, d, if(d > 4, d * 2 - 9, d * 2)),
    arrayMap(c -> toUInt8(c), arrayReverse(splitByString('', v))), range(1, length(v) + 1))) % 10 = 0,
  arrayMap(v -> replaceRegexpAll(v, '[ -]', ''),
    extractAll(${text}, '([2-6][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{1,7})')))`;

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

/** ClickHouse expression: `candidates` without the bits whose check digits or ranges do not hold. */
export function validatedMask(candidates: string, text: string): string {
  const keep = (type: DataType, proof: string) =>
    `if(bitAnd(${candidates}, ${bit(type)}) = 0 OR ${proof}, ${ALL_BITS}, ${ALL_BITS - bit(type)})`;
  return `if(bitAnd(${candidates}, ${bit('ssn') + bit('credit_card')}) = 0, ${candidates},
    toUInt16(bitAnd(${candidates}, bitAnd(${keep('ssn', SSN_VALID(text))}, ${keep('credit_card', CARD_VALID(text))}))))`;
}
