import { quoted } from '../records/json-text.ts';

/** An attribute as text, whatever its type was. */
export type Attribute = readonly [key: string, value: string];

/** What a server span says; instants in nanoseconds since 1970, as decimal text. */
export interface ServerSpan {
  readonly start: string;
  readonly end: string;
  readonly attributes: readonly Attribute[];
}

/** Of the conventions for HTTP, URLs and networks; what else a span tells is nothing a reader asks for. */
export const HTTP_NAMESPACES = ['http', 'url', 'server', 'client', 'net', 'network', 'enduser'];
export const REQUEST_HEADER = 'http.request.header.';
export const RESPONSE_HEADER = 'http.response.header.';
/** What stands before each part of the line of a server span, and behind the last. */
export const SPAN_LINE = {
  start: '{"otlpSpan":{"kind":"server","start":"',
  end: '","end":"',
  attributes: '"},"attributes":{',
  requestHeaders: '},"requestHeaders":{',
  responseHeaders: '},"responseHeaders":{',
  resource: '},"resource":{',
  close: '}}\n',
} as const;

const METHOD = 'http.request.method';
const HTTP_ATTRIBUTE = new RegExp(`^(?:${HTTP_NAMESPACES.join('|')})\\.`);
/** By their number in the protocol. */
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

/** Where an attribute belongs in a line, and what stands before its value there. */
interface Place {
  readonly part: 'attributes' | 'requestHeaders' | 'responseHeaders' | 'none';
  readonly name: string;
  /** The same where the conventions were not yet stable. */
  readonly oldName: string;
}

/** A trace has few keys: each is looked at once. */
const places = new Map<string, Place>();
/** Keys may hold whatever callers send as names of headers. */
const MAX_PLACES = 10_000;
const MAX_KEPT_KEY = 200;

function placeOf(key: string): Place {
  const known = places.get(key);
  if (known !== undefined) return known;
  const place = newPlace(key);
  if (places.size >= MAX_PLACES) places.clear();
  if (key.length <= MAX_KEPT_KEY) places.set(key, place);
  return place;
}

function newPlace(key: string): Place {
  if (key.startsWith(REQUEST_HEADER)) return headerPlace('requestHeaders', key.slice(REQUEST_HEADER.length));
  if (key.startsWith(RESPONSE_HEADER))
    return headerPlace('responseHeaders', key.slice(RESPONSE_HEADER.length));
  const name = `${quoted(key)}:`;
  return { part: HTTP_ATTRIBUTE.test(key) ? 'attributes' : 'none', name, oldName: name };
}

/** Before the conventions were stable, names of headers were written with `_` for `-`. */
function headerPlace(part: Place['part'], name: string): Place {
  return { part, name: `${quoted(name)}:`, oldName: `${quoted(name.replaceAll('_', '-'))}:` };
}

export function isHttpAttribute(key: string): boolean {
  return placeOf(key).part !== 'none';
}

/** `server` of 2, `2` and `SPAN_KIND_SERVER`. */
export function kindName(kind: unknown): string {
  const text = String(kind ?? 0);
  return (
    KINDS[Number(text)] ?? KINDS.find((name) => text === `SPAN_KIND_${name.toUpperCase()}`) ?? 'unspecified'
  );
}

/** The line of a span that is no server's: that it is there, and why it counts for nothing. */
export function otherSpanLine(kind: string): string {
  return `{"otlpSpan":{"kind":"${kind}"}}\n`;
}

/** The line that stands for a request of logs, metrics or profiles. */
export function otherRequestLine(signal: string): string {
  return `{"otlpRequest":"${signal}"}\n`;
}

/** The members of an object: those of a resource are the same for all its spans, so made once. */
export function membersText(attributes: readonly Attribute[]): string {
  return attributes.map(([key, value]) => `${quoted(key)}:${quoted(value)}`).join(',');
}

/** The line of a server span. Captured headers are set apart under their own names. */
export function serverSpanLine({ start, end, attributes }: ServerSpan, resource: string): string {
  const isStable = attributes.some(([key]) => key === METHOD);
  const parts = { attributes: '', requestHeaders: '', responseHeaders: '', none: '' };
  for (const [key, value] of attributes) {
    const { part, name, oldName } = placeOf(key);
    const before = parts[part] === '' ? '' : ',';
    parts[part] += before + (isStable ? name : oldName) + quoted(value);
  }
  const head = SPAN_LINE.start + start + SPAN_LINE.end + end;
  const headers = `${SPAN_LINE.requestHeaders}${parts.requestHeaders}${SPAN_LINE.responseHeaders}${parts.responseHeaders}`;
  return `${head}${SPAN_LINE.attributes}${parts.attributes}${headers}${SPAN_LINE.resource}${resource}${SPAN_LINE.close}`;
}
