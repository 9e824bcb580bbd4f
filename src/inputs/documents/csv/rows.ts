const QUOTE = '"';

/** A row that ends within the text: its fields, and where the text after its line end begins. */
export interface Row {
  readonly fields: readonly string[];
  readonly end: number;
}

/** Why a text has no row at its beginning: a quote is not closed in it, or something follows the closing quote. */
export type NoRow = 'open' | 'malformed';

/**
 * The row that a text begins with (RFC 4180): fields in quotes hold line breaks, delimiters and doubled quotes.
 * A text that ends without line end ends its last row.
 */
export function readRow(text: string, delimiter: string): Row | NoRow {
  const fields: string[] = [];
  for (let at = 0; ; ) {
    const field = text[at] === QUOTE ? quotedField(text, at) : plainField(text, at, delimiter);
    if (typeof field === 'string') return field;
    fields.push(field.value);
    if (text[field.end] === delimiter) {
      at = field.end + 1;
      continue;
    }
    const end = afterLineEnd(text, field.end);
    return end === undefined ? 'malformed' : { fields, end };
  }
}

/** The fields of one line whose quotes do not pair: what is open ends with the line, and other quotes are text. */
export function fieldsOfBrokenLine(line: string, delimiter: string): readonly string[] {
  const fields: string[] = [];
  for (let at = 0; ; ) {
    const quoted = line[at] === QUOTE ? quotedField(line, at) : undefined;
    const isWhole = typeof quoted === 'object' && (line[quoted.end] ?? delimiter) === delimiter;
    if (isWhole) fields.push(quoted.value);
    if (quoted === 'open') return [...fields, unquoted(line.slice(at + 1))];
    const next = isWhole ? quoted.end : endOfPlain(line, at, delimiter);
    if (!isWhole) fields.push(line.slice(at, next));
    if (next >= line.length) return fields;
    at = next + 1;
  }
}

interface Field {
  readonly value: string;
  readonly end: number;
}

function quotedField(text: string, start: number): Field | 'open' {
  for (let at = text.indexOf(QUOTE, start + 1); at !== -1; at = text.indexOf(QUOTE, at + 2))
    if (text[at + 1] !== QUOTE) return { value: unquoted(text.slice(start + 1, at)), end: at + 1 };
  return 'open';
}

function unquoted(text: string): string {
  return text.replaceAll('""', QUOTE);
}

function plainField(text: string, start: number, delimiter: string): Field | 'malformed' {
  const end = endOfPlain(text, start, delimiter);
  const value = text.slice(start, end);
  return value.includes(QUOTE) ? 'malformed' : { value, end };
}

function endOfPlain(text: string, start: number, delimiter: string): number {
  let end = start;
  while (end < text.length && text[end] !== delimiter && afterLineEnd(text, end) === undefined) end += 1;
  return end;
}

function afterLineEnd(text: string, at: number): number | undefined {
  if (at >= text.length) return at;
  if (text[at] === '\n') return at + 1;
  if (text[at] !== '\r') return undefined;
  if (at + 1 === text.length) return at + 1;
  return text[at + 1] === '\n' ? at + 2 : undefined;
}
