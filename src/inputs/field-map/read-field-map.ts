import { StanceError } from '../../model/error.ts';
import { closest, IGNORED_VARIABLES, MAP_COLUMNS, type MapColumn, UNITS, VARIABLES } from './map-columns.ts';

/** A field of the log, and what it says. */
export interface MappedField {
  /** Its name in the log; dots may lead into nested objects. */
  readonly name: string;
  readonly column: MapColumn;
  /** The variable of API Gateway that it is, without `$context.`. */
  readonly variable?: string;
  /** Milliseconds in one unit of a duration. */
  readonly unitMs: number;
}

/** A map of every column that a test could think of has a fourth of this. */
const MAX_FIELDS = 64;
const MAX_LENGTH = 8192;
const NEEDED: readonly MapColumn[] = ['startedAt', 'method', 'target', 'status'];

/** Reads `verb=method,took=latencyMs:us`; those of one column in the order of their rank. Throws FIELD_MAP_INVALID. */
export function readFieldMap(text: string): readonly MappedField[] {
  if (text.length > MAX_LENGTH)
    throw fieldMapError(`has ${text.length} characters; at most ${MAX_LENGTH} are read.`);
  const fields: MappedField[] = [];
  let offset = 0;
  for (const pair of text.split(',')) {
    if (pair.trim() !== '') fields.push(...readPair(pair, offset));
    offset += pair.length + 1;
  }
  if (fields.length > MAX_FIELDS)
    throw fieldMapError(`has ${fields.length} fields; at most ${MAX_FIELDS} are read.`);
  const absent = NEEDED.find((column) => !fields.some((field) => field.column === column));
  if (absent !== undefined)
    throw fieldMapError(`has no ${absent}; add the name it has in the log: name=${absent}.`);
  return fields.sort((left, right) => rank(left) - rank(right));
}

function readPair(pair: string, offset: number): readonly MappedField[] {
  const refuse = (message: string) => fieldMapError(`"${pair.trim()}": ${message}`, offset);
  const equals = pair.lastIndexOf('=');
  if (equals === -1) throw refuse('a pair is written name=column.');
  const name = pair.slice(0, equals).trim();
  const [column = '', unit, ...more] = pair
    .slice(equals + 1)
    .trim()
    .split(':');
  if (name === '') throw refuse('there is no name before the =.');
  if (/\p{Cc}/u.test(name)) throw refuse('there is a control character in the name.');
  if (column === '') throw refuse('there is no column behind the =.');
  const meaning = meaningOf(column, refuse);
  if (meaning === undefined) return [];
  if (unit !== undefined && meaning.column !== 'latencyMs') throw refuse('only latencyMs has a unit.');
  const unitMs = UNITS[unit ?? 'ms'];
  if (unitMs === undefined || more.length > 0)
    throw refuse(`the unit of a duration is one of ${Object.keys(UNITS).join(', ')}.`);
  return [{ name, ...meaning, unitMs }];
}

/** What the right side of a pair says; nothing for variables that are read past. */
function meaningOf(
  written: string,
  refuse: (message: string) => StanceError,
): { readonly column: MapColumn; readonly variable?: string } | undefined {
  const [, variable] = /^\$?context\.(.+)$/.exec(written) ?? [];
  if (variable !== undefined) {
    const column = Object.hasOwn(VARIABLES, variable) ? VARIABLES[variable] : undefined;
    if (column !== undefined) return { column, variable };
    if (IGNORED_VARIABLES.includes(variable)) return undefined;
    const near = closest(variable, [...Object.keys(VARIABLES), ...IGNORED_VARIABLES]);
    throw refuse(
      `API Gateway has no variable ${written} that is known here${didYouMean(near, '$context.')}.`,
    );
  }
  const column = MAP_COLUMNS.find((known) => known === written);
  if (column !== undefined) return { column };
  const near = didYouMean(closest(written, MAP_COLUMNS));
  throw refuse(`there is no column ${written}${near}; the columns are ${MAP_COLUMNS.join(', ')}.`);
}

function didYouMean(name: string | undefined, prefix = ''): string {
  return name === undefined ? '' : ` (did you mean ${prefix}${name}?)`;
}

function rank({ variable }: MappedField): number {
  return variable === undefined ? -1 : Object.keys(VARIABLES).indexOf(variable);
}

function fieldMapError(message: string, offset?: number): StanceError {
  if (offset === undefined) return new StanceError('FIELD_MAP_INVALID', `The field map ${message}`);
  return new StanceError('FIELD_MAP_INVALID', `The field map, column ${offset + 1}, ${message}`, {
    place: { file: '--field-map', line: 1, column: offset + 1 },
  });
}
