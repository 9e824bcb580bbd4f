/** A request or response as it went over the wire. */
export interface RawMessage {
  readonly startLine: string;
  /** Names in lower case; values of a name that occurs again are joined. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const EMPTY_LINE = /\r?\n\r?\n/;
const MAX_HEAD_BYTES = 256 * 1024;

export function rawMessage(bytes: Buffer): RawMessage {
  const head = bytes.toString('latin1', 0, MAX_HEAD_BYTES);
  const end = EMPTY_LINE.exec(head);
  const text = bytes.toString('utf8', 0, end?.index ?? MAX_HEAD_BYTES);
  const [startLine = '', ...lines] = text.split(/\r?\n/);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':', 1);
    if (colon === -1) continue;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const known = headers.get(name);
    headers.set(name, known === undefined ? value : `${known}, ${value}`);
  }
  const bodyAt = end === null ? bytes.length : end.index + end[0].length;
  return { startLine: startLine.trim(), headers, body: bytes.subarray(bodyAt) };
}
