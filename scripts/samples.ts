import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { InputReport, ScanReport } from '../src/model/report.ts';
import { paint } from '../src/outputs/pretty/line.ts';
import { layOutTable } from '../src/outputs/pretty/table.ts';

const STANCE = join(import.meta.dirname, '../bin/stance.cjs');
const COLUMNS = [
  { title: 'file' },
  { title: 'holds' },
  { title: 'read', align: 'right' },
  { title: 'accepted', align: 'right' },
  { title: 'duplicate', align: 'right' },
  { title: 'blank', align: 'right' },
  { title: 'rejected, by reason' },
] as const;

process.exitCode = main(process.argv[2]);

/** Scans every file of a folder and prints what became of each line: 0 when all of them were accounted for. */
function main(folder: string | undefined): number {
  if (folder === undefined) {
    console.error('usage: npm run samples -- FOLDER');
    return 2;
  }
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const inputs = scan(files);
  const table = layOutTable(
    COLUMNS,
    inputs.map((input) => rowOf(folder, input)),
    Number.POSITIVE_INFINITY,
  );
  process.stdout.write(
    paint([table.header, ...table.rows], { width: Number.POSITIVE_INFINITY, color: false }),
  );
  const open = inputs.filter(
    (input) => input.read !== input.accepted + input.duplicate + input.blank + rejectedOf(input),
  );
  console.log(
    `\n${inputs.length} files, ${sum(inputs, ({ read }) => read)} lines, ${sum(inputs, ({ accepted }) => accepted)} accepted`,
  );
  if (inputs.length === files.length && open.length === 0) return 0;
  console.error(
    `${files.length - inputs.length} files are missing, the counts of ${open.length} do not add up`,
  );
  return 1;
}

function scan(files: readonly string[]): readonly InputReport[] {
  const run = spawnSync(process.execPath, [STANCE, 'scan', ...files, '--output', 'json', '--quiet'], {
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const text = run.stdout.toString('utf8');
  if (!text.startsWith('{')) throw new Error(`the scan ended with ${run.status ?? run.signal} and no report`);
  const { inputs }: ScanReport = JSON.parse(text);
  return inputs;
}

function rowOf(folder: string, input: InputReport): readonly string[] {
  const { format, wrappers = [], document, rejected, problem } = input;
  const { read, accepted, duplicate, blank } = input;
  const holds = [
    format || 'nothing known',
    ...(document === undefined ? [] : [`document ${document}`]),
    ...wrappers.map((id) => `in ${id}`),
  ];
  const reasons = Object.entries(rejected).map(([reason, { count }]) => `${reason} ${count}`);
  const notes = [...reasons, ...(problem === undefined ? [] : [problem])];
  return [
    relative(folder, input.path),
    holds.join(', '),
    ...[read, accepted, duplicate, blank].map(String),
    notes.join(', '),
  ];
}

function rejectedOf({ rejected }: InputReport): number {
  return Object.values(rejected).reduce((total, { count }) => total + count, 0);
}

function sum(inputs: readonly InputReport[], of: (input: InputReport) => number): number {
  return inputs.reduce((total, input) => total + of(input), 0);
}
