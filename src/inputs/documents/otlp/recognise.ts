import { MAX_REQUEST_BYTES } from './message-frames.ts';

/** How a file holds its requests. */
export type Layout = 'json' | 'prefixed' | 'message';

const JSON_REQUEST = /^(?:\s*\{\s*\}\s*\n)*\s*\[?\s*\{\s*"resource(?:Spans|Logs|Metrics|Profiles)"\s*:\s*\[/;
const ATTRIBUTE_KEY = /^[\w.:/-]+$/;
/** A length-delimited field 1, 2 and 3. */
const [FIELD_1, FIELD_2, FIELD_3] = [0x0a, 0x12, 0x1a];
const ZSTD_MAGIC = 0xfd2fb528;
const PREFIX_BYTES = 4;
/** Of JSON this much is enough to know a request. */
const JSON_HEAD = 1000;

/** The layout that the first bytes show; undefined where they are no requests. */
export function layoutOf(head: Buffer): Layout | undefined {
  if (isJsonRequest(head)) return 'json';
  if (isMessage(head)) return 'message';
  if (head.length <= PREFIX_BYTES || head.readUInt32BE() > MAX_REQUEST_BYTES) return undefined;
  const message = head.subarray(PREFIX_BYTES);
  return isZstd(message) || isMessage(message) || isJsonRequest(message) ? 'prefixed' : undefined;
}

export function isZstd(bytes: Buffer): boolean {
  return bytes.length > PREFIX_BYTES && bytes.readUInt32LE() === ZSTD_MAGIC;
}

function isJsonRequest(head: Buffer): boolean {
  return JSON_REQUEST.test(head.toString('utf8', 0, JSON_HEAD));
}

/**
 * Whether the bytes begin like a message whose first field is a `ResourceSpans`: its tags and lengths must agree as
 * far as its first attribute or scope. A log that begins with empty lines begins with the same byte.
 */
function isMessage(head: Buffer): boolean {
  const resource = fieldAt(head, 0);
  if (resource?.tag !== FIELD_1) return false;
  const first = fieldAt(head, resource.from, resource.end);
  if (first === undefined) return false;
  if (first.tag !== FIELD_1) return first.tag === FIELD_2 && startsWithField(head, first, [FIELD_1, FIELD_2]);
  if (first.from === first.end) return fieldAt(head, first.end, resource.end)?.tag === FIELD_2;
  const attribute = fieldAt(head, first.from, first.end);
  const key = attribute?.tag === FIELD_1 ? fieldAt(head, attribute.from, attribute.end) : undefined;
  return key?.tag === FIELD_1 && ATTRIBUTE_KEY.test(head.toString('latin1', key.from, key.end));
}

interface Field {
  readonly tag: number;
  readonly from: number;
  readonly end: number;
}

/** The length-delimited field that begins here; undefined where there is none, or it does not fit around. */
function fieldAt(bytes: Buffer, at: number, end = Number.POSITIVE_INFINITY): Field | undefined {
  const tag = bytes[at];
  if (tag !== FIELD_1 && tag !== FIELD_2 && tag !== FIELD_3) return undefined;
  const length = varintAt(bytes, at + 1);
  if (length === undefined || length.end + length.value > end) return undefined;
  return { tag, from: length.end, end: length.end + length.value };
}

function startsWithField(bytes: Buffer, { from, end }: Field, tags: readonly number[]): boolean {
  const field = fieldAt(bytes, from, end);
  return field !== undefined && tags.includes(field.tag);
}

/** A length of at most five bytes. */
export function varintAt(
  bytes: Buffer,
  at: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, end: at + index + 1 };
  }
  return undefined;
}
