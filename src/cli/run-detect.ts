import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadingOptions } from '../inputs/traffic/offered-formats.ts';
import { inertJson, inertText } from '../model/inert-text.ts';
import { openChdb } from '../store/clickhouse/open-chdb.ts';
import { type DetectedFormat, type Detection, detectFormat } from '../tasks/detect-format.ts';
import { unreadableInput } from '../tasks/unreadable-input.ts';
import { EXIT } from './exit-code.ts';
import type { Streams } from './main.ts';
import { printProblem } from './problem.ts';

interface DetectFlags extends ReadingOptions {
  readonly json: boolean;
}

const SURENESS: Readonly<Record<Detection['confidence'], string>> = {
  certain: 'every record is recognised',
  partly: 'some records are recognised',
  ambiguous: 'several formats are possible',
  none: 'nothing is recognised',
};

/** `stance detect`: the result is the exit code, 3 when a file could not be read, is not recognised or is ambiguous. */
export async function runDetect(
  paths: readonly string[],
  { json, ...reading }: DetectFlags,
  { stdout, stderr }: Streams,
): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'stance-detect-'));
  const analytics = await openChdb({ directory });
  const detections: Detection[] = [];
  try {
    for (const path of paths) {
      const detection = await detectFormat(analytics, path, {
        ...reading,
        sampleFile: join(directory, 'sample'),
      }).catch((error) => printProblem(stderr, unreadableInput(path, error)));
      if (detection !== undefined) detections.push(detection);
    }
  } finally {
    await analytics.close();
    await rm(directory, { recursive: true, force: true });
  }
  const text = json
    ? `${inertJson(JSON.stringify(detections, null, 2))}\n`
    : detections.map(detectionText).join('\n');
  await new Promise<void>((resolve) => stdout.write(text, () => resolve()));
  const areCertain = detections.every(
    ({ confidence }) => confidence === 'certain' || confidence === 'partly',
  );
  return areCertain && detections.length === paths.length ? EXIT.fine : EXIT.input;
}

function detectionText(detection: Detection): string {
  const { path, encoding, document, wrappers, records, confidence, formats, unclaimed, possible } = detection;
  const lines = [
    `${path}: ${SURENESS[confidence]} (of the first ${records})`,
    ...(encoding === 'plain' ? [] : [`  packed with ${encoding}`]),
    ...(document === undefined ? [] : [`  a document of kind ${document}`]),
    ...(wrappers.length === 0 ? [] : [`  wrapped in ${wrappers.join(', ')}`]),
    ...formats.flatMap(formatLines),
    ...reasonLines('no format claims', unclaimed),
    ...(possible.length === 0 ? [] : [`  could be of ${possible.join(' or ')}: name one with --format`]),
    ...(detection.examples.length === 0 ? [] : ['  the first calls, masked:']),
  ];
  const examples = detection.examples.map((example) => `    ${inertJson(JSON.stringify(example))}`);
  return `${[...lines.map(inertText), ...examples].join('\n')}\n`;
}

function formatLines({ id, title, signs, claimed, accepted, rejected }: DetectedFormat): string[] {
  return [
    `  ${id}: ${title}`,
    `    told by: ${signs}`,
    `    ${claimed} records, ${accepted} of them HTTP calls`,
    ...reasonLines('  rejected', rejected),
  ];
}

function reasonLines(what: string, reasons: Readonly<Record<string, number>>): string[] {
  return Object.entries(reasons).map(([reason, count]) => `  ${what} ${count}: ${reason}`);
}
