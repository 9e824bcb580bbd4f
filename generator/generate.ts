import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type GenerateArguments, readArguments, USAGE } from './arguments.ts';
import { generateText, type LineOptions } from './lines.ts';
import { chosenServices } from './scene.ts';
import { writeSpecs } from './specs.ts';
import { createTruth } from './truth.ts';
import { createWorld } from './world.ts';

const CHUNK_LENGTH = 65_536;

/** Runs the command; gives the exit code: 0 done, 2 wrong usage, 3 a file could not be written. */
export async function runGenerate(args: readonly string[]): Promise<number> {
  let wanted: GenerateArguments;
  try {
    wanted = readArguments(args);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n\n${USAGE}`);
    return 2;
  }
  try {
    if (wanted.specs !== undefined) await saveSpecs(wanted.specs, wanted.lines);
    if (wanted.out !== undefined) await saveLines(wanted.out, wanted);
    return 0;
  } catch (error) {
    // The reader of a pipe may have seen enough, as `head` has.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return 0;
    process.stderr.write(`${messageOf(error)}\n`);
    return 3;
  }
}

async function saveSpecs(directory: string, options: GenerateArguments['lines']): Promise<void> {
  const world = createWorld(options);
  await mkdir(directory, { recursive: true });
  for (const { name, text } of writeSpecs(chosenServices(world, options.services))) {
    await writeFile(join(directory, name), text);
  }
}

async function saveLines(out: string, wanted: GenerateArguments): Promise<void> {
  const collector = wanted.truth === undefined ? undefined : createTruth();
  const source = Readable.from(chunks({ ...wanted.lines, truth: collector }));
  const target: Writable = out === '-' ? process.stdout : createWriteStream(out);
  if (wanted.gzip) await pipeline(source, createGzip(), target);
  else await pipeline(source, target);
  if (wanted.truth === undefined || collector === undefined) return;
  const { format, seed, count, start, days } = wanted.lines;
  const truth = { format, seed, count, start: new Date(start).toISOString(), days, ...collector.truth() };
  await writeFile(wanted.truth, `${JSON.stringify(truth, null, 2)}\n`);
}

function* chunks(options: LineOptions): Generator<Buffer> {
  let chunk = '';
  for (const text of generateText(options)) {
    chunk += text;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield Buffer.from(chunk, 'latin1');
    chunk = '';
  }
  if (chunk !== '') yield Buffer.from(chunk, 'latin1');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

if (import.meta.main) process.exitCode = await runGenerate(process.argv.slice(2));
