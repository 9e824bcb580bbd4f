import type { JsonBytes } from '../json-bytes.ts';
import type { MessageReader } from './message-reader.ts';

/** Field numbers of opentelemetry/proto/common/v1/common.proto. */
const ANY_VALUE = { string: 1, boolean: 2, integer: 3, double: 4, array: 5 } as const;
const MEMBERS_OF_ARRAY = 1;

/**
 * Writes the value that the message has come to as member of an object, its name taken from the bytes. The position
 * behind the name in what is written; undefined where there is no value.
 */
export function writeMember(
  message: MessageReader,
  nameFrom: number,
  nameEnd: number,
  json: JsonBytes,
): number | undefined {
  if (json.length > 0) json.ascii(',');
  json.quote();
  json.content(message.bytes, nameFrom, nameEnd);
  const endOfName = json.length;
  json.ascii('":"');
  const hasValue = writeValue(message, json, false);
  json.quote();
  return hasValue ? endOfName : undefined;
}

/** The last value counts. Maps and bytes are no values of the HTTP conventions; lists of lists neither. */
function writeValue(message: MessageReader, json: JsonBytes, isMember: boolean): boolean {
  const end = message.endOfField();
  const from = json.length;
  let hasValue = false;
  for (let field = message.nextField(end); field !== 0; field = message.nextField(end)) {
    if (field > ANY_VALUE.array || (field === ANY_VALUE.array && isMember)) {
      message.skip();
      continue;
    }
    json.length = from;
    hasValue = true;
    if (field === ANY_VALUE.string) writeText(message, json);
    else if (field === ANY_VALUE.integer) json.ascii(message.integerText());
    else if (field === ANY_VALUE.boolean) json.ascii(String(message.varint() !== 0));
    else if (field === ANY_VALUE.double) json.ascii(message.doubleText());
    else writeArray(message, json);
  }
  return hasValue;
}

function writeText(message: MessageReader, json: JsonBytes): void {
  const end = message.endOfField();
  json.content(message.bytes, message.pos, end);
  message.pos = end;
}

function writeArray(message: MessageReader, json: JsonBytes): void {
  const end = message.endOfField();
  let isFirst = true;
  for (let field = message.nextField(end); field !== 0; field = message.nextField(end)) {
    if (field !== MEMBERS_OF_ARRAY) {
      message.skip();
      continue;
    }
    if (!isFirst) json.ascii(', ');
    isFirst = false;
    writeValue(message, json, true);
  }
}
