import { zstdCompressSync } from 'node:zlib';
import type { DocumentExample } from '../../../model/document-kind.ts';

const ATTRIBUTES = [
  { key: 'http.request.method', value: { stringValue: 'GET' } },
  { key: 'url.path', value: { stringValue: '/orders/42' } },
  { key: 'http.response.status_code', value: { intValue: '200' } },
  { key: 'http.request.header.accept', value: { arrayValue: { values: [{ stringValue: 'text/html' }] } } },
];
const SPAN = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  name: 'GET /orders/{id}',
  kind: 2,
  startTimeUnixNano: '1767607200250000000',
  endTimeUnixNano: '1767607200262000000',
  attributes: ATTRIBUTES,
  status: {},
};
const RESOURCE = { attributes: [{ key: 'service.name', value: { stringValue: 'order-service' } }] };
const LINE =
  '{"otlpSpan":{"kind":"server","start":"1767607200250000000","end":"1767607200262000000"},"attributes":{"http.request.method":"GET","url.path":"/orders/42","http.response.status_code":"200"},"requestHeaders":{"accept":"text/html"},"responseHeaders":{},"resource":{"service.name":"order-service"}}';
const CLIENT_LINE = '{"otlpSpan":{"kind":"client"}}';
const DAMAGED = '\u0001damaged_payload';

/** A request with these spans in one scope of one resource. */
function request(...spans: readonly object[]): { readonly resourceSpans: readonly object[] } {
  return {
    resourceSpans: [
      {
        resource: RESOURCE,
        scopeSpans: [{ scope: { name: 'http' }, spans }],
        schemaUrl: 'https://schemas.test/1',
      },
    ],
  };
}

function jsonLines(...requests: readonly object[]): string {
  return `${requests.map((one) => JSON.stringify(one)).join('\n')}\n`;
}

function withAttributes(...attributes: readonly object[]): object {
  return { ...SPAN, attributes };
}

function lineWith(attributes: string, requestHeaders = '{}'): string {
  return `{"otlpSpan":{"kind":"server","start":"1767607200250000000","end":"1767607200262000000"},"attributes":${attributes},"requestHeaders":${requestHeaders},"responseHeaders":{},"resource":{"service.name":"order-service"}}`;
}

/** A length-delimited field of a protobuf message: its tag, its length as a varint, its content. */
function field(number: number, ...content: readonly (Buffer | string)[]): Buffer {
  const bytes = Buffer.concat(content.map((part) => Buffer.from(part as string)));
  const length = bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7];
  return Buffer.concat([Buffer.of(number * 8 + 2, ...length), bytes]);
}

function fixed64(number: number, value: bigint): Buffer {
  const bytes = Buffer.alloc(9, number * 8 + 1);
  bytes.writeBigUInt64LE(value, 1);
  return bytes;
}

function keyValue(key: string, value: Buffer): Buffer {
  return field(9, field(1, key), field(2, value));
}

function spanMessage(kind: number): Buffer {
  return field(
    2,
    field(1, Buffer.from(SPAN.traceId, 'hex')),
    field(2, Buffer.from(SPAN.spanId, 'hex')),
    field(5, SPAN.name),
    Buffer.of(0x30, kind),
    fixed64(7, 1767607200250000000n),
    fixed64(8, 1767607200262000000n),
    keyValue('http.request.method', field(1, 'GET')),
    keyValue('url.path', field(1, '/orders/42')),
    keyValue('thread.id', Buffer.of(0x18, 1)),
    keyValue('http.response.status_code', Buffer.of(0x18, 0xc8, 0x01)),
    keyValue('http.request.header.accept', field(5, field(1, field(1, 'text/html')))),
  );
}
const RESOURCE_MESSAGE = field(1, field(1, field(1, 'service.name'), field(2, field(1, 'order-service'))));

function message(...items: readonly Buffer[]): Buffer {
  return field(1, RESOURCE_MESSAGE, field(2, field(1, field(1, 'http')), ...items));
}

function prefixed(...messages: readonly Buffer[]): Buffer {
  return Buffer.concat(
    messages.flatMap((body) => [Buffer.of(0, 0, body.length >> 8, body.length & 255), body]),
  );
}

/** A log record: its first field is an instant. */
const LOG_MESSAGE = message(field(2, fixed64(1, 1767607200250000000n), field(5, field(1, 'started'))));

const inJson: readonly DocumentExample[] = [
  {
    name: 'a request on each line, as the collector writes it',
    content: jsonLines(request(SPAN, { ...SPAN, kind: 3 }), request(SPAN)),
    lines: [LINE, CLIENT_LINE, LINE],
  },
  { name: 'a request over many lines', content: JSON.stringify(request(SPAN), null, 2), lines: [LINE] },
  {
    name: 'a list of requests, over many lines or one',
    content: JSON.stringify([request(SPAN), request(SPAN)], null, 1),
    lines: [LINE, LINE],
  },
  {
    name: 'a list on one line',
    content: JSON.stringify([request(SPAN), request(SPAN)]),
    lines: [LINE, LINE],
  },
  {
    name: 'kinds by name, instants as numbers, the old name of scopes, an empty request before',
    content: `{}\n${JSON.stringify({
      resourceSpans: [
        {
          resource: RESOURCE,
          instrumentationLibrarySpans: [
            { spans: [{ ...SPAN, kind: 'SPAN_KIND_SERVER' }, { ...SPAN, kind: 'SPAN_KIND_INTERNAL' }, {}] },
          ],
        },
      ],
    })}`,
    lines: ['', LINE, '{"otlpSpan":{"kind":"internal"}}', '{"otlpSpan":{"kind":"unspecified"}}'],
  },
  {
    name: 'values of each type; attributes of other conventions are left out',
    content: jsonLines(
      request(
        withAttributes(
          { key: 'http.status_code', value: { intValue: 200 } },
          { key: 'http.flavor', value: { doubleValue: 1.1 } },
          { key: 'net.keepalive', value: { boolValue: true } },
          {
            key: 'http.request.header.x_forwarded_for',
            value: { arrayValue: { values: [{ stringValue: '192.0.2.1' }, { stringValue: '192.0.2.2' }] } },
          },
          { key: 'http.map', value: { kvlistValue: { values: [] } } },
          { key: 'db.statement', value: { stringValue: 'SELECT 1' } },
          { key: 'url.path', value: { stringValue: '/\ud800' } },
        ),
      ),
    ),
    lines: [
      lineWith(
        '{"http.status_code":"200","http.flavor":"1.1","net.keepalive":"true","url.path":"/\ufffd"}',
        '{"x-forwarded-for":"192.0.2.1, 192.0.2.2"}',
      ),
    ],
  },
  {
    name: 'a request of logs, and one of metrics',
    content: jsonLines({ resourceLogs: [{ scopeLogs: [] }] }, { resourceMetrics: [{}] }, request(SPAN)),
    lines: ['{"otlpRequest":"logs"}', '{"otlpRequest":"metrics"}', LINE],
  },
  {
    name: 'a request cut off between two whole ones',
    content: `${jsonLines(request(SPAN))}{"resourceSpans":[{"resource":\n${jsonLines(request(SPAN))}`,
    lines: [LINE, '{"resourceSpans":[{"resource":', LINE],
  },
];

const inProtobuf: readonly DocumentExample[] = [
  { name: 'one message', content: message(spanMessage(2), spanMessage(3)), lines: [LINE, CLIENT_LINE] },
  {
    name: 'a message of two resources, cut off in the second',
    content: Buffer.concat([message(spanMessage(2)), message(spanMessage(2)).subarray(0, -10)]),
    lines: [LINE, DAMAGED],
  },
  {
    name: 'messages with their length before them, as the collector writes them',
    content: prefixed(message(spanMessage(2)), message(spanMessage(3)), message(spanMessage(2))),
    lines: [LINE, CLIENT_LINE, LINE],
  },
  {
    name: 'compressed messages, JSON in one of them, damage in another',
    content: prefixed(
      zstdCompressSync(message(spanMessage(2))),
      zstdCompressSync(JSON.stringify(request(SPAN))),
      zstdCompressSync(message(spanMessage(2))).subarray(0, -9),
      zstdCompressSync(message(spanMessage(2))),
    ),
    lines: [LINE, LINE, DAMAGED, LINE],
  },
  { name: 'a message of logs', content: LOG_MESSAGE, lines: ['{"otlpRequest":"logs or metrics"}'] },
  {
    name: 'a damaged message leaves its neighbours whole',
    content: prefixed(
      message(spanMessage(2)),
      message(spanMessage(2)).fill(0xff, 60, 80),
      message(spanMessage(2)),
    ),
    lines: [LINE, DAMAGED, LINE],
  },
];

export const examples: readonly DocumentExample[] = [...inJson, ...inProtobuf];
