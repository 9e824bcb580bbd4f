import Pbf from 'pbf';
import { markerLine } from '../../../model/marker-line.ts';
import {
  type Attribute,
  isHttpAttribute,
  kindName,
  otherRequestLine,
  otherSpanLine,
  resourceText,
  serverSpanLine,
} from '../../otlp/span-line.ts';

/** Field numbers of opentelemetry/proto/trace/v1/trace.proto and common/v1/common.proto. */
const RESOURCE_SPANS_OF_REQUEST = 1;
const RESOURCE_SPANS = { resource: 1, scopeSpans: 2 } as const;
const SPANS_OF_SCOPE = 2;
const ATTRIBUTES_OF_RESOURCE = 1;
const SPAN = { traceId: 1, spanId: 2, kind: 6, start: 7, end: 8, attributes: 9 } as const;
const KEY_VALUE = { key: 1, value: 2 } as const;
const ANY_VALUE = { string: 1, boolean: 2, integer: 3, double: 4, array: 5 } as const;
const MEMBERS_OF_ARRAY = 1;
/** Wire types. */
const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const SERVER = 2;
const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;

const NO_SPAN = '';
const DAMAGED = `${markerLine('damaged_payload')}\n`;

/** The lines of the spans in a request; a marker where the bytes are no such message. */
export function requestLines(bytes: Buffer): string {
  return linesOrMarker(bytes, (message) => {
    const lines: string[] = [];
    for (
      let field = nextField(message, bytes.length);
      field !== 0;
      field = nextField(message, bytes.length)
    ) {
      if (field === RESOURCE_SPANS_OF_REQUEST) lines.push(...linesOfResource(message, endOfField(message)));
      else message.skip(message.type);
    }
    return lines;
  });
}

/** The same of one `ResourceSpans` by itself. */
export function resourceLines(bytes: Buffer): string {
  return linesOrMarker(bytes, (message) => linesOfResource(message, bytes.length));
}

/** A request of another signal has the same outer fields, and nothing in it that is a span. */
function linesOrMarker(bytes: Buffer, linesOf: (message: Pbf) => readonly string[]): string {
  try {
    const lines = linesOf(new Pbf(bytes));
    if (!lines.includes(NO_SPAN)) return lines.join('');
    const spans = lines.filter((line) => line !== NO_SPAN);
    return spans.length === 0 ? otherRequestLine('logs or metrics') : spans.join('') + DAMAGED;
  } catch {
    // Cut or damaged bytes: counted, like a line that cannot be read.
    return DAMAGED;
  }
}

/** The resource may stand behind the spans that it is of. */
function linesOfResource(message: Pbf, end: number): string[] {
  const scopes: (readonly [from: number, end: number])[] = [];
  let resource = resourceText([]);
  for (let field = nextField(message, end); field !== 0; field = nextField(message, end)) {
    if (field === RESOURCE_SPANS.resource) resource = textOfResource(message, endOfField(message));
    else if (field === RESOURCE_SPANS.scopeSpans) {
      const endOfScope = endOfField(message);
      scopes.push([message.pos, endOfScope]);
      message.pos = endOfScope;
    } else message.skip(message.type);
  }
  const lines = scopes.flatMap(([from, endOfScope]) => {
    message.pos = from;
    return linesOfScope(message, endOfScope, resource);
  });
  message.pos = end;
  return lines;
}

function textOfResource(message: Pbf, end: number): string {
  const attributes: Attribute[] = [];
  for (let field = nextField(message, end); field !== 0; field = nextField(message, end)) {
    if (field === ATTRIBUTES_OF_RESOURCE) addAttribute(message, attributes, isServiceName);
    else message.skip(message.type);
  }
  return resourceText(attributes);
}

function isServiceName(key: string): boolean {
  return key === 'service.name';
}

function linesOfScope(message: Pbf, end: number, resource: string): string[] {
  const lines: string[] = [];
  for (let field = nextField(message, end); field !== 0; field = nextField(message, end)) {
    if (field === SPANS_OF_SCOPE) lines.push(lineOfSpan(message, endOfField(message), resource));
    else message.skip(message.type);
  }
  return lines;
}

/** A span as far as its fields are read. */
interface SpanFields {
  kind: number;
  /** How many of its two identifiers have the length they must have. */
  ids: number;
  start: string;
  end: string;
  readonly attributes: Attribute[];
}

function lineOfSpan(message: Pbf, end: number, resource: string): string {
  const span: SpanFields = { kind: 0, ids: 0, start: '0', end: '0', attributes: [] };
  for (let field = nextField(message, end); field !== 0; field = nextField(message, end)) {
    readSpanField(message, field, span);
  }
  if (span.ids !== 2) return NO_SPAN;
  return span.kind === SERVER ? serverSpanLine(span, resource) : otherSpanLine(kindName(span.kind));
}

/** Only of a server's span the attributes are looked at; the kind stands before them. */
function readSpanField(message: Pbf, field: number, span: SpanFields): void {
  const { type } = message;
  if (field === SPAN.attributes && span.kind === SERVER)
    addAttribute(message, span.attributes, isHttpAttribute);
  else if (field === SPAN.traceId) span.ids += hasLength(message, TRACE_ID_BYTES);
  else if (field === SPAN.spanId) span.ids += hasLength(message, SPAN_ID_BYTES);
  else if (field === SPAN.kind && type === VARINT) span.kind = message.readVarint();
  else if (field === SPAN.start && type === FIXED_64) span.start = fixed64At(message);
  else if (field === SPAN.end && type === FIXED_64) span.end = fixed64At(message);
  else message.skip(type);
}

/** 1 or 0; the field is stepped over. */
function hasLength(message: Pbf, length: number): number {
  const from = message.pos;
  message.skip(message.type);
  const isSo = message.type === LENGTH_DELIMITED && message.pos - from === length + 1;
  return isSo ? 1 : 0;
}

function addAttribute(message: Pbf, attributes: Attribute[], isWanted: (key: string) => boolean): void {
  const end = endOfField(message);
  let key = '';
  let value: string | undefined;
  for (let field = nextField(message, end); field !== 0; field = nextField(message, end)) {
    if (field === KEY_VALUE.key) key = textAt(message);
    else if (field === KEY_VALUE.value && isWanted(key)) value = valueIn(message, endOfField(message));
    else message.skip(message.type);
  }
  if (value !== undefined) attributes.push([key, value]);
}

/** Maps and bytes are no values of the HTTP conventions; lists of lists neither. */
function valueIn(message: Pbf, end: number, isMember = false): string | undefined {
  let value: string | undefined;
  for (let field = nextField(message, end); field !== 0; field = nextField(message, end)) {
    if (field === ANY_VALUE.string) value = textAt(message);
    else if (field === ANY_VALUE.integer) value = String(message.readVarint(true));
    else if (field === ANY_VALUE.array && !isMember) value = arrayIn(message, endOfField(message));
    else if (field === ANY_VALUE.boolean) value = String(message.readBoolean());
    else if (field === ANY_VALUE.double) value = doubleAt(message);
    else message.skip(message.type);
  }
  return value;
}

function arrayIn(message: Pbf, end: number): string {
  const members: string[] = [];
  for (let field = nextField(message, end); field !== 0; field = nextField(message, end)) {
    if (field === MEMBERS_OF_ARRAY) members.push(valueIn(message, endOfField(message), true) ?? '');
    else message.skip(message.type);
  }
  return members.join(', ');
}

/** The number of the field that begins here, its type in `type`; 0 at the end. Throws where a field went beyond it. */
function nextField(message: Pbf, end: number): number {
  if (message.pos === end) return 0;
  if (message.pos > end) throw new Error('a field goes on behind the end of its message');
  const tag = message.readVarint();
  message.type = tag & 7;
  return tag >>> 3;
}

/** The end of a length-delimited field that is about to be read. */
function endOfField(message: Pbf): number {
  if (message.type !== LENGTH_DELIMITED) throw new Error('a field is of another type');
  const length = message.readVarint();
  return message.pos + length;
}

function textAt(message: Pbf): string {
  const end = endOfField(message);
  const text = bytesOf(message).toString('utf8', message.pos, end);
  message.pos = end;
  return text;
}

/** As text, since a number would lose nanoseconds. */
function fixed64At(message: Pbf): string {
  message.pos += 8;
  return bytesOf(message)
    .readBigUInt64LE(message.pos - 8)
    .toString();
}

function doubleAt(message: Pbf): string {
  message.pos += 8;
  return String(bytesOf(message).readDoubleLE(message.pos - 8));
}

/** It was made of a Buffer. Its own readers of fixed numbers forget where in its memory a Buffer begins. */
function bytesOf(message: Pbf): Buffer {
  return message.buf as Buffer;
}
