import type { Format } from './format.ts';
import { FORMATS } from './formats/index.ts';

export function formatNamed(id: string): Format {
  const format = FORMATS.find((candidate) => candidate.id === id);
  if (format === undefined)
    throw new RangeError(
      `No format is named ${id}; there are ${FORMATS.map((known) => known.id).join(', ')}`,
    );
  return format;
}
