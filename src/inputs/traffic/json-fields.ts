import type { TrafficFormat } from '../../model/traffic-format.ts';
import { sqlText } from '../log-format/sql-text.ts';

type ParseSteps = TrafficFormat['parse'];

/** How logs write that a value is not there. */
export const ABSENT_TEXTS = [
  '',
  '-',
  '""',
  '"-"',
  'null',
  '(not set)',
  '(null)',
  'none',
  'undefined',
] as const;
const ABSENT = ABSENT_TEXTS.map(sqlText).join(', ');
/** The slot of a name that no field goes by; no slot has the number 0. */
const NO_SLOT = 65_535;

/** RFC 3339; a blank for the T, and no zone or the word UTC for UTC, as databases export it. */
const RFC_3339 =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)([.,][0-9]{1,9})?([Zz]| ?UTC|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])?$';
const CLF = '^\\\\[?[0-9]{1,2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9:]{8} [+-][0-9]{4}\\\\]?$';

/**
 * What a field goes by in the logs, the best first: `requestTime` stands for `request_time` too; case is folded. A name
 * belongs to the first field that has it.
 */
export type FieldNames = Readonly<Record<string, readonly string[]>>;

/**
 * Steps that read a JSON object with names of the user's choice once: `names` (lower case) and `texts` side by side,
 * then one alias per field with its first text that is there and is no object, else an empty one. `from` is the map
 * that is read.
 */
export function jsonFieldSteps(
  fields: FieldNames,
  from = `JSONExtract(line, 'Map(String, String)')`,
): ParseSteps {
  const slots = new Map<string, number>();
  const picks = Object.entries(fields).map(([alias, names]): readonly [string, string] => {
    const first = slots.size + 1;
    for (const name of names.flatMap(spellings)) if (!slots.has(name)) slots.set(name, slots.size + 1);
    return [pick(first, slots.size), alias];
  });
  const known = [...slots.keys()].map(sqlText).join(', ');
  return [
    [from, 'own'],
    [`arrayMap(name -> lower(name), mapKeys(own))`, 'names'],
    [`mapValues(own)`, 'texts'],
    [
      `arrayMap((name, text) -> if(text IN (${ABSENT}) OR startsWith(text, '{'), ${NO_SLOT},
        transform(name, [${known}], [${[...slots.values()].join(', ')}], ${NO_SLOT})), names, texts)`,
      'slots',
    ],
    ...picks,
  ];
}

/**
 * The map of a JSON object, and beside the names that hold objects the names inside these, behind a dot:
 * `{"error":{"type":"x"}}` has `error.type`. Two steps; the last is the map.
 */
export function withInnerNames(alias: string): ParseSteps {
  return [
    [`JSONExtract(line, 'Map(String, String)')`, 'outer_names'],
    [
      `if(arrayExists(text -> startsWith(text, '{'), mapValues(outer_names)),
        mapConcat(outer_names, arrayFold((found, entry) -> mapConcat(found, entry), arrayMap((name, text) ->
          mapApply((inner, value) -> (concat(name, '.', inner), value), JSONExtract(text, 'Map(String, String)')),
          mapKeys(outer_names), mapValues(outer_names)), CAST(map(), 'Map(String, String)'))), outer_names)`,
      alias,
    ],
  ];
}

function spellings(name: string): readonly string[] {
  const lower = name.toLowerCase();
  const snake = name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  return snake === lower ? [lower] : [lower, snake];
}

function pick(first: number, last: number): string {
  if (first === last) return `texts[indexOf(slots, ${first})]`;
  return `texts[indexOf(slots, arrayMin(arrayFilter(slot -> slot BETWEEN ${first} AND ${last}, slots)))]`;
}

/**
 * `Nullable(DateTime64(3, 'UTC'))` for an instant in any usual form: seconds since 1970 (with fraction), milli-,
 * micro- or nanoseconds by their number of digits, RFC 3339, or `10/Oct/2026:13:55:36 +0000`. Each arm sees only
 * texts of its form, since arms are not always lazy and some numbers overflow.
 */
export function instant(text: string): string {
  const seconds = `toDecimal64OrNull(extract(${text}, '^[0-9]{1,11}(?:[.][0-9]{1,9})?$'), 3)`;
  const counted = (form: string) => `toInt64OrNull(extract(${text}, '${form}'))`;
  return `multiIf(
    match(${text}, '^[0-9]+([.][0-9]+)?$'), fromUnixTimestamp64Milli(coalesce(toInt64(${seconds} * 1000),
      ${counted('^([0-9]{12,14})(?:[.][0-9]+)?$')}, intDiv(${counted('^[0-9]{15,17}$')}, 1000),
      intDiv(${counted('^[0-9]{18,19}$')}, 1000000)), 'UTC'),
    match(${text}, '${CLF}'), toDateTime64(parseDateTimeOrNull(toLowCardinality(trim(BOTH '[]' FROM ${text})),
      '%d/%b/%Y:%H:%i:%s %z', 'UTC'), 3, 'UTC'),
    match(${text}, '${RFC_3339}'),
      parseDateTime64BestEffortOrNull(replaceOne(upper(${text}), ',', '.'), 3, 'UTC'), NULL)`;
}

/** Milliseconds from a text that counts in units of so many; NULL when it is no number from 0 on. */
export function milliseconds(text: string, unitMs: number): string {
  const number = `toFloat64OrNull(${text})`;
  return `if(${number} >= 0, round(${number} * ${unitMs}, 6), NULL)`;
}
