import { ERROR_CODES, formatPlace, StanceError } from '../model/error.ts';
import { inertText } from '../model/inert-text.ts';

interface TextSink {
  write(text: string): unknown;
}

/** Says what went wrong, where, why and what to do; anything unknown is a bug and shows its stack. */
export function printProblem(sink: TextSink, error: unknown): void {
  if (!(error instanceof StanceError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    sink.write(
      `bug: ${stack.split('\n').map(inertText).join('\n')}\nThis is a fault in Stance. Please report it with the lines above.\n`,
    );
    return;
  }
  const where = error.place === undefined ? '' : formatPlace(error.place);
  // A list of problems names the place of each.
  const place = where === '' || error.message.startsWith(where) ? '' : `${inertText(where)}: `;
  const lines = error.message.split('\n').map(inertText);
  sink.write(`error: ${place}${lines.join('\n  ')} [${error.code}]\n  ${ERROR_CODES[error.code].next}\n`);
}
