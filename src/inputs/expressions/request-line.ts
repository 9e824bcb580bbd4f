/** RE2, in a ClickHouse literal: a method as servers accept it; what else stands there is not HTTP. */
export const METHOD_PATTERN = '^[A-Z][A-Z_-]{1,19}$';

type ParseSteps = readonly (readonly [expression: string, alias: string])[];

/**
 * Splits a request line into `words` and the `wanted` target: `GET /a b HTTP/1.1` wants `/a b`, and
 * `GET /a` of HTTP/0.9 wants `/a`. A line with only one word wants nothing.
 */
export function requestLineSteps(request: string): ParseSteps {
  return [
    [`splitByChar(' ', ${request})`, 'words'],
    [
      `multiIf(length(words) = 3 AND startsWith(words[3], 'HTTP/'), words[2],
        startsWith(words[-1], 'HTTP/'), arrayStringConcat(arraySlice(words, 2, length(words) - 2), ' '),
        arrayStringConcat(arraySlice(words, 2), ' '))`,
      'wanted',
    ],
  ];
}

/**
 * Sets `\"` and `\\` aside as control characters, which servers never write into a log, so that the text can
 * be split at its quotes.
 */
export function hideEscapedQuotes(text: string): string {
  return `if(position(${text}, '\\\\') = 0, ${text},
    replaceAll(replaceAll(${text}, '\\\\\\\\', '\\x01'), '\\\\"', '\\x02'))`;
}

/** Undoes `hideEscapedQuotes`; the bytes a server writes as `\xHH` become `%HH`, which means the same in a target. */
export function unescapedTarget(text: string): string {
  return `if(multiSearchAny(${text}, ['\\x01', '\\x02', '\\\\']), replaceAll(replaceAll(
    replaceRegexpAll(${text}, '\\\\\\\\x([0-9A-Fa-f]{2})', '%\\\\1'), '\\x02', '"'), '\\x01', '\\\\'), ${text})`;
}
