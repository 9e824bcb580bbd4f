/** A worked case: a document, and the lines that its records become. */
export interface DocumentExample {
  readonly name: string;
  readonly content: string | Buffer;
  readonly lines: readonly string[];
}

/**
 * A unit under `src/inputs/documents/`: a file that is no sequence of lines or JSON records, and how it becomes one.
 * Its lines are read by a traffic format like those of any log.
 */
export interface DocumentKind {
  /** Equal to the folder's name. */
  readonly id: string;
  readonly title: string;
  readonly reference: string;
  /** Whether a file that begins like this (up to 64 KiB, unpacked, UTF-8 where it is text) is such a document. */
  readonly recognises: (head: Buffer) => boolean;
  /**
   * One line per record, each with its end; bounded memory, whatever the size. Chunks may begin and end anywhere.
   * What cannot be read becomes a marker line (`marker-line.ts`); damage ends the records before it, never throws.
   */
  readonly records: (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;
  /** Its records are lines of logs, which may be wrapped in turn. */
  readonly holdsLines?: boolean;
}
