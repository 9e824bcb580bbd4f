import { HTTP_NAMESPACES, REQUEST_HEADER, RESPONSE_HEADER, SPAN_LINE } from '../../otlp/span-line.ts';
import { JsonBytes } from '../json-bytes.ts';
import { writeMember } from './attribute-bytes.ts';
import type { MessageReader } from './message-reader.ts';

const KEY_VALUE = { key: 1, value: 2 } as const;
const UNDERSCORE = 0x5f;
const HYPHEN = 0x2d;

const SERVICE_NAME = Buffer.from('service.name');
const METHOD = Buffer.from('http.request.method');
const REQUEST = Buffer.from(REQUEST_HEADER);
const RESPONSE = Buffer.from(RESPONSE_HEADER);
const NAMESPACES = HTTP_NAMESPACES.map((name) => Buffer.from(`${name}.`));

/** Members of one object of the line. */
interface Members {
  readonly json: JsonBytes;
  /** Where the names in it begin and end. */
  readonly names: number[];
}

/**
 * The line of a server span, its parts written while the attributes are read: their keys are told apart as bytes, and
 * what nobody reads is stepped over. A class because it holds the parts until the span is read to its end.
 */
export class SpanBytes {
  readonly #resource = noMembers();
  readonly #attributes = noMembers();
  readonly #request = noMembers();
  readonly #response = noMembers();
  /** The span has the method as the stable conventions name it. */
  #isStable = false;

  startResource(): void {
    clear(this.#resource);
  }

  addToResource(message: MessageReader): void {
    this.#readAttribute(message, true);
  }

  startSpan(): void {
    for (const members of [this.#attributes, this.#request, this.#response]) clear(members);
    this.#isStable = false;
  }

  addToSpan(message: MessageReader): void {
    this.#readAttribute(message, false);
  }

  /** `start` and `end` in nanoseconds since 1970. */
  write(lines: JsonBytes, start: string, end: string): void {
    if (!this.#isStable)
      for (const { json, names } of [this.#request, this.#response]) hyphenate(json, names);
    lines.ascii(`${SPAN_LINE.start}${start}${SPAN_LINE.end}${end}${SPAN_LINE.attributes}`);
    lines.append(this.#attributes.json);
    lines.ascii(SPAN_LINE.requestHeaders);
    lines.append(this.#request.json);
    lines.ascii(SPAN_LINE.responseHeaders);
    lines.append(this.#response.json);
    lines.ascii(SPAN_LINE.resource);
    lines.append(this.#resource.json);
    lines.ascii(SPAN_LINE.close);
  }

  /** The key stands before the value. */
  #readAttribute(message: MessageReader, isOfResource: boolean): void {
    const end = message.endOfField();
    let keyFrom = message.pos;
    let keyEnd = keyFrom;
    for (let field = message.nextField(end); field !== 0; field = message.nextField(end)) {
      if (field === KEY_VALUE.key) {
        keyEnd = message.endOfField();
        keyFrom = message.pos;
        message.pos = keyEnd;
      } else if (field !== KEY_VALUE.value) message.skip();
      else if (isOfResource) this.#addServiceName(message, keyFrom, keyEnd);
      else this.#addHttp(message, keyFrom, keyEnd);
    }
  }

  #addServiceName(message: MessageReader, from: number, end: number): void {
    const isWanted = end - from === SERVICE_NAME.length && startsWith(message.bytes, from, end, SERVICE_NAME);
    if (isWanted) add(message, from, end, this.#resource);
    else message.skip();
  }

  #addHttp(message: MessageReader, from: number, end: number): void {
    const { bytes } = message;
    if (startsWith(bytes, from, end, REQUEST)) add(message, from + REQUEST.length, end, this.#request);
    else if (startsWith(bytes, from, end, RESPONSE))
      add(message, from + RESPONSE.length, end, this.#response);
    else if (isHttp(bytes, from, end)) {
      const isAdded = add(message, from, end, this.#attributes);
      if (isAdded && end - from === METHOD.length && startsWith(bytes, from, end, METHOD))
        this.#isStable = true;
    } else message.skip();
  }
}

function noMembers(): Members {
  return { json: new JsonBytes(), names: [] };
}

function clear({ json, names }: Members): void {
  json.clear();
  names.length = 0;
}

/** Whether the attribute has a value. */
function add(message: MessageReader, keyFrom: number, keyEnd: number, { json, names }: Members): boolean {
  const from = json.length;
  const endOfName = writeMember(message, keyFrom, keyEnd, json);
  if (endOfName === undefined) json.length = from;
  else names.push(from, endOfName);
  return endOfName !== undefined;
}

/** Before the conventions were stable, names of headers were written with `_` for `-`. */
function hyphenate(json: JsonBytes, names: readonly number[]): void {
  for (let index = 0; index < names.length; index += 2)
    json.replace(names[index] ?? 0, names[index + 1] ?? 0, UNDERSCORE, HYPHEN);
}

function isHttp(bytes: Buffer, from: number, end: number): boolean {
  for (const namespace of NAMESPACES) if (startsWith(bytes, from, end, namespace)) return true;
  return false;
}

function startsWith(bytes: Buffer, from: number, end: number, start: Buffer): boolean {
  if (end - from < start.length) return false;
  for (let index = 0; index < start.length; index += 1)
    if (bytes[from + index] !== start[index]) return false;
  return true;
}
