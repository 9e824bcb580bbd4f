import { type Fields, fieldsOf, listOf, stringOf } from './example-line.ts';

export type Variables = ReadonlyMap<string, string>;

const REFERENCE = /\{\{\s*([^{}]+?)\s*\}\}/g;
/** Variables may stand in the values of others; nobody nests them deeper, and some refer to themselves. */
const MAX_ROUNDS = 5;
/** What variables may add to one text: values that hold others several times would grow without end. */
const MAX_ADDED = 16 * 1024;
const URL_PARTS = /^(?:(https?):\/\/|[^/?#]*:\/\/)?([^/?#]*)([^?#]*)(\?[^#]*)?/i;

export function variablesOf(list: unknown): Variables {
  const variables = listOf(list)
    .map(fieldsOf)
    .filter(({ disabled }) => disabled !== true);
  return new Map(variables.map(({ key, id, value }) => [stringOf(key ?? id), stringOf(value)]));
}

/** With values in the place of variables; one without value becomes `{name}`, as API descriptions write parameters. */
function resolved(text: string, variables: Variables): string {
  let result = text;
  let room = MAX_ADDED;
  for (let round = 0; round < MAX_ROUNDS && result.includes('{{'); round += 1) {
    result = result.replaceAll(REFERENCE, (_, name: string) => {
      const value = variables.get(name) || `{${name}}`;
      room -= value.length;
      return room > 0 ? value : '';
    });
  }
  return result;
}

export interface UrlParts {
  readonly scheme: string;
  readonly host: string;
  readonly target: string;
}

/** What a URL says; a host that is a variable without value is unknown, and a scheme nobody wrote too. */
export function urlParts(url: unknown, variables: Variables): UrlParts {
  const raw = resolved(rawUrl(url), variables).trim();
  const [, scheme = '', authority = '', path = '', query = ''] = URL_PARTS.exec(raw) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const target = `${withVariables(path, url, variables) || '/'}${query}`;
  return {
    scheme: scheme.toLowerCase(),
    host: /[{}\s]/.test(host) ? '' : host,
    target: /\s/.test(target) ? target.replaceAll(/\s/g, '%20') : target,
  };
}

function withVariables(path: string, url: unknown, variables: Variables): string {
  if (!path.includes('/:')) return path;
  const segments = path.split('/').map((segment) => pathSegment(segment, url, variables));
  return segments.join('/');
}

/** `:id` stands for a path variable of the URL. */
function pathSegment(segment: string, url: unknown, variables: Variables): string {
  if (!/^:[^:]/.test(segment)) return segment;
  const name = segment.slice(1);
  const own = variablesOf(fieldsOf(url).variable).get(name) ?? '';
  return resolved(own, variables) || `{${name}}`;
}

/** A URL is a text, or a text with its parts, or parts alone. */
function rawUrl(url: unknown): string {
  if (typeof url === 'string') return url;
  const { raw, protocol, host, port, path, query } = fieldsOf(url);
  if (typeof raw === 'string' && raw !== '') return raw;
  const hostText = Array.isArray(host) ? host.map(stringOf).join('.') : stringOf(host);
  const pathText = Array.isArray(path) ? path.map(segmentText).join('/') : stringOf(path);
  const parameters = listOf(query)
    .map(fieldsOf)
    .filter(({ disabled }) => disabled !== true)
    .map(({ key, value }) =>
      value === null || value === undefined ? stringOf(key) : `${stringOf(key)}=${stringOf(value)}`,
    );
  const portText = stringOf(port) === '' ? '' : `:${stringOf(port)}`;
  const queryText = parameters.length === 0 ? '' : `?${parameters.join('&')}`;
  return `${stringOf(protocol) || 'unknown'}://${hostText}${portText}/${pathText.replace(/^\//, '')}${queryText}`;
}

function segmentText(segment: unknown): string {
  return typeof segment === 'object' ? stringOf(fieldsOf(segment).value) : stringOf(segment);
}

/** A list of fields, of lines, or one text of lines; names in lower case, values of the same name joined. */
export function headersOf(header: unknown, variables: Variables): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  const list = typeof header === 'string' ? header.split(/\r?\n/) : listOf(header);
  for (const [name, value] of list.map(headerOf)) {
    if (name === '') continue;
    const text = resolved(value, variables);
    const known = headers.get(name);
    headers.set(name, known === undefined ? text : `${known}, ${text}`);
  }
  return headers;
}

function headerOf(header: unknown): readonly [name: string, value: string] {
  if (typeof header === 'string') {
    const colon = header.indexOf(':');
    return [header.slice(0, Math.max(colon, 0)).trim().toLowerCase(), header.slice(colon + 1).trim()];
  }
  const { key, value, disabled } = fieldsOf(header);
  return [disabled === true ? '' : stringOf(key).trim().toLowerCase(), stringOf(value)];
}

/** The text of a body; files are not in the collection. */
export function bodyText(body: unknown): string {
  const fields = fieldsOf(body);
  if (fields.disabled === true) return '';
  const { query, variables } = fieldsOf(fields.graphql);
  const parts = [...listOf(fields.urlencoded), ...listOf(fields.formdata)].map(fieldsOf);
  const form = parts
    .filter((part) => part.disabled !== true)
    .map(({ key, value }) => `${stringOf(key)}=${stringOf(value)}`);
  return [stringOf(fields.raw), form.join('&'), stringOf(query), stringOf(variables)]
    .filter((text) => text !== '')
    .join(' ');
}

/** Whether the nearest of these that says something of authorization names a way to authorize. */
export function isAuthorized(holders: readonly Fields[]): boolean {
  const nearest = holders.map(({ auth }) => auth).find((auth) => auth !== undefined && auth !== null);
  const type = stringOf(fieldsOf(nearest).type);
  return type !== '' && type !== 'noauth';
}
