import { createHash } from 'node:crypto';
import { element, type Random } from './random.ts';

/** The kinds of sensitive data that can be planted, by the names Stance's reports use. */
export type SensitiveKind = 'ssn' | 'credit_card' | 'email' | 'api_key' | 'jwt' | 'phone';

/** What a path or query parameter holds; `*-lookalike` must not be taken for the real thing. */
export type ValueKind =
  | SensitiveKind
  | 'card-lookalike'
  | 'ssn-lookalike'
  | 'int'
  | 'uuid'
  | 'ulid'
  | 'slug'
  | 'date'
  | 'invoice'
  | 'sku'
  | 'page'
  | 'limit'
  | 'words'
  | 'locale'
  | 'flag';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE64URL = `${BASE62}-_`;
const FIRST_NAMES = [
  'ada',
  'bela',
  'chidi',
  'dana',
  'emre',
  'freya',
  'goran',
  'hana',
  'ines',
  'jonas',
  'kaori',
  'luis',
];
const LAST_NAMES = [
  'adeyemi',
  'bauer',
  'costa',
  'dahl',
  'egger',
  'fischer',
  'garcia',
  'haddad',
  'ito',
  'jansen',
];
const ADJECTIVES = [
  'amber',
  'brisk',
  'calm',
  'dry',
  'even',
  'fine',
  'green',
  'hollow',
  'iron',
  'jade',
  'keen',
  'light',
];
const NOUNS = [
  'anvil',
  'basket',
  'candle',
  'drum',
  'easel',
  'fork',
  'globe',
  'hammer',
  'inkwell',
  'jar',
  'kettle',
  'lamp',
];
/** Test numbers that the card networks publish: Luhn-valid and never issued. */
const TEST_CARDS = [
  '4111111111111111',
  '4012888888881881',
  '4242424242424242',
  '5555555555554444',
  '5105105105105100',
  '378282246310005',
  '371449635398431',
  '6011111111111117',
];
const JWT_HEADER = base64url('{"alg":"HS256","typ":"JWT"}');
const MAKERS: Readonly<Record<ValueKind, (random: Random) => string>> = {
  int: (random) => skewed(random, 90_000),
  uuid,
  ulid: (random) => `01J${letters(random, CROCKFORD, 23)}`,
  slug: (random) => `${random.pick(ADJECTIVES)}-${random.pick(NOUNS)}-${skewed(random, 40)}`,
  date: (random) => `2026-${twoDigits(1 + random.below(12))}-${twoDigits(1 + random.below(28))}`,
  invoice: (random) => `inv_${letters(random, BASE62, 14)}`,
  sku: (random) => `${random.pick(['EL', 'HM', 'TX'])}-${10_000 + random.below(60_000)}`,
  page: (random) => skewed(random, 30),
  limit: (random) => random.pick(['10', '20', '50', '100']),
  words: (random) => `${random.pick(ADJECTIVES)}+${random.pick(NOUNS)}`,
  locale: (random) => random.pick(['de-DE', 'en-GB', 'en-US', 'fr-FR', 'pt-BR']),
  flag: () => '',
  email: (random) =>
    `${random.pick(FIRST_NAMES)}.${random.pick(LAST_NAMES)}${random.below(100)}${random.chance(0.8) ? '%40' : '@'}example.${random.pick(['com', 'org', 'net'])}`,
  phone: (random) => `%2B1${random.pick(['202', '312', '415', '617'])}55501${twoDigits(random.below(100))}`,
  ssn: (random) => `${areaNumber(random)}-${twoDigits(1 + random.below(99))}-${1000 + random.below(9000)}`,
  'ssn-lookalike': (random) =>
    `${random.pick(['000', '666', '9'.concat(twoDigits(random.below(100)))])}-12-${1000 + random.below(9000)}`,
  credit_card: (random) => random.pick(TEST_CARDS),
  // A digit added to the last place always breaks the check digit.
  'card-lookalike': (random) =>
    random.pick(TEST_CARDS).replace(/.$/, (digit) => String((Number(digit) + 1 + random.below(9)) % 10)),
  api_key: (random) => letters(random, BASE62, 40),
  jwt: (random) =>
    `${JWT_HEADER}.${base64url(`{"sub":"${random.below(100_000)}","iat":1767225600}`)}.${letters(random, BASE64URL, 43)}`,
};
const SENSITIVE: ReadonlySet<string> = new Set<SensitiveKind>([
  'ssn',
  'credit_card',
  'email',
  'api_key',
  'jwt',
  'phone',
]);

/** A value of that kind, already fit for a path segment or a query. */
export function makeValue(kind: ValueKind, random: Random): string {
  return MAKERS[kind](random);
}

export function isSensitive(kind: ValueKind): kind is SensitiveKind {
  return SENSITIVE.has(kind);
}

/** `length` letters of an alphabet; its bias towards the first letters does not matter here. */
export function letters(random: Random, alphabet: string, length: number): string {
  let text = '';
  for (let left = length; left > 0; left -= 4) {
    const bits = random.bits();
    for (let taken = 0; taken < 4 && taken < left; taken += 1) {
      text += alphabet[((bits >>> (taken * 8)) & 0xff) % alphabet.length];
    }
  }
  return text;
}

/** 32 hex digits, as Kong numbers its requests. */
export function hex32(random: Random): string {
  return hex8(random.bits()) + hex8(random.bits()) + hex8(random.bits()) + hex8(random.bits());
}

/** The same name gives the same UUID-shaped identifier. */
export function uuidOf(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex');
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

export function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function uuid(random: Random): string {
  const high = hex8(random.bits());
  const low = hex8(random.bits());
  return `${hex8(random.bits())}-${high.slice(0, 4)}-4${high.slice(5)}-8${low.slice(0, 3)}-${low.slice(4)}${hex8(random.bits())}`;
}

/** From 1 to the limit, small numbers more often: a few customers make most of the calls. */
function skewed(random: Random, limit: number): string {
  return String(1 + Math.floor(random.fraction() * random.fraction() * limit));
}

/** 001 to 899 without 666, the only area numbers ever issued. */
function areaNumber(random: Random): string {
  const area = 1 + random.below(899);
  return String(area === 666 ? 665 : area).padStart(3, '0');
}

function hex8(bits: number): string {
  return (
    element(HEX, bits >>> 24) +
    element(HEX, (bits >>> 16) & 0xff) +
    element(HEX, (bits >>> 8) & 0xff) +
    element(HEX, bits & 0xff)
  );
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
