import type { Exchange } from '../exchange.ts';
import { spanAttributes } from './otlp-json.ts';

export { carried, holds } from './otlp-json.ts';

export const id = 'otlp-protobuf';
export const reads = 'otlp';
export const json = false;
/** Each message has its length before it, so nothing stands between them. */
export const document = { head: '', separator: '', tail: '' };

const LENGTH_DELIMITED = 2;
const FIXED_64 = 1;
const SERVER = 2;

/** A request with one span, as the collector's file exporter writes it with `format: proto`. */
export function write(exchange: Exchange): string {
  const { startedAt, latencyMs, requestId, method, service } = exchange;
  const span = [
    field(1, Buffer.from(requestId, 'hex').toString('latin1')),
    field(2, Buffer.from(requestId.slice(0, 16), 'hex').toString('latin1')),
    field(5, method),
    varintField(6, SERVER),
    fixed64(7, startedAt),
    fixed64(8, startedAt + latencyMs),
    ...spanAttributes(exchange).map(([key, value]) => field(9, keyValue(key, anyValue(value)))),
    field(15, ''),
  ];
  const name = service?.name ?? 'unknown_service:go';
  const resource = field(1, field(1, keyValue('service.name', anyValue(name))));
  const scope = field(2, field(1, field(1, 'http')) + field(2, span.join('')));
  const request = field(1, resource + scope);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(request.length);
  return length.toString('latin1') + request;
}

function keyValue(key: string, value: string): string {
  return field(1, key) + field(2, value);
}

function anyValue(value: string | number | readonly string[]): string {
  if (typeof value === 'string') return field(1, Buffer.from(value).toString('latin1'));
  if (typeof value === 'number') return varintField(3, value);
  return field(5, value.map((member) => field(1, anyValue(member))).join(''));
}

function field(number: number, bytes: string): string {
  return varint(number * 8 + LENGTH_DELIMITED) + varint(bytes.length) + bytes;
}

function varintField(number: number, value: number): string {
  return varint(number * 8) + varint(value);
}

/** An instant in milliseconds, written in nanoseconds. */
function fixed64(number: number, milliseconds: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(milliseconds) * 1_000_000n);
  return varint(number * 8 + FIXED_64) + bytes.toString('latin1');
}

/** Seven bits a byte, the lowest first. */
function varint(value: number): string {
  let text = '';
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) text += String.fromCharCode((rest % 128) + 128);
  return text + String.fromCharCode(rest);
}
