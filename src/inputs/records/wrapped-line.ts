import type { WrappedLine } from '../../model/wrapper.ts';

const OPEN_OBJECT = 0x7b;

/** A class because its text and object are made once, and only when somebody asks. */
export class LazyLine implements WrappedLine {
  readonly bytes: Buffer;
  #text: string | undefined;
  #object: WrappedLine['object'] | null;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get text(): string {
    this.#text ??= this.bytes.toString('utf8');
    return this.#text;
  }

  get object(): WrappedLine['object'] {
    if (this.#object === undefined) this.#object = this.bytes[0] === OPEN_OBJECT ? parse(this.text) : null;
    return this.#object ?? undefined;
  }
}

/** A line that begins with a brace is an object or no JSON. */
function parse(text: string): WrappedLine['object'] | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
