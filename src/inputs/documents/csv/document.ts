import type { DocumentKind } from '../../../model/document-kind.ts';
import { markerLine } from '../../../model/marker-line.ts';
import { type Header, readHeader } from './header.ts';
import { LineBatch } from './line-batch.ts';
import { RowWriter } from './row-writer.ts';
import { fieldsOfBrokenLine, type Row, readRow } from './rows.ts';

/** A longer row is left out; no row reaches over more, whatever its quotes say. */
const MAX_ROW_BYTES = 1024 * 1024;
/** A row over several lines is looked for in so much text first, and in more when it does not end there. */
const MIN_TEXT_BYTES = 4 * 1024;
const TEXT_GROWTH = 8;
const NEWLINE = 0x0a;
const TOO_LONG = `${markerLine('line_too_long')}\n`;
const NOTHING = Buffer.alloc(0);

/** Tables with a header row, as Splunk, Kibana, CloudWatch and Apigee export them. */
export const document: DocumentKind = {
  id: 'csv',
  title: 'CSV export with a header row',
  reference: 'https://www.rfc-editor.org/rfc/rfc4180',
  recognises: (head) => readHeader(firstLine(head)) !== undefined,
  records: csvRecords,
  holdsLines: true,
};

/** Bytes stand for themselves throughout: what is not UTF-8 reaches the formats, which give it a reason. */
function firstLine(head: Buffer): string {
  const newline = head.indexOf(NEWLINE);
  return newline === -1 ? '' : head.toString('latin1', 0, newline);
}

async function* csvRecords(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const reader = new CsvReader();
  for await (const chunk of chunks) yield* reader.records(chunk);
  yield* reader.end();
}

/** A class because it is opened, fed and ended: it holds the header and what is begun between chunks. */
class CsvReader {
  readonly #lines = new LineBatch();
  #header: Header | undefined;
  #headerLine: string | undefined;
  #writer: RowWriter | undefined;
  #rest: Buffer = NOTHING;
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #dropped = false;

  *records(chunk: Buffer): Generator<Buffer> {
    this.#pieces.push(Buffer.from(chunk));
    this.#pieceBytes += chunk.length;
    // No row ends before a line does; joining each piece would copy a long row again and again.
    if (chunk.indexOf(NEWLINE) === -1 && this.#pieceBytes <= MAX_ROW_BYTES) return;
    yield* this.#read(false);
  }

  *end(): Generator<Buffer> {
    yield* this.#read(true);
    if (this.#dropped) yield Buffer.from(TOO_LONG);
  }

  *#read(isEnd: boolean): Generator<Buffer> {
    const bytes = Buffer.concat([this.#rest, ...this.#pieces]);
    this.#pieces = [];
    this.#pieceBytes = 0;
    let from = 0;
    while (from < bytes.length) {
      const written = this.#dropped ? undefined : this.#writer?.write(bytes, from);
      const after = written ?? this.#readLineAt(bytes, from, isEnd);
      if (after === undefined) break;
      from = after;
      if (this.#lines.isFull) yield this.#lines.take();
    }
    this.#rest = Buffer.from(bytes.subarray(from));
    // Of a line without end nothing is kept but that it was too long.
    if (this.#rest.length > MAX_ROW_BYTES && this.#rest.indexOf(NEWLINE) === -1) {
      this.#rest = NOTHING;
      this.#dropped = true;
    }
    yield this.#lines.take();
  }

  /** Reads the line that begins here; gives where the next row does, or nothing while this one may go on. */
  #readLineAt(bytes: Buffer, from: number, isEnd: boolean): number | undefined {
    const newline = bytes.indexOf(NEWLINE, from);
    if (newline === -1 && !isEnd) return undefined;
    const lineEnd = newline === -1 ? bytes.length : newline;
    const afterLine = Math.min(lineEnd + 1, bytes.length);
    if (this.#dropped || lineEnd - from > MAX_ROW_BYTES) {
      this.#dropped = false;
      this.#lines.add(TOO_LONG);
      return afterLine;
    }
    const line = bytes.toString('latin1', from, lineEnd).replace(/\r$/, '');
    if (this.#header === undefined) this.#beginTable(line);
    else if (line !== '' && line !== this.#headerLine)
      return this.#readRow(bytes, { from, line, afterLine, isEnd }, this.#header);
    return afterLine;
  }

  #beginTable(line: string): void {
    this.#headerLine = line;
    this.#header = readHeader(line) ?? { names: [], delimiter: ',' };
    this.#writer = new RowWriter(this.#header, line, this.#lines);
  }

  #readRow(bytes: Buffer, { from, line, afterLine, isEnd }: RowBegin, header: Header): number | undefined {
    const { delimiter } = header;
    const single = line.includes('"') ? readRow(line, delimiter) : { fields: line.split(delimiter) };
    if (typeof single === 'object') {
      this.#lines.add(objectLine(header, single.fields));
      return afterLine;
    }
    const text = single === 'open' ? rowText(bytes, from, delimiter) : line;
    const row = single === 'open' ? readRow(text, delimiter) : single;
    if (row === 'open' && text.length < MAX_ROW_BYTES && !isEnd) return undefined;
    const isWhole = typeof row === 'object' && isOwn(row, header, text.slice(afterLine - from, row.end));
    this.#lines.add(objectLine(header, isWhole ? row.fields : fieldsOfBrokenLine(line, delimiter)));
    return isWhole ? from + row.end : afterLine;
  }
}

interface RowBegin {
  readonly from: number;
  /** Up to the first line end. */
  readonly line: string;
  readonly afterLine: number;
  readonly isEnd: boolean;
}

/** As much text as tells whether a row begins here that goes on over further lines: 1 MiB only where it takes that. */
function rowText(bytes: Buffer, from: number, delimiter: string): string {
  for (let length = MIN_TEXT_BYTES; length < MAX_ROW_BYTES; length *= TEXT_GROWTH) {
    const text = bytes.toString('latin1', from, from + length);
    if (text.length < length) return text;
    const row = readRow(text, delimiter);
    // What ends with the text may go on behind it.
    if (row === 'malformed' || (typeof row === 'object' && row.end < text.length)) return text;
  }
  return bytes.toString('latin1', from, from + MAX_ROW_BYTES);
}

/**
 * Whether a row that goes on over further lines is one: a quote that was never closed would reach into a neighbour,
 * which is told by the number of columns, and by a next line that is a row of its own.
 */
function isOwn({ fields }: Row, { names, delimiter }: Header, further: string): boolean {
  if (fields.length === names.length) return true;
  const next = readRow(further, delimiter);
  return typeof next === 'string' || next.fields.length !== names.length;
}

/** An object of what is there: values beyond the header are named by their place. */
function objectLine({ names }: Header, fields: readonly string[]): string {
  const members = new Map<string, string>();
  for (const [index, value] of fields.entries()) {
    const name = names[index] ?? `column_${index + 1}`;
    if (!members.has(name)) members.set(name, value);
  }
  const written = [...members].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{${written.join(',')}}\n`;
}
