/** Lines are given out when there are so many of them. */
const BATCH_BYTES = 256 * 1024;

/** Lines that are written one behind the other. A class because it is filled and emptied. */
export class LineBatch {
  bytes: Buffer = Buffer.alloc(0);
  /** How much of `bytes` is written. */
  length = 0;

  get isFull(): boolean {
    return this.length >= BATCH_BYTES;
  }

  /** The bytes, with room for so many more behind those that are written. */
  reserve(count: number): Buffer {
    if (this.bytes.length - this.length >= count) return this.bytes;
    const larger = Buffer.allocUnsafe(this.length + count + BATCH_BYTES);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
    return larger;
  }

  /** Adds a text of which each character stands for one byte. */
  add(text: string): void {
    this.length += this.reserve(text.length).write(text, this.length, 'latin1');
  }

  take(): Buffer {
    const taken = this.bytes.subarray(0, this.length);
    this.bytes = Buffer.alloc(0);
    this.length = 0;
    return taken;
  }
}
