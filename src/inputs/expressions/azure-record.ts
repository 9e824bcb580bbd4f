type Step = readonly [expression: string, alias: string];

/**
 * An Azure resource log record as `text`, its properties always an object. Some exports write them as JSON text:
 * read once more, they go in front, where the first of two equal keys counts.
 */
export const azureText: Step = [
  `if(match(line, '"properties" ?: ?"') AND JSONType(line, 'properties') = 'String',
    concat('{"properties":', JSONExtractString(line, 'properties'), ',', substring(line, 2)), line)`,
  'text',
];

/** Properties written as text that is no JSON. */
export const badProperties: Step = [`NOT isValidJSON(text)`, 'bad_properties'];

/** Whether a line is a resource log record of one of these categories. */
export function isAzureCategory(categories: readonly string[]): string {
  const names = categories.map((category) => `'${category.toLowerCase()}'`).join(', ');
  return `has(keys, 'category') AND lower(JSONExtractString(line, 'category')) IN (${names})`;
}
