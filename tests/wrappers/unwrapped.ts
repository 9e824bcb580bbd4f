import { recordLayout, recordStream } from '../../src/inputs/records/open-records.ts';

/** What a file of this text gives, read in pieces of a size. */
export async function unwrapped(text: string, size = 65_536): Promise<string> {
  const bytes = Buffer.from(text);
  async function* stream(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
  }
  const chunks: Buffer[] = [];
  for await (const chunk of recordStream(stream(), recordLayout(bytes.subarray(0, 65_536))))
    chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
