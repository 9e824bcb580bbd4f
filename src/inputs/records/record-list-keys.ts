const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const isSpace = (byte: number) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;

/**
 * Where documents that hold many records keep them, as keys from the top: HAR; Azure diagnostics; Elasticsearch
 * and OpenSearch searches; Splunk results and Konnect analytics.
 */
const RECORD_LISTS: readonly (readonly string[])[] = [
  ['log', 'entries'],
  ['records'],
  ['hits', 'hits'],
  ['results'],
];
const LONGEST_PATH = Math.max(...RECORD_LISTS.map(({ length }) => length));
/** No key of a path above is longer. */
const MAX_KEY_BYTES = 16;

/** The last keys of the paths: what a list of records is named. */
export const LIST_NAMES: readonly string[] = RECORD_LISTS.map((path) => path.at(-1) ?? '');

/** The keys that lead to where a scanner stands, as far down as a list of records can be. */
export class RecordListKeys {
  readonly #path: string[] = [];
  /** Depth of the key that is being read; 0 outside keys. */
  #depth = 0;
  #key = '';
  #mayBeKey = false;

  /** The string that is being read is a key that may lead to a list. */
  get isReading(): boolean {
    return this.#depth > 0;
  }

  /** A byte outside strings, in so many brackets. */
  see(byte: number, depth: number): void {
    if (byte === QUOTE && this.#mayBeKey && depth <= LONGEST_PATH) {
      this.#depth = depth;
      this.#key = '';
    }
    if (!isSpace(byte)) this.#mayBeKey = byte === OPEN_OBJECT || byte === COMMA;
    if (byte === OPEN_OBJECT) this.#path.length = Math.min(this.#path.length, depth);
  }

  /** A byte inside a string, its closing quote too. */
  spell(byte: number): void {
    if (this.#depth === 0) return;
    if (byte !== QUOTE) {
      if (this.#key.length <= MAX_KEY_BYTES) this.#key += String.fromCharCode(byte);
      return;
    }
    this.#path.length = Math.min(this.#path.length, this.#depth - 1);
    this.#path[this.#depth - 1] = this.#key;
    this.#depth = 0;
  }

  /** Whether the bracket that was opened last opens a list of records. */
  leadToList(brackets: readonly number[]): boolean {
    const depth = brackets.length - 1;
    if (depth < 1 || depth > LONGEST_PATH || this.#path.length !== depth) return false;
    if (!brackets.slice(0, -1).every((bracket) => bracket === OPEN_OBJECT)) return false;
    return RECORD_LISTS.some(
      (list) => list.length === depth && list.every((key, index) => key === this.#path[index]),
    );
  }
}
