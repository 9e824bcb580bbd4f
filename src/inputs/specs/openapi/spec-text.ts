import { StanceError } from '../../../model/error.ts';

/** A larger description is refused: the largest published ones are near 30 MB. */
export const MAX_SPEC_BYTES = 32 * 1024 * 1024;

/** A description as text, with a way from a character offset to a place people can open. */
export interface SpecText {
  readonly file: string;
  readonly text: string;
  placeAt(offset: number): SpecPlace;
}

/** Line and column count from 1; a column is a UTF-16 code unit. */
export interface SpecPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Decodes UTF-8, with or without a byte order mark; bytes that are not UTF-8 become U+FFFD. */
export function decodeSpec(file: string, bytes: Uint8Array): SpecText {
  if (bytes.length > MAX_SPEC_BYTES) {
    throw unreadableAtStart(file, `The file has ${bytes.length} bytes; at most ${MAX_SPEC_BYTES} are read`);
  }
  if (isWideText(bytes)) {
    throw unreadableAtStart(file, 'The file is UTF-16 or UTF-32 text; OpenAPI documents are read as UTF-8');
  }
  return createSpecText(file, new TextDecoder('utf-8').decode(bytes));
}

export function createSpecText(file: string, text: string): SpecText {
  let starts: readonly number[] | undefined;
  return {
    file,
    text,
    placeAt(offset) {
      starts ??= lineStarts(text);
      const line = countUpTo(starts, offset);
      return { file, line, column: offset - (starts[line - 1] ?? 0) + 1 };
    },
  };
}

/** Stops reading the description: what is wrong, and where. */
export function unreadable(source: SpecText, message: string, offset: number): StanceError {
  return new StanceError('SPEC_UNREADABLE', message, { place: source.placeAt(offset) });
}

function unreadableAtStart(file: string, message: string): StanceError {
  return new StanceError('SPEC_UNREADABLE', message, { place: { file, line: 1, column: 1 } });
}

/** A byte order mark of UTF-16 or UTF-32, or a NUL within the first two characters, which ASCII text never has. */
function isWideText(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return true;
  }
  return first === 0 || second === 0;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/** How many of the ascending numbers are not above the limit. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
