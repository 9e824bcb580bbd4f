/** A request or response as it went over the wire. */
export interface RawMessage {
  readonly startLine: string;
  /** Names in lower case; values of a name that occurs again are joined. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const MAX_HEAD_BYTES = 256 * 1024;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

export function rawMessage(bytes: Buffer): RawMessage {
  const { headEnd, bodyAt } = boundsOf(bytes);
  const head = bytes.toString('utf8', 0, headEnd);
  const headers = new Map<string, string>();
  const endOfStartLine = endOfLine(head, 0);
  for (let from = endOfStartLine + 1; from < head.length; ) {
    const end = endOfLine(head, from);
    addHeader(head.slice(from, end), headers);
    from = end + 1;
  }
  return { startLine: head.slice(0, endOfStartLine).trim(), headers, body: bytes.subarray(bodyAt) };
}

/** Where the line end of the last header begins, and where the body does: behind an empty line. */
function boundsOf(bytes: Buffer): { readonly headEnd: number; readonly bodyAt: number } {
  const last = Math.min(bytes.length, MAX_HEAD_BYTES);
  for (let at = bytes.indexOf(NEWLINE); at !== -1 && at < last; at = bytes.indexOf(NEWLINE, at + 1)) {
    const next = bytes[at + 1] === RETURN ? at + 2 : at + 1;
    if (bytes[next] !== NEWLINE || next >= last) continue;
    return { headEnd: bytes[at - 1] === RETURN ? at - 1 : at, bodyAt: next + 1 };
  }
  return { headEnd: last, bodyAt: bytes.length };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function addHeader(line: string, headers: Map<string, string>): void {
  const colon = line.indexOf(':', 1);
  if (colon === -1) return;
  const name = line.slice(0, colon).toLowerCase();
  const value = line.slice(colon + 1).trim();
  const known = headers.get(name);
  headers.set(name, known === undefined ? value : `${known}, ${value}`);
}
