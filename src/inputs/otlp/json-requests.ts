import {
  type Attribute,
  isHttpAttribute,
  kindName,
  membersText,
  otherRequestLine,
  otherSpanLine,
  serverSpanLine,
} from './span-line.ts';

/** A field of a message that came from outside: an object of unknown fields. */
type Fields = Readonly<Record<string, unknown>>;

const OTHER_SIGNALS = [
  ['resourceLogs', 'logs'],
  ['resourceMetrics', 'metrics'],
  ['resourceProfiles', 'profiles'],
] as const;
const DIGITS = /^\d+$/;
/** A request has one of these at its top. */
export const REQUEST_KEYS = ['resourceSpans', ...OTHER_SIGNALS.map(([key]) => key)];

/**
 * The lines of the spans in a request, or in a list of requests, an empty one where there are no spans; undefined where
 * the text is neither.
 */
export function requestLines(text: string): string | undefined {
  const requests = listOf(parsed(text));
  if (requests.length === 0 || !requests.every(isRequest)) return undefined;
  return requests.map(linesOfRequest).join('') || '\n';
}

/** The same for what has been parsed. */
export function linesOfRequest(request: Fields): string {
  const signal = OTHER_SIGNALS.find(([key]) => Object.hasOwn(request, key));
  if (signal !== undefined) return otherRequestLine(signal[1]);
  return membersOf(request, 'resourceSpans').map(linesOfResource).join('');
}

/** An empty object is a request without anything in it. */
function isRequest(value: unknown): value is Fields {
  const keys = Object.keys(fieldsOf(value));
  return typeof value === 'object' && (keys.length === 0 || keys.some((key) => REQUEST_KEYS.includes(key)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not thrown on: the line is counted by the reason that the rules for lines give it.
    return undefined;
  }
}

/** `instrumentationLibrarySpans` is what `scopeSpans` was called until version 0.15 of the protocol. */
function linesOfResource(spans: Fields): string {
  const resource = membersText(attributesOf(fieldsOf(spans.resource), (key) => key === 'service.name'));
  const scopes = [...membersOf(spans, 'scopeSpans'), ...membersOf(spans, 'instrumentationLibrarySpans')];
  let lines = '';
  for (const scope of scopes)
    for (const span of membersOf(scope, 'spans')) lines += lineOfSpan(span, resource);
  return lines;
}

function lineOfSpan(span: Fields, resource: string): string {
  const kind = kindName(span.kind);
  if (kind !== 'server') return otherSpanLine(kind);
  const start = digitsOf(span.startTimeUnixNano);
  const end = digitsOf(span.endTimeUnixNano);
  return serverSpanLine({ start, end, attributes: attributesOf(span, isHttpAttribute) }, resource);
}

/** A number beyond 2^53 has lost some nanoseconds to JSON, no milliseconds. */
function digitsOf(instant: unknown): string {
  if (typeof instant === 'number')
    return Number.isFinite(instant) ? BigInt(Math.trunc(instant)).toString() : '';
  if (typeof instant !== 'string') return '';
  return DIGITS.test(instant) ? instant : instant.replaceAll(/[^0-9a-z.+-]/gi, '');
}

function attributesOf(holder: Fields, isWanted: (key: string) => boolean): Attribute[] {
  const attributes: Attribute[] = [];
  for (const attribute of listOf(holder.attributes)) {
    const { key, value } = fieldsOf(attribute);
    if (typeof key !== 'string' || !isWanted(key)) continue;
    const text = textOf(fieldsOf(value));
    if (text !== undefined) attributes.push([key, text]);
  }
  return attributes;
}

/** Maps and bytes are no values of the HTTP conventions. */
function textOf(value: Fields): string | undefined {
  if (value.arrayValue === undefined) return plainText(value);
  let text: string | undefined;
  for (const member of listOf(fieldsOf(value.arrayValue).values)) {
    const next = plainText(fieldsOf(member)) ?? '';
    text = text === undefined ? next : `${text}, ${next}`;
  }
  return text ?? '';
}

function plainText(holder: Fields): string | undefined {
  if (typeof holder.stringValue === 'string') return holder.stringValue;
  const value = holder.stringValue ?? holder.intValue ?? holder.boolValue ?? holder.doubleValue;
  return value === undefined || typeof value === 'object' ? undefined : String(value);
}

function membersOf(holder: Fields, key: string): Fields[] {
  return listOf(holder[key]).map(fieldsOf);
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [value];
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
