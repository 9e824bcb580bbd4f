import type { LogField, LogToken, Shape } from './log-token.ts';
import { literalPattern } from './strftime.ts';

/** A field whose value ClickHouse has as an element of the groups. */
export interface CapturedField {
  readonly field: LogField;
  readonly offset: number;
  /** ClickHouse expression for its text. */
  readonly value: string;
}

export interface LinePattern {
  /** RE2 that matches a whole line. */
  readonly pattern: string;
  readonly fields: readonly CapturedField[];
}

/** Where a field stands; decides what its value cannot hold. */
interface Place {
  /** Between quotes that the server escapes in values. */
  readonly isQuoted: boolean;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Name of the array of groups. */
export const GROUPS = 'g';
/** toValidUTF8 takes the last characters with it when a broken one stands right before them. */
const PADDING = '   ';

/** Expression for the text of a line as RE2 can match it: bytes that are not UTF-8 match nothing. */
export const VALID_LINE = `if(isValidUTF8(line), line, toValidUTF8(concat(line, '${PADDING}')))`;

/**
 * One RE2 pattern for the lines of a format. A value between quotes holds no quote but an escaped one, which
 * keeps callers from writing fields of their own; elsewhere the shapes of fields and the text between them decide.
 */
export function linePattern(tokens: readonly LogToken[], escapesQuotes: boolean): LinePattern {
  const fields: CapturedField[] = [];
  let pattern = '';
  let quotes = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'text') {
      pattern += literalPattern(token.text);
      quotes += token.text.split('"').length - 1;
      continue;
    }
    const { field, offset } = token;
    const place: Place = {
      isQuoted: escapesQuotes && quotes % 2 === 1,
      before: textOf(tokens[index - 1]),
      after: textOf(tokens[index + 1]),
    };
    const value = valuePattern(field, place);
    if (field.meaning === 'ignored') {
      pattern += `(?:${value})`;
      continue;
    }
    pattern += `(${value})`;
    fields.push({ field, offset, value: `${GROUPS}[${fields.length + 1}]` });
  }
  return { pattern: `^${pattern}\\r?(?:${PADDING})?$`, fields };
}

function textOf(token: LogToken | undefined): string | undefined {
  return token?.kind === 'text' ? token.text : undefined;
}

function valuePattern({ shape, time }: LogField, place: Place): string {
  if (time?.kind === 'strftime') return time.form.pattern;
  if (place.isQuoted && place.before?.endsWith('"') && place.after?.startsWith('"') && isFree(shape))
    return '[^"\\\\]*(?:\\\\.[^"\\\\]*)*';
  const character = (excluded: string) =>
    place.isQuoted ? `(?:[^"\\\\${excluded}]|\\\\.)` : excludedOnly(excluded);
  return SHAPES[shape](character, place);
}

function excludedOnly(excluded: string): string {
  return excluded === '' ? '.' : `[^${excluded}]`;
}

/** Shapes that a whole pair of quotes bounds well enough. */
function isFree(shape: Shape): boolean {
  return ['word', 'text', 'list', 'host', 'target', 'query'].includes(shape);
}

type Character = (excluded: string) => string;

/** Shortest matches throughout: the next text or field says where a value ends. */
const SHAPES: Readonly<Record<Shape, (character: Character, place: Place) => string>> = {
  word: (character, { after }) =>
    after === undefined || after.startsWith(' ') ? `${character(' ')}*` : `${character(' ')}*?`,
  name: (character) => `${character(' "')}*`,
  text: (character) => `${character('')}*?`,
  list: (character) => `${character(' ,')}*(?:(?:, ?| : )${character(' ,')}+)*`,
  number: () => '-|[0-9.]*',
  digits: () => '-|[0-9]*',
  letters: () => '-|[A-Za-z]*',
  host: (character) => `${character(' /')}*?`,
  // A field right before it ends where the path begins.
  target: (character, { before }) => (before === undefined ? `-|/${character('')}*?` : `${character('')}*?`),
  path: (character, { before }) => (before === undefined ? `-|/${character('')}*?` : `${character('')}*?`),
  query: (character) => `${character('')}*?`,
  markedQuery: (character) => `(?:\\?${character('')}*?)?`,
};
