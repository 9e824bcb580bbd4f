import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Format } from '../generator/format.ts';
import { FORMATS } from '../generator/formats/index.ts';
import { runGenerate } from '../generator/generate.ts';
import { measure } from './process-tree.ts';
import type { Comparison, Row } from './table.ts';

const CONTENDER = fileURLToPath(new URL('./contenders/format-apply.ts', import.meta.url));
const SAMPLE_RECORDS = 1000;
const LEAST_OF_KONG = 0.5;
const LEAST_DECODED = 40;

interface Measured {
  readonly fileBytes: number;
  readonly decodeMs: number;
  readonly applyMs: number;
  readonly accepted: number;
}

/**
 * Each format the generator writes, as many bytes of each: out of its documents, and into the traffic store beside
 * Kong's bytes a second.
 */
export async function formats({ megabytes }: { readonly megabytes: number }): Promise<Comparison> {
  const folder = await mkdtemp(join(tmpdir(), 'stance-bench-'));
  try {
    const results: [Format, Measured][] = [];
    for (const format of FORMATS) results.push([format, await measured(folder, format, megabytes)]);
    const kong = results.find(([{ id }]) => id === 'kong')?.[1];
    const rows = results.flatMap(([format, result]) => rowsOf(format, result, speedOf(kong)));
    return { title: `formats, ${megabytes} MB each, one engine thread, best of 2`, rows };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured(folder: string, format: Format, megabytes: number): Promise<Measured> {
  const file = join(folder, format.id);
  await generate(file, format, SAMPLE_RECORDS);
  const recordBytes = (await stat(file)).size / SAMPLE_RECORDS;
  await generate(file, format, Math.round((megabytes * 1e6) / recordBytes));
  const { stdout } = await measure(process.execPath, [CONTENDER, file, format.reads ?? format.id]);
  await rm(file);
  return JSON.parse(stdout);
}

async function generate(file: string, { id }: Format, count: number): Promise<void> {
  const flags = { '--format': id, '--count': String(count), '--seed': '42', '--days': '1' };
  const code = await runGenerate(
    [...Object.entries(flags), ['--start', '2026-11-01T00:00:00Z'], ['--out', file]].flat(),
  );
  if (code !== 0) throw new Error(`the generator ended with ${code}`);
}

/** Megabytes of the file a second, through the traffic store. */
const speedOf = (result: Measured | undefined) =>
  result === undefined ? Number.NaN : result.fileBytes / result.applyMs / 1000;

function rowsOf({ id, document }: Format, result: Measured, kong: number): Row[] {
  const speed = speedOf(result);
  const decoded = result.fileBytes / result.decodeMs / 1000;
  const share = speed / kong;
  const rows: Row[] = [
    {
      name: `${id}: bytes a second, of Kong's`,
      value: `${share.toFixed(2)} (${speed.toFixed(0)} MB/s, ${Math.round(result.accepted / result.applyMs)} k records/s)`,
      goal: `≥ ${LEAST_OF_KONG}`,
      met: share >= LEAST_OF_KONG ? 'met' : 'missed',
    },
  ];
  if (document === undefined) return rows;
  const met = decoded >= LEAST_DECODED ? 'met' : 'missed';
  return [
    ...rows,
    {
      name: `${id}: out of its document`,
      value: `${decoded.toFixed(0)} MB/s`,
      goal: `≥ ${LEAST_DECODED} MB/s`,
      met,
    },
  ];
}
