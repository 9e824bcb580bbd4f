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

const HTTP_ATTRIBUTE = new RegExp(`^(?:${HTTP_NAMESPACES.join('|')})\\.`);
const NEEDS_ESCAPE = /[^ !#-[\]-~]/;
/** By their number in the protocol. */
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

export function isHttpAttribute(key: string): boolean {
  return HTTP_ATTRIBUTE.test(key);
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
  return attributes
    .map(([key, value]) => member(key, value))
    .join('')
    .slice(1);
}

/**
 * The line of a server span. Captured headers are set apart under their own names; before the conventions were
 * stable (no `http.request.method`), these were written with `_` for `-`.
 */
export function serverSpanLine({ start, end, attributes }: ServerSpan, resource: string): string {
  const isStable = attributes.some(([key]) => key === 'http.request.method');
  let others = '';
  let request = '';
  let response = '';
  for (const [key, value] of attributes) {
    if (key.startsWith(REQUEST_HEADER)) request += member(headerName(key, isStable), value);
    else if (key.startsWith(RESPONSE_HEADER)) response += member(headerName(key, isStable), value);
    else others += member(key, value);
  }
  const { attributes: open, requestHeaders, responseHeaders } = SPAN_LINE;
  return `${SPAN_LINE.start}${start}${SPAN_LINE.end}${end}${open}${others.slice(1)}${requestHeaders}${request.slice(1)}${responseHeaders}${response.slice(1)}${SPAN_LINE.resource}${resource}${SPAN_LINE.close}`;
}

function headerName(key: string, isStable: boolean): string {
  const name = key.slice(key.indexOf('.header.') + '.header.'.length);
  return isStable ? name : name.replaceAll('_', '-');
}

function member(key: string, value: string): string {
  return `,${quoted(key)}:${quoted(value)}`;
}

/** Most text needs no escape. A lone surrogate would make the whole line no JSON. */
function quoted(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text.toWellFormed()) : `"${text}"`;
}
