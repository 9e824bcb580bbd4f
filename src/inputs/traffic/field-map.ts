import type { ExchangeColumns, FormatStatements, TrafficFormat } from '../../model/traffic-format.ts';
import { ABSENT_TEXTS, instant, milliseconds } from '../expressions/json-fields.ts';
import { METHOD_PATTERN } from '../expressions/request-line.ts';
import type { MapColumn } from '../field-map/map-columns.ts';
import { type MappedField, readFieldMap } from '../field-map/read-field-map.ts';
import { sqlText } from '../log-format/sql-text.ts';

const ABSENT = ABSENT_TEXTS.map(sqlText).join(', ');

const STATES: FormatStatements = {
  signs: 'the names mapped to method, target and status',
  layouts: 'the names given with --field-map',
  times: 'any usual form; milliseconds or the unit given',
  sizes: 'as its fields count them',
  consumer: 'the field mapped to `consumer`',
  answeredBy: 'the field mapped to `answeredBy`',
  transport: 'the field mapped to `scheme`, the URL',
};

/** The alias that a field's text is read under. */
interface ReadField extends MappedField {
  readonly alias: string;
}

/**
 * A format for JSON objects with names that the user translates: `verb=method,uri=target,code=status,when=startedAt`.
 * The right side is a column of the exchange or a variable of Amazon API Gateway (`$context.httpMethod`), durations
 * with their unit (`took=latencyMs:us`). It claims the objects that have the names for method, target and status.
 * Throws FIELD_MAP_INVALID with the pair that cannot be read, or with what is missing.
 */
export function compileFieldMap(text: string): TrafficFormat {
  const fields = readFieldMap(text).map((field, index): ReadField => ({ ...field, alias: `f_${index + 1}` }));
  const of = (column: MapColumn) => fields.filter((field) => field.column === column);
  return {
    id: 'field-map',
    title: 'JSON by the field map given',
    reference: 'docs/reference/schemas/exchange.schema.json',
    headers: {
      request: of('requestHeaders').length === 0 ? 'none' : 'some',
      response: of('responseHeaders').length === 0 ? 'none' : 'some',
    },
    states: STATES,
    own: '1',
    claims: ['method', 'target', 'status'].map((column) => hasOneOf(of(column as MapColumn))).join(' AND '),
    parse: [
      [`JSONExtract(line, 'Map(String, String)')`, 'own'],
      ...fields.map((field): [string, string] => [textOf(field), field.alias]),
      [firstGiven(of('startedAt')), 'stamp'],
      [instant('stamp'), 'at'],
      [`upper(${firstGiven(of('method'))})`, 'verb'],
      [firstGiven(of('target')), 'wanted'],
      [firstGiven(of('status')), 'status_text'],
      // Some write the reason phrase behind it, and some a fraction.
      [`toUInt16OrNull(extract(status_text, '^[0-9]+'))`, 'code'],
    ],
    accepts: `at IS NOT NULL AND code BETWEEN 100 AND 599 AND match(verb, '${METHOD_PATTERN}') AND wanted != ''
      AND startsWith(line, '{')`,
    reasons: [
      [`NOT isValidUTF8(line)`, 'bad_utf8'],
      [`NOT isValidJSON(line)`, 'bad_json'],
      [`stamp = ''`, 'no_time'],
      [`at IS NULL`, 'bad_time'],
      [`verb = '' OR wanted = ''`, 'no_request'],
      [`NOT match(verb, '${METHOD_PATTERN}')`, 'malformed_request'],
      [`status_text = ''`, 'no_status'],
      [`code = 0`, 'no_response'],
      [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
    ],
    columns: {
      startedAt: 'assumeNotNull(at)',
      method: 'verb',
      target: 'wanted',
      status: 'assumeNotNull(code)',
      ...otherColumns(of),
    },
  };
}

/** The formats that lines are offered to when the user gave a field map: it goes first. */
export function withFieldMap(text: string, formats: readonly TrafficFormat[]): readonly TrafficFormat[] {
  return [compileFieldMap(text), ...formats];
}

type FieldsOf = (column: MapColumn) => readonly ReadField[];

function otherColumns(of: FieldsOf): Partial<ExchangeColumns> {
  const isApiGateway = of('method').some(({ variable }) => variable !== undefined);
  const columns: Partial<Record<MapColumn, (text: string) => string>> = {
    host: (text) => text,
    scheme: (text) => `if(lower(${text}) IN ('https', 'http'), lower(${text}), '')`,
    requestBytes: (text) => `toUInt64OrNull(${text})`,
    responseBytes: (text) => `toUInt64OrNull(${text})`,
    service: (text) => text,
    consumer: (text) => text,
    clientAddress: (text) => text,
    requestHeaders: (text) => `JSONExtract(${text}, 'Map(String, String)')`,
    responseHeaders: (text) => `JSONExtract(${text}, 'Map(String, String)')`,
    schemaValidated: (text) =>
      `multiIf(lower(${text}) IN ('true', '1'), true, lower(${text}) IN ('false', '0'), false, CAST(NULL, 'Nullable(Bool)'))`,
  };
  const given = Object.entries(columns).flatMap(([column, expression]) => {
    const fields = of(column as MapColumn);
    return fields.length === 0 ? [] : [[column, expression(firstGiven(fields))]];
  });
  return {
    // API Gateway has no plain endpoint.
    ...(isApiGateway ? { scheme: `'https'` } : {}),
    ...Object.fromEntries(given),
    ...durations(of('latencyMs')),
    ...answeredBy(of('answeredBy')),
    ...(of('requestHeaders').length === 0 ? {} : { requestHeaderVisibility: `'some'` }),
    ...(of('responseHeaders').length === 0 ? {} : { responseHeaderVisibility: `'some'` }),
  };
}

function durations(fields: readonly ReadField[]): Partial<ExchangeColumns> {
  if (fields.length === 0) return {};
  const texts = fields.map(({ alias, unitMs }) => milliseconds(alias, unitMs));
  return { latencyMs: `coalesce(${texts.join(', ')}, CAST(NULL, 'Nullable(Float64)'))` };
}

/** The type of an answer of API Gateway says that it made it, unless it follows an attempt at the integration. */
function answeredBy(fields: readonly ReadField[]): Partial<ExchangeColumns> {
  if (fields.length === 0) return {};
  const arms = fields.map(({ alias, variable }) =>
    variable === undefined
      ? `lower(${alias}) IN ('gateway', 'upstream'), lower(${alias}),`
      : `${alias} NOT IN ('', 'INTEGRATION_FAILURE', 'INTEGRATION_TIMEOUT'), 'gateway',`,
  );
  return { answeredBy: `multiIf(${arms.join(' ')} '')` };
}

/** The text of a field: under its whole name, or in the objects that its dots lead into. */
function textOf({ name, variable }: MappedField): string {
  const parts = name.split('.');
  const nested = parts.slice(1).map((_, index) => {
    const outer = parts.slice(0, index + 1).join('.');
    const inner = parts.slice(index + 1).map(sqlText);
    return `JSONExtract(own[${sqlText(outer)}], ${inner.join(', ')}, 'String')`;
  });
  const text = firstText([`own[${sqlText(name)}]`, ...nested]);
  // A route key is the method and the template.
  return variable === 'routeKey' ? `splitByChar(' ', ${text})[-1]` : text;
}

function firstGiven(fields: readonly ReadField[]): string {
  return firstText(fields.map(({ alias }) => alias));
}

function firstText(texts: readonly string[]): string {
  return `coalesce(${texts.map((text) => `if(${text} IN (${ABSENT}), NULL, ${text})`).join(', ')}, '')`;
}

/** Whether the object has one of the names, or what their dots lead through. */
function hasOneOf(fields: readonly ReadField[]): string {
  const names = fields.flatMap(({ name }) =>
    name.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.')),
  );
  return `hasAny(keys, [${[...new Set(names)].map(sqlText).join(', ')}])`;
}
