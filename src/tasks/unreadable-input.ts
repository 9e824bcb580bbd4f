import { StanceError } from '../model/error.ts';

/** The words of the operating system's codes people meet most; the rest speak for themselves. */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
};

/** Why an input cannot be read, in words; what is already a known failure stays it. */
export function unreadableInput(path: string, error: unknown): StanceError {
  if (error instanceof StanceError) return error;
  return new StanceError('INPUT_UNREADABLE', reasonOf(error), { place: { file: path }, cause: error });
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return SYSTEM_ERRORS[code] ?? (error instanceof Error ? error.message : String(error));
}
