type ParseSteps = readonly (readonly [expression: string, alias: string])[];

/** RE2, in a ClickHouse literal: names that only CloudFront gives to fields. */
const CLOUDFRONT_NAMES = '(?i)[ \\\\t](x-edge-|x-host-header|time-to-first-byte)';
/** Whether `line` begins with names of fields (`src/inputs/documents/w3c/`), CloudFront's among them. */
export const NAMES_CLOUDFRONT = `match(line, '^#Fields:[^\\\\x1f]*${CLOUDFRONT_NAMES}')`;
/** The same of `names`. */
export const HAS_CLOUDFRONT_NAMES = `match(names, '${CLOUDFRONT_NAMES}')`;

/**
 * `cut`, after which the data of `line` begins, and `names`: in lower case, with a blank before, between and after them.
 * A line that does not say its fields has those of `otherwise`. Lines share few lists of names: as a dictionary, what
 * is asked of a list is computed once for many lines, as long as each function has one such argument only.
 */
export function fieldsDirectiveSteps(otherwise: string): ParseSteps {
  return [
    [`if(startsWith(line, '#Fields:'), position(line, '\\x1f'), 0)`, 'cut'],
    [`toLowCardinality(if(cut > 0, substring(line, 9, cut - 9), ${otherwise}))`, 'named'],
    [`concat(' ', trimBoth(replaceRegexpAll(lower(named), '\\\\s+', ' ')), ' ')`, 'names'],
    [`countSubstrings(names, ' ') - 1`, 'fields'],
  ];
}

/** The value in `cells` under one of these names (RE2, lower case); empty without such a field. */
export function cell(...wanted: readonly string[]): string {
  return `cells[countSubstrings(extract(names, '^(.*? )(?:${wanted.join('|')}) '), ' ')]`;
}
