/** A line that may be wrapped; text and object are made when they are first asked for. */
export interface WrappedLine {
  /** Without its line end. */
  readonly bytes: Buffer;
  /** UTF-8; what is not becomes U+FFFD. */
  readonly text: string;
  /** The JSON object the line is, if it is one. */
  readonly object: Readonly<Record<string, unknown>> | undefined;
}

/** What a line turns out to hold. */
export interface Peeled {
  /** None where the line is only packaging. */
  readonly records: readonly (Buffer | string)[];
  /** Each of them is a text of lines, as services pack them together; else it is one record, whatever stands in it. */
  readonly holdsLines?: boolean;
  /** Names what the pieces of a record have in common, where the shipper cuts long lines. */
  readonly stream?: string;
  /** The last record goes on in the next line of the stream. */
  readonly continues?: boolean;
}

/** A worked case: a line as a log shipper writes it, and the lines inside; none where it is not so wrapped. */
export interface WrapperExample {
  readonly name: string;
  readonly line: string;
  readonly peeled?: readonly string[];
}

/** A unit under `src/inputs/wrappers/`: what log shippers and stores put around a line. */
export interface Wrapper {
  /** Equal to the folder's name. */
  readonly id: string;
  readonly title: string;
  readonly reference: string;
  /**
   * Names of which each JSON object so wrapped has one, at its top: lines without are not asked. Left out where lines
   * of text are wrapped, which is asked of every line.
   */
  readonly keys?: readonly string[];
  /** What is in the line; undefined when it is not so wrapped. Cheap for other lines. */
  readonly peel: (line: WrappedLine) => Peeled | undefined;
}
