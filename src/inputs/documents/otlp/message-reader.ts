/** Wire types of protobuf. */
export const VARINT = 0;
export const FIXED_64 = 1;
export const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;
const MAX_VARINT_BYTES = 10;

/**
 * The fields of a protobuf message. All that reads throws where the bytes are no message. A class because it holds how
 * far it has read.
 */
export class MessageReader {
  readonly bytes: Buffer;
  pos = 0;
  /** Wire type of the field that `nextField` came to. */
  type = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** The number of the field that begins here; 0 at the end. Throws where a field went beyond it. */
  nextField(end: number): number {
    if (this.pos === end) return 0;
    if (this.pos > end) throw new Error('a field goes on behind the end of its message');
    const tag = this.varint();
    this.type = tag & 7;
    return tag >>> 3;
  }

  /** The end of a length-delimited field that is about to be read. */
  endOfField(): number {
    if (this.type !== LENGTH_DELIMITED) throw new Error('a field is of another type');
    const end = this.varint() + this.pos;
    if (end > this.bytes.length) throw new Error('a field is cut off');
    return end;
  }

  /** Unsigned; beyond 2^53 not exact. */
  varint(): number {
    let value = 0;
    for (let count = 0, scale = 1; count < MAX_VARINT_BYTES; count += 1, scale *= 128) {
      const byte = this.#byte();
      if (byte < 0x80) return value + byte * scale;
      value += (byte & 0x7f) * scale;
    }
    throw new Error('a varint is too long');
  }

  /** A signed number of 64 bits as text. */
  integerText(): string {
    const from = this.pos;
    const value = this.varint();
    if (value <= Number.MAX_SAFE_INTEGER) return String(value);
    let exact = 0n;
    for (let at = this.pos - 1; at >= from; at -= 1)
      exact = exact * 128n + BigInt((this.bytes[at] ?? 0) & 0x7f);
    return BigInt.asIntN(64, exact).toString();
  }

  /** As text, since a number would lose nanoseconds. */
  fixed64Text(): string {
    this.pos += 8;
    return this.bytes.readBigUInt64LE(this.pos - 8).toString();
  }

  doubleText(): string {
    this.pos += 8;
    return String(this.bytes.readDoubleLE(this.pos - 8));
  }

  skip(): void {
    if (this.type === LENGTH_DELIMITED) this.pos = this.endOfField();
    else if (this.type === VARINT) this.varint();
    else if (this.type === FIXED_64) this.pos += 8;
    else if (this.type === FIXED_32) this.pos += 4;
    else throw new Error('a field is of no known type');
  }

  #byte(): number {
    const byte = this.bytes[this.pos];
    if (byte === undefined) throw new Error('a message is cut off');
    this.pos += 1;
    return byte;
  }
}
