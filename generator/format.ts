import type { Exchange } from './exchange.ts';

/** A file under `formats/`: one way to write exchanges down. Each character stands for one byte (latin1). */
export interface Format {
  /** Equal to the name of the file. */
  readonly id: string;
  /** The id of the product's format that reads it; the id when left out. */
  readonly reads?: string;
  /** Each record is a JSON object. */
  readonly json: boolean;
  /** An exchange as one record; a line without its end unless the format is a document. */
  readonly write: (exchange: Exchange) => string;
  /**
   * The canonical columns that the record tells, under the names and in the form of `ExchangeColumns`: what a reader
   * has to find, from the exchange and the definition of the format alone. What is left out is unknown to a reader.
   */
  readonly carried: (exchange: Exchange) => Readonly<Record<string, unknown>>;
  /** Whether the format can hold the exchange at all; it can when this is left out. */
  readonly holds?: (exchange: Exchange) => boolean;
  /** What stands before, between and after the records; line ends after each when left out. */
  readonly document?: { readonly head: string; readonly separator: string; readonly tail: string };
}
