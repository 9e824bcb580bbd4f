import type { DocumentKind } from '../../../model/document-kind.ts';
import { markerLine } from '../../../model/marker-line.ts';
import { examples } from './examples.ts';
import { type Header, readHeader } from './header.ts';
import { fieldsOfBrokenLine, type Row, readRow } from './rows.ts';

/** A longer row is left out; no row reaches over more, whatever its quotes say. */
const MAX_ROW_BYTES = 1024 * 1024;
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
  examples,
};

/** Bytes stand for themselves throughout: what is not UTF-8 reaches the formats, which give it a reason. */
function firstLine(head: Buffer): string {
  const newline = head.indexOf(NEWLINE);
  return newline === -1 ? '' : head.toString('latin1', 0, newline);
}

async function* csvRecords(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const reader = new CsvReader();
  for await (const chunk of chunks) yield reader.records(chunk);
  yield reader.end();
}

/** A class because it is opened, fed and ended: it holds the header and what is begun between chunks. */
class CsvReader {
  #header: Header | undefined;
  #headerLine: string | undefined;
  #rest: Buffer = NOTHING;
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #dropped = false;

  records(chunk: Buffer): Buffer {
    this.#pieces.push(Buffer.from(chunk));
    this.#pieceBytes += chunk.length;
    // No row ends before a line does; joining each piece would copy a long row again and again.
    if (chunk.indexOf(NEWLINE) === -1 && this.#pieceBytes <= MAX_ROW_BYTES) return NOTHING;
    return this.#read(false);
  }

  end(): Buffer {
    const last = this.#read(true);
    return this.#dropped ? Buffer.concat([last, Buffer.from(TOO_LONG)]) : last;
  }

  #read(isEnd: boolean): Buffer {
    const bytes = Buffer.concat([this.#rest, ...this.#pieces]);
    this.#pieces = [];
    this.#pieceBytes = 0;
    const records: string[] = [];
    let from = 0;
    while (from < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, from);
      if (newline === -1 && !isEnd) break;
      const lineEnd = newline === -1 ? bytes.length : newline;
      const after = this.#readAt(bytes, from, { lineEnd, isEnd, records });
      if (after === undefined) break;
      from = after;
    }
    this.#rest = Buffer.from(bytes.subarray(from));
    // Of a line without end nothing is kept but that it was too long.
    if (this.#rest.length > MAX_ROW_BYTES && this.#rest.indexOf(NEWLINE) === -1) {
      this.#rest = NOTHING;
      this.#dropped = true;
    }
    return Buffer.from(records.join(''), 'latin1');
  }

  /** Reads the row that begins here; gives where the next one does, or nothing while the row may go on. */
  #readAt(
    bytes: Buffer,
    from: number,
    { lineEnd, isEnd, records }: { lineEnd: number; isEnd: boolean; records: string[] },
  ): number | undefined {
    const afterLine = Math.min(lineEnd + 1, bytes.length);
    if (this.#dropped || lineEnd - from > MAX_ROW_BYTES) {
      this.#dropped = false;
      records.push(TOO_LONG);
      return afterLine;
    }
    const line = bytes.toString('latin1', from, lineEnd).replace(/\r$/, '');
    if (this.#header === undefined) {
      this.#headerLine = line;
      this.#header = readHeader(line) ?? { names: [], delimiter: ',' };
      return afterLine;
    }
    if (line === '' || line === this.#headerLine) return afterLine;
    const { delimiter } = this.#header;
    const single = line.includes('"') ? readRow(line, delimiter) : { fields: line.split(delimiter) };
    if (typeof single === 'object') {
      records.push(objectLine(this.#header, single.fields));
      return afterLine;
    }
    const text = single === 'open' ? bytes.toString('latin1', from, from + MAX_ROW_BYTES) : line;
    const row = single === 'open' ? readRow(text, delimiter) : single;
    if (row === 'open' && text.length < MAX_ROW_BYTES && !isEnd) return undefined;
    const isWhole =
      typeof row === 'object' && isOwn(row, this.#header, text.slice(afterLine - from, row.end));
    records.push(objectLine(this.#header, isWhole ? row.fields : fieldsOfBrokenLine(line, delimiter)));
    return isWhole ? from + row.end : afterLine;
  }
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
