import { zstdDecompressSync } from 'node:zlib';
import type { DocumentKind } from '../../../model/document-kind.ts';
import { markerLine } from '../../../model/marker-line.ts';
import { requestLines } from '../../otlp/json-requests.ts';
import { jsonRecords } from '../../records/json-records.ts';
import { JsonBytes } from '../json-bytes.ts';
import {
  type Frame,
  type FrameCutter,
  type FrameHead,
  LineCutter,
  MAX_REQUEST_BYTES,
  PrefixCutter,
} from './message-frames.ts';
import { ProtobufRequests } from './protobuf-requests.ts';
import { isZstd, layoutOf, varintAt } from './recognise.ts';

/** What the layout is told from. */
const HEAD_BYTES = 64 * 1024;
/** A first line that only opens brackets: the request goes on in the lines behind it. */
const OPENS_ONLY = /^[\s{[]*("\w+"\s*:[\s{[]*)*$/;
const RESOURCE_TAG = 0x0a;
const OPEN_OBJECT = 0x7b;
const PREFIX_BYTES = 4;
const GIVEN_OUT_BYTES = 256 * 1024;

/** OpenTelemetry traces in files: what the collector's file exporter writes, or requests kept as they were sent. */
export const document: DocumentKind = {
  id: 'otlp',
  title: 'OpenTelemetry traces (OTLP: JSON, protobuf)',
  reference: 'https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/',
  recognises: (head) => layoutOf(head) !== undefined,
  records: spanLines,
};

async function* spanLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { head, all } = await peek(chunks);
  const layout = layoutOf(head);
  const lines = new JsonBytes();
  const protobuf = new ProtobufRequests(lines);
  if (layout === 'prefixed')
    yield* linesOf(all, new PrefixCutter(bigEndianHead), lines, (frame) =>
      writeUnpacked(frame, protobuf, lines),
    );
  else if (layout === 'message')
    yield* linesOf(all, new PrefixCutter(resourceHead), lines, (frame) => protobuf.writeResourceSpans(frame));
  else
    yield* linesOf(isSpread(head) ? inOneLine(all) : all, new LineCutter(), lines, (frame) =>
      writeJson(frame, lines),
    );
}

async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  cutter: FrameCutter,
  lines: JsonBytes,
  write: (frame: Buffer) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield* linesOfFrames(cutter.cut(chunk), lines, write);
  yield* linesOfFrames(cutter.end(), lines, write);
}

/** Many lines at once: to give out each by itself would cost as much as to make it. */
function* linesOfFrames(
  frames: readonly Frame[],
  lines: JsonBytes,
  write: (frame: Buffer) => void,
): Generator<Buffer> {
  for (const frame of frames) {
    if (frame === 'too_large') lines.ascii(`${markerLine('line_too_long')}\n`);
    else if (frame === 'damaged') lines.ascii(`${markerLine('damaged_payload')}\n`);
    else write(frame);
    if (lines.length >= GIVEN_OUT_BYTES) yield lines.take();
  }
  if (lines.length > 0) yield lines.take();
}

/** Among requests, a line that is none stays as it is: a collector's file may be one of several logs put together. */
function writeJson(request: Buffer, lines: JsonBytes): void {
  const text = requestLines(request.toString('utf8'));
  if (text !== undefined) lines.text(text);
  else {
    lines.copy(request);
    lines.ascii('\n');
  }
}

/** With `compression: zstd` the exporter puts a length before the requests of either format, each compressed. */
function writeUnpacked(frame: Buffer, protobuf: ProtobufRequests, lines: JsonBytes): void {
  const request = isZstd(frame) ? unpacked(frame) : frame;
  if (request === undefined) lines.ascii(`${markerLine('damaged_payload')}\n`);
  else if (request[0] === OPEN_OBJECT) writeJson(request, lines);
  else protobuf.writeRequest(request);
}

function unpacked(frame: Buffer): Buffer | undefined {
  try {
    return zstdDecompressSync(frame, { maxOutputLength: MAX_REQUEST_BYTES });
  } catch {
    // Damaged, or larger than a request may be.
    return undefined;
  }
}

const bigEndianHead: FrameHead = (bytes, at) =>
  bytes.length - at < PREFIX_BYTES
    ? undefined
    : { headBytes: PREFIX_BYTES, bodyBytes: bytes.readUInt32BE(at) };

/** A request is the repetition of one field: each has its tag and its length before it, and is read by itself. */
const resourceHead: FrameHead = (bytes, at) => {
  const length = bytes[at] === RESOURCE_TAG ? varintAt(bytes, at + 1) : undefined;
  return length === undefined ? undefined : { headBytes: length.end - at, bodyBytes: length.value };
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
