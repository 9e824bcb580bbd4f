import { markerLine } from '../../../model/marker-line.ts';
import { kindName, otherRequestLine, otherSpanLine } from '../../otlp/span-line.ts';
import type { JsonBytes } from '../json-bytes.ts';
import { FIXED_64, LENGTH_DELIMITED, MessageReader, VARINT } from './message-reader.ts';
import { SpanBytes } from './span-bytes.ts';

/** Field numbers of opentelemetry/proto/trace/v1/trace.proto. */
const RESOURCE_SPANS_OF_REQUEST = 1;
const RESOURCE_SPANS = { resource: 1, scopeSpans: 2 } as const;
const SPANS_OF_SCOPE = 2;
const ATTRIBUTES_OF_RESOURCE = 1;
const SPAN = { traceId: 1, spanId: 2, kind: 6, start: 7, end: 8, attributes: 9 } as const;
const SERVER = 2;
const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;

const DAMAGED = `${markerLine('damaged_payload')}\n`;

/** Writes the lines of the spans in requests. A class because the parts of lines are kept from span to span. */
export class ProtobufRequests {
  readonly #lines: JsonBytes;
  readonly #open = new SpanBytes();
  /** What was found in the request that is being read. */
  #spans = 0;
  #notSpans = 0;

  constructor(lines: JsonBytes) {
    this.#lines = lines;
  }

  /** The spans of a request; a marker where the bytes are no such message. */
  writeRequest(bytes: Buffer): void {
    this.#writeOrMark(new MessageReader(bytes), (message, end) => {
      for (let field = message.nextField(end); field !== 0; field = message.nextField(end)) {
        if (field === RESOURCE_SPANS_OF_REQUEST) this.#writeResource(message, message.endOfField());
        else message.skip();
      }
    });
  }

  /** The same of one `ResourceSpans` by itself. */
  writeResourceSpans(bytes: Buffer): void {
    this.#writeOrMark(new MessageReader(bytes), (message, end) => this.#writeResource(message, end));
  }

  /** A request of another signal has the same outer fields, and nothing in it that is a span. */
  #writeOrMark(message: MessageReader, write: (message: MessageReader, end: number) => void): void {
    const from = this.#lines.length;
    this.#spans = 0;
    this.#notSpans = 0;
    try {
      write(message, message.bytes.length);
      if (this.#notSpans === 0) return;
      this.#lines.ascii(this.#spans === 0 ? otherRequestLine('logs or metrics') : DAMAGED);
    } catch {
      // Cut or damaged bytes: counted, like a line that cannot be read.
      this.#lines.length = from;
      this.#lines.ascii(DAMAGED);
    }
  }

  /** The resource may stand behind the spans that it is of. */
  #writeResource(message: MessageReader, end: number): void {
    const scopes: (readonly [from: number, end: number])[] = [];
    this.#open.startResource();
    for (let field = message.nextField(end); field !== 0; field = message.nextField(end)) {
      if (field === RESOURCE_SPANS.resource) this.#readResource(message, message.endOfField());
      else if (field === RESOURCE_SPANS.scopeSpans) {
        const endOfScope = message.endOfField();
        scopes.push([message.pos, endOfScope]);
        message.pos = endOfScope;
      } else message.skip();
    }
    for (const [from, endOfScope] of scopes) {
      message.pos = from;
      this.#writeScope(message, endOfScope);
    }
    message.pos = end;
  }

  #readResource(message: MessageReader, end: number): void {
    this.#open.startResource();
    for (let field = message.nextField(end); field !== 0; field = message.nextField(end)) {
      if (field === ATTRIBUTES_OF_RESOURCE) this.#open.addToResource(message);
      else message.skip();
    }
  }

  #writeScope(message: MessageReader, end: number): void {
    for (let field = message.nextField(end); field !== 0; field = message.nextField(end)) {
      if (field === SPANS_OF_SCOPE) this.#writeSpan(message, message.endOfField());
      else message.skip();
    }
  }

  #writeSpan(message: MessageReader, end: number): void {
    const span: SpanFields = { kind: 0, ids: 0, start: '0', end: '0' };
    this.#open.startSpan();
    for (let field = message.nextField(end); field !== 0; field = message.nextField(end)) {
      const isAttribute = field === SPAN.attributes && span.kind === SERVER;
      if (isAttribute) this.#open.addToSpan(message);
      else readSpanField(message, field, span);
    }
    if (span.ids !== 2) {
      this.#notSpans += 1;
      return;
    }
    this.#spans += 1;
    if (span.kind === SERVER) this.#open.write(this.#lines, span.start, span.end);
    else this.#lines.ascii(otherSpanLine(kindName(span.kind)));
  }
}

/** A span as far as its fields are read, without its attributes: these are looked at only of a server's span. */
interface SpanFields {
  /** It stands before the attributes. */
  kind: number;
  /** How many of its two identifiers have the length they must have. */
  ids: number;
  start: string;
  end: string;
}

function readSpanField(message: MessageReader, field: number, span: SpanFields): void {
  const { type } = message;
  if (field === SPAN.traceId) span.ids += hasLength(message, TRACE_ID_BYTES);
  else if (field === SPAN.spanId) span.ids += hasLength(message, SPAN_ID_BYTES);
  else if (field === SPAN.kind && type === VARINT) span.kind = message.varint();
  else if (field === SPAN.start && type === FIXED_64) span.start = message.fixed64Text();
  else if (field === SPAN.end && type === FIXED_64) span.end = message.fixed64Text();
  else message.skip();
}

/** 1 or 0; the field is stepped over. */
function hasLength(message: MessageReader, length: number): number {
  const from = message.pos;
  message.skip();
  const isSo = message.type === LENGTH_DELIMITED && message.pos - from === length + 1;
  return isSo ? 1 : 0;
}
