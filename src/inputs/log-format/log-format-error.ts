import { StanceError } from '../../model/error.ts';

/** The error for a format that cannot be compiled; `offset` is where in the text given, from 0. */
export function logFormatError(text: string, message: string, offset?: number): StanceError {
  if (offset === undefined) return new StanceError('LOG_FORMAT_INVALID', `The log format ${message}`);
  const before = text.slice(0, offset).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const where = line === 1 ? `column ${column}` : `line ${line}, column ${column}`;
  return new StanceError('LOG_FORMAT_INVALID', `The log format, ${where}: ${message}`, {
    place: { file: '--log-format', line, column },
  });
}
