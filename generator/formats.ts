import type { Exchange } from './exchange.ts';
import * as combined from './formats/combined.ts';
import * as exchange from './formats/exchange.ts';
import * as kong from './formats/kong.ts';
import * as kongFull from './formats/kong-full.ts';

/** A file under `formats/`: one way to write an exchange as one line, without its line end. */
export interface Format {
  readonly id: string;
  /** Each line is a JSON object. */
  readonly json: boolean;
  readonly write: (exchange: Exchange) => string;
}

export const FORMATS: readonly Format[] = [kong, kongFull, combined, exchange];

export function formatNamed(id: string): Format {
  const format = FORMATS.find((candidate) => candidate.id === id);
  if (format === undefined)
    throw new RangeError(
      `No format is named ${id}; there are ${FORMATS.map((known) => known.id).join(', ')}`,
    );
  return format;
}
