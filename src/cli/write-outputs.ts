import { writeFile } from 'node:fs/promises';
import { StanceError } from '../model/error.ts';
import type { OutputOptions } from '../model/output.ts';
import type { ScanReport } from '../model/report.ts';
import { outputs } from '../outputs/index.ts';

/** Where one rendering of the report goes: a file, or stdout when `file` is absent. */
export interface Destination {
  readonly format: string;
  readonly file?: string;
}

/** Reads `--output` values: `json`, `json=report.json`. Throws USAGE. */
export function parseDestinations(values: readonly string[], isTerminal: boolean): Destination[] {
  const destinations = values.map((value) => {
    const [format = '', ...rest] = value.split('=');
    const file = rest.join('=');
    if (!outputs.some((output) => output.id === format)) {
      const known = outputs.map((output) => output.id).join(', ');
      throw new StanceError('USAGE', `--output ${value}: there is no output "${format}"; there are ${known}`);
    }
    if (value.includes('=') && file === '')
      throw new StanceError('USAGE', `--output ${value}: the file name is missing`);
    return { format, ...(file !== '' && { file }) };
  });
  if (destinations.filter((destination) => destination.file === undefined).length > 1) {
    throw new StanceError(
      'USAGE',
      'only one --output can go to stdout; give the others a file: --output json=FILE',
    );
  }
  const showsNothing =
    destinations.length === 0 ||
    (isTerminal && destinations.every((destination) => destination.file !== undefined));
  return showsNothing ? [...destinations, { format: 'pretty' }] : destinations;
}

/** Writes every rendering; what cannot be written is given back, and keeps none of the others from being written. */
export async function writeOutputs(
  report: ScanReport,
  destinations: readonly Destination[],
  { stdout, options }: { stdout: NodeJS.WriteStream; options: OutputOptions },
): Promise<StanceError[]> {
  const failures: StanceError[] = [];
  for (const { format, file } of destinations) {
    const output = outputs.find((candidate) => candidate.id === format);
    if (output === undefined) continue;
    const text = output.render(report, file === undefined ? options : { ...options, color: false });
    if (file === undefined) {
      await new Promise<void>((resolve) => stdout.write(text, () => resolve()));
      continue;
    }
    await writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
      failures.push(
        new StanceError('OUTPUT_FAILED', `cannot be written: ${error.code}`, {
          place: { file },
          cause: error,
        }),
      );
    });
  }
  return failures;
}
