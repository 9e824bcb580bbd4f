const OPEN_OBJECT = 0x7b;

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
/** No list of records stands deeper. */
export const LONGEST_PATH = Math.max(...RECORD_LISTS.map(({ length }) => length));
/** The last keys of the paths: what a list of records is named. */
export const LIST_NAMES: readonly string[] = RECORD_LISTS.map((path) => path.at(-1) ?? '');

const NAMES = [...new Set(RECORD_LISTS.flat())].map((name) => ({ name, quoted: Buffer.from(`${name}"`) }));
const MAX_NAME_BYTES = Math.max(...NAMES.map(({ quoted }) => quoted.length));
const NOTHING = Buffer.alloc(0);

/** The names that lead to where a scanner stands, as far down as a list of records can be. */
export class RecordListKeys {
  /** Names that lead to no list are empty. */
  readonly #path: string[] = [];
  /** What earlier chunks had of the last name, and of what stands behind it. */
  #carried: Buffer = NOTHING;

  /** A document begins. */
  clear(): void {
    this.#path.length = 0;
  }

  /** A bracket opened that stands in so many others, behind the name that begins there; -1 for the carried one. */
  enter(depth: number, chunk: Buffer, nameFrom: number): void {
    this.#path.length = Math.min(this.#path.length, depth - 1);
    this.#path[depth - 1] =
      nameFrom === -1 ? nameAt(this.#beginning(chunk, nameFrom), 0) : nameAt(chunk, nameFrom);
  }

  /** The chunk ends: its last name may be asked for in the next one. */
  carry(chunk: Buffer, nameFrom: number): void {
    this.#carried = Buffer.from(this.#beginning(chunk, nameFrom));
  }

  #beginning(chunk: Buffer, nameFrom: number): Buffer {
    if (nameFrom !== -1) return chunk.subarray(nameFrom, nameFrom + MAX_NAME_BYTES);
    return Buffer.concat([this.#carried, chunk.subarray(0, MAX_NAME_BYTES - this.#carried.length)]);
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

/** Compares bytes in place: to make a string of each name took as long as all other reading. */
function nameAt(bytes: Buffer, from: number): string {
  for (const { name, quoted } of NAMES) {
    let at = 0;
    while (at < quoted.length && quoted[at] === bytes[from + at]) at += 1;
    if (at === quoted.length) return name;
  }
  return '';
}
