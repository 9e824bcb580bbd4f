import { zstdDecompressSync } from 'node:zlib';
import type { DocumentKind } from '../../../model/document-kind.ts';
import { markerLine } from '../../../model/marker-line.ts';
import * as jsonRequests from '../../otlp/json-requests.ts';
import { jsonRecords } from '../../records/json-records.ts';
import { examples } from './examples.ts';
import {
  type Frame,
  type FrameHead,
  lineFrames,
  MAX_REQUEST_BYTES,
  prefixedFrames,
} from './message-frames.ts';
import * as protobufRequests from './protobuf-requests.ts';
import { isZstd, layoutOf, varintAt } from './recognise.ts';

/** What the layout is told from. */
const HEAD_BYTES = 64 * 1024;
/** A first line that only opens brackets: the request goes on in the lines behind it. */
const OPENS_ONLY = /^[\s{[]*("\w+"\s*:[\s{[]*)*$/;
const RESOURCE_TAG = 0x0a;
const OPEN_OBJECT = 0x7b;
const PREFIX_BYTES = 4;
const LINE_END = Buffer.from('\n');

/** OpenTelemetry traces in files: what the collector's file exporter writes, or requests kept as they were sent. */
export const document: DocumentKind = {
  id: 'otlp',
  title: 'OpenTelemetry traces (OTLP: JSON, protobuf)',
  reference: 'https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/',
  recognises: (head) => layoutOf(head) !== undefined,
  records: spanLines,
  examples,
};

async function* spanLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { head, all } = await peek(chunks);
  const layout = layoutOf(head);
  if (layout === 'prefixed') yield* linesOf(prefixedFrames(all, bigEndianHead), unpackedLines);
  else if (layout === 'message')
    yield* linesOf(prefixedFrames(all, resourceHead), protobufRequests.resourceLines);
  else yield* linesOf(lineFrames(isSpread(head) ? inOneLine(all) : all), jsonLines);
}

async function* linesOf(
  frames: AsyncIterable<Frame>,
  read: (frame: Buffer) => string | Buffer,
): AsyncGenerator<Buffer> {
  for await (const frame of frames) {
    if (frame === 'too_large') yield Buffer.from(`${markerLine('line_too_long')}\n`);
    else if (frame === 'damaged') yield Buffer.from(`${markerLine('damaged_payload')}\n`);
    else yield Buffer.from(read(frame) as Buffer);
  }
}

/** Among requests, a line that is none stays as it is: a collector's file may be one of several logs put together. */
function jsonLines(request: Buffer): string | Buffer {
  return jsonRequests.requestLines(request.toString('utf8')) ?? Buffer.concat([request, LINE_END]);
}

/** With `compression: zstd` the exporter puts a length before the requests of either format, each compressed. */
function unpackedLines(frame: Buffer): string | Buffer {
  const request = isZstd(frame) ? unpacked(frame) : frame;
  if (request === undefined) return `${markerLine('damaged_payload')}\n`;
  return request[0] === OPEN_OBJECT ? jsonLines(request) : protobufRequests.requestLines(request);
}

function unpacked(frame: Buffer): Buffer | undefined {
  try {
    return zstdDecompressSync(frame, { maxOutputLength: MAX_REQUEST_BYTES });
  } catch {
    // Damaged, or larger than a request may be.
    return undefined;
  }
}

const bigEndianHead: FrameHead = (bytes) =>
  bytes.length < PREFIX_BYTES ? undefined : { headBytes: PREFIX_BYTES, bodyBytes: bytes.readUInt32BE() };

/** A request is the repetition of one field: each has its tag and its length before it, and is read by itself. */
const resourceHead: FrameHead = (bytes) => {
  const length = bytes[0] === RESOURCE_TAG ? varintAt(bytes, 1) : undefined;
  return length === undefined ? undefined : { headBytes: length.end, bodyBytes: length.value };
};

function isSpread(head: Buffer): boolean {
  const [firstLine = ''] = head.toString('utf8').split('\n', 1);
  return OPENS_ONLY.test(firstLine);
}

function inOneLine(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  return jsonRecords(chunks, { maxRecordBytes: MAX_REQUEST_BYTES + 1, keepLists: true });
}

/** The first bytes, and all bytes including them. */
async function peek(
  chunks: AsyncIterable<Buffer>,
): Promise<{ readonly head: Buffer; readonly all: AsyncIterable<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  for (let bytes = 0; bytes < HEAD_BYTES; ) {
    const { done, value } = await iterator.next();
    if (done === true) break;
    read.push(Buffer.from(value));
    bytes += value.length;
  }
  const head = Buffer.concat(read);
  return { head: head.subarray(0, HEAD_BYTES), all: resumed(head, iterator) };
}

async function* resumed(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
