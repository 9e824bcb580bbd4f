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
 * Steps that read a JSON object with names of the user's choice once: `named` and `texts` (its values), then one alias
 * per field with its first text that is there and is no object, else an empty one. `from` is the map that is read.
 *
 * The records of a log share few lists of names. As a dictionary, the list is asked where a field stands once for all
 * records that have it, which leaves one access to an array per field and record: searching the names of each record
 * took five times as long, and the copies that a lambda makes of arrays it looks into more than 1 GB a segment.
 */
export function jsonFieldSteps(
  fields: FieldNames,
  from = `JSONExtract(line, 'Map(String, String)')`,
): ParseSteps {
  const taken = new Set<string>();
  const picks = Object.entries(fields).map(([alias, names]): readonly [string, string] => {
    const own = [...new Set(names.flatMap(spellings))].filter((name) => !taken.has(name));
    for (const name of own) taken.add(name);
    return [`texts[${placeOf(own)}]`, alias];
  });
  return [[from, 'own'], [`mapValues(own)`, 'texts'], [NAMED, 'named'], ...picks];
}

/** Names in lower case, each between line ends; a minus stands before one without a text. */
const NAMED = `toLowCardinality(concat('\\n', lower(arrayStringConcat(arrayMap((name, text) -> concat(
  if(text IN (${ABSENT}) OR startsWith(text, '{'), '-', ''), replaceAll(name, '\\n', ' '), '\\n'), mapKeys(own), texts)))))`;

/** Whether one of the names is there, with or without a text. */
export function hasName(...names: readonly string[]): string {
  return `match(named, ${sqlText(`\n-?(?:${names.map(literally).join('|')})\n`)})`;
}

/** The number of the first of these names that has a text; 0 without one. */
function placeOf(names: readonly string[]): string {
  const arms = names.map((name) => `(?:.*?\n)?${literally(name)}\n`);
  return `countSubstrings(extract(named, ${sqlText(`(?s)^\n(${arms.join('|')})`)}), '\\n')`;
}

function literally(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * The map of a JSON object, and beside the names that hold objects the names inside these, behind a dot:
 * `{"error":{"type":"x"}}` has `error.type`. Two steps; the last is the map.
 */
export function withInnerNames(alias: string): ParseSteps {
  return [
    [`JSONExtractKeysAndValues(line, 'String')`, 'outer_names'],
    [
      `CAST(if(arrayExists(entry -> startsWith(entry.2, '{'), outer_names), arrayConcat(outer_names, arrayFlatten(arrayMap(entry ->
        if(startsWith(entry.2, '{'), arrayMap(inner -> (concat(entry.1, '.', inner.1), inner.2),
          JSONExtractKeysAndValues(entry.2, 'String')), []), outer_names))), outer_names), 'Map(String, String)')`,
      alias,
    ],
  ];
}

function spellings(name: string): readonly string[] {
  const lower = name.toLowerCase();
  const snake = name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  return snake === lower ? [lower] : [lower, snake];
}

/**
 * `Nullable(DateTime64(3, 'UTC'))` for an instant in any usual form: seconds since 1970 (with fraction), milli-,
 * micro- or nanoseconds by their magnitude, RFC 3339, or `10/Oct/2026:13:55:36 +0000`. Nothing in an arm throws for
 * texts of another form, since arms are not always lazy. The 0.0004 are what a float may lack of a decimal.
 */
export function instant(text: string): string {
  const number = `toFloat64OrNull(${text})`;
  const unit = `multiIf(${number} < 1e11, 1000, ${number} < 1e14, 1, ${number} < 1e17, 1e-3, ${number} < 1e19, 1e-6, NULL)`;
  return `multiIf(
    match(${text}, '^[0-9]+([.][0-9]+)?$'),
      fromUnixTimestamp64Milli(accurateCastOrNull(floor(${number} * ${unit} + 0.0004), 'Int64'), 'UTC'),
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
