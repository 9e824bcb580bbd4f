import { markerLine } from '../../model/marker-line.ts';

/** The keys and values of a JSON object, whoever wrote it. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an object holds as a text of its own. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // What was parsed has no cycles: it only fails where the nesting goes beyond the stack.
    return markerLine('nested_too_deep');
  }
}

/** `GET /users`, `"POST https://…`: what a line about an exchange says somewhere. */
const REQUEST = /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE)\s+["']?(?:\/|https?:)/i;
/** `[05/Jan/2026:10:00:00`, which stands in access logs even where the request was no HTTP. */
const ACCESS_TIME = /\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d/;
/** JSON, XML or a syslog priority. */
const STRUCTURE = /^\s*[{<]/;
/** A container's or a host's time in front of a line that is wrapped in turn. */
const HEADER = /^(?:\d{4}-\d\d-\d\dT\S+|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) \S+ (?:[FP] |\S+: )/;
const SIGNS: readonly RegExp[] = [STRUCTURE, REQUEST, ACCESS_TIME, HEADER];

/** Whether a text that a JSON object carries can be a record of its own, rather than a message for people. */
export function looksLikeRecord(text: unknown): text is string {
  return typeof text === 'string' && SIGNS.some((sign) => sign.test(text));
}

/** What records of exchanges name among their keys, in whatever spelling: `httpRequest`, `cs-method`, `http.url`. */
const EXCHANGE_KEY = /http|request|response|method|verb|ur[il]|latenc|^re[qs]$|status_?code|^sc-status$/i;
/** OCSF names the class of its events; some of them are exchanges that carry their text too. */
const CLASS_KEY = 'class_uid';

/** Whether an object is itself about an exchange: then its text fields say the same again, or less. */
export function isExchange(fields: Fields): boolean {
  if (CLASS_KEY in fields || isNumber(fields.status)) return true;
  for (const key in fields) if (EXCHANGE_KEY.test(key)) return true;
  return false;
}

/** `200` and `"200"`, but not the `"info"` of a log agent. */
function isNumber(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
}

const CONTAINER_KEYS = ['container_name', 'container_id', 'kubernetes', 'docker'] as const;

/** Whether an object says which container its text came from. */
export function isFromContainer(fields: Fields): boolean {
  return CONTAINER_KEYS.some((key) => fields[key] !== undefined);
}
