import type { DocumentKind } from '../../../model/document-kind.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const HASH = 0x23;
/** Stands between the names and the data; no server writes it into a log. */
const SEPARATOR = '\u001f';
const LINE_END = Buffer.from('\n');
const NOTHING = Buffer.alloc(0);
/** A longer directive is no list of fields; nothing of it is kept. */
const MAX_DIRECTIVE_BYTES = 64 * 1024;
const FIELDS = /^#Fields:(.*)$/s;

/**
 * Log files that say in directives which fields their lines have. Each line is given out after the fields in force, so
 * that it can be read alone: `#Fields: date time cs-method\u001f2026-01-05 10:00:00 GET`.
 */
export const document: DocumentKind = {
  id: 'w3c',
  title: 'W3C extended log file (IIS, CloudFront and others)',
  reference: 'https://www.w3.org/TR/WD-logfile.html',
  recognises: (head) => {
    for (let at = 0; head[at] === HASH; ) {
      const end = head.indexOf(NEWLINE, at);
      const line = head.toString('latin1', at, end === -1 ? head.length : end);
      // A line that has been given out once is not a directive.
      if (line.startsWith('#Fields:')) return !line.includes(SEPARATOR);
      if (end === -1) return false;
      at = end + 1;
    }
    return false;
  },
  records: async function* (chunks) {
    const rewriter = new LineRewriter();
    for await (const chunk of chunks) {
      const lines = rewriter.rewrite(chunk);
      if (lines.length > 0) yield lines;
    }
  },
};

/** Holds what goes from one chunk to the next: the fields in force, and where in a line the chunk ended. */
class LineRewriter {
  #prefix: Buffer = NOTHING;
  /** The start of a directive that is not yet whole; undefined outside of one. */
  #directive: Buffer | undefined;
  #isInsideData = false;
  /** The last byte was a carriage return, which belongs to the line unless a newline follows. */
  #heldReturn = false;

  rewrite(chunk: Buffer): Buffer {
    const pieces: Buffer[] = [];
    let at = 0;
    while (at < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, at);
      const end = newline === -1 ? chunk.length : newline;
      if (this.#directive !== undefined || (!this.#isInsideData && chunk[at] === HASH)) {
        this.#keepDirective(chunk.subarray(at, end));
        if (newline !== -1) this.#endDirective(pieces);
      } else {
        this.#passData(chunk, { at, end, isWhole: newline !== -1 }, pieces);
      }
      at = end + 1;
    }
    return Buffer.concat(pieces);
  }

  #passData(
    chunk: Buffer,
    { at, end, isWhole }: { readonly at: number; readonly end: number; readonly isWhole: boolean },
    pieces: Buffer[],
  ): void {
    if (this.#heldReturn && end > at) pieces.push(Buffer.of(RETURN));
    if (end > at) this.#heldReturn = chunk[end - 1] === RETURN;
    const stop = end > at && this.#heldReturn ? end - 1 : end;
    if (stop > at) {
      if (!this.#isInsideData) pieces.push(this.#prefix);
      pieces.push(chunk.subarray(at, stop));
      this.#isInsideData = true;
    }
    if (!isWhole) return;
    pieces.push(LINE_END);
    this.#isInsideData = false;
    this.#heldReturn = false;
  }

  #keepDirective(part: Buffer): void {
    const known = this.#directive ?? NOTHING;
    const room = MAX_DIRECTIVE_BYTES - known.length;
    this.#directive = Buffer.concat([known, part.subarray(0, Math.max(room, 0))]);
  }

  /** A directive counts as a line, so that the numbers of those after it stay true. */
  #endDirective(pieces: Buffer[]): void {
    const text = (this.#directive ?? NOTHING).toString('utf8');
    this.#directive = undefined;
    pieces.push(LINE_END);
    const names = FIELDS.exec(text)?.[1]?.replaceAll(SEPARATOR, ' ').trim();
    if (names !== undefined) this.#prefix = Buffer.from(`#Fields: ${names}${SEPARATOR}`);
  }
}
