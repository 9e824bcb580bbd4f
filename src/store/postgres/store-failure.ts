import { StanceError } from '../../model/error.ts';

/** What `pg` says without a code when the connection, not the statement, failed. */
const CONNECTION_MESSAGES =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

/**
 * A failure of the database or of the way to it as STORE_FAILED; anything else, which is a bug or already known, as
 * it is. The cause keeps message, code and stack only: drivers attach parameters and rows to their errors.
 */
export function storeFailure(doing: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StanceError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined && !CONNECTION_MESSAGES.test(error.message)) return error;
  // A refused connection to several addresses has a code and no message.
  const message = error.message || code;
  const cause = new Error(`${message} (${code ?? 'no code'})`);
  if (error.stack !== undefined) cause.stack = error.stack;
  return new StanceError('STORE_FAILED', `${doing}: ${message}`, { cause });
}
