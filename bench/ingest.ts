import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runGenerate } from '../generator/generate.ts';
import { measure, type Usage } from './process-tree.ts';
import type { Comparison, Row } from './table.ts';

export interface IngestOptions {
  readonly records: number;
  readonly rounds: number;
  /** Also ten times as many records. */
  readonly scale: boolean;
}

const contender = (name: string) => fileURLToPath(new URL(`./contenders/${name}.ts`, import.meta.url));
const MEMORY_GOAL = 1.5e9;
/** As `bin/stance.cjs` sets it. */
const WASM_FLAG = '--wasm-tiering-budget=200000000';

/** Kong JSON and combined logs from file to facts and routes, against other ways to read the same bytes. */
export async function ingest(options: IngestOptions): Promise<Comparison> {
  const folder = await mkdtemp(join(tmpdir(), 'stance-bench-'));
  try {
    const kong = await generate(folder, 'kong', options.records);
    const combined = await generate(folder, 'combined', options.records);
    const rows = [...(await kongRows(kong, options)), ...(await combinedRows(combined, options))];
    if (options.scale) rows.push(...(await scaleRows(folder, kong, options)));
    const size = (await stat(kong)).size / options.records;
    return {
      title: `ingest of ${options.records} records (Kong: ${Math.round(size)} bytes each), ${options.rounds} rounds`,
      rows,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function generate(folder: string, format: string, count: number): Promise<string> {
  const out = join(folder, `${format}-${count}.log`);
  const code = await runGenerate([
    '--format',
    format,
    '--count',
    String(count),
    '--seed',
    '42',
    '--days',
    '1',
    '--start',
    '2026-11-01T00:00:00Z',
    '--out',
    out,
    '--specs',
    join(folder, 'openapi'),
  ]);
  if (code !== 0) throw new Error(`the generator ended with ${code}`);
  return out;
}

/** With the specs of the services, as people have them: routes come from specs first. */
const stance = (file: string) =>
  measure(process.execPath, [WASM_FLAG, contender('stance-ingest'), file, join(dirname(file), 'openapi')]);

async function kongRows(file: string, { records, rounds }: IngestOptions): Promise<Row[]> {
  const ours: Usage[] = [];
  const clickhouse: Usage[] = [];
  const node: Usage[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await stance(file));
    clickhouse.push(await measure(process.execPath, [contender('clickhouse-parse'), file]));
    node.push(await measure(process.execPath, [contender('node-parse'), file]));
  }
  return [
    timing('kong: stance, file to facts and routes', ours, records),
    timing('kong: ClickHouse typed parse into Null', clickhouse, records),
    timing('kong: Node JSON.parse loop', node, records),
    ratio('kong: stance / ClickHouse parse (speed)', {
      over: clickhouse,
      ours,
      goal: '≥ 0.25 (goal 0.4)',
      least: 0.25,
    }),
    ratio('kong: stance / Node JSON.parse (speed)', { over: node, ours, goal: '≥ 0.8 (goal 1)', least: 0.8 }),
    memory('kong: peak memory of all processes', ours),
  ];
}

async function combinedRows(file: string, { records, rounds }: IngestOptions): Promise<Row[]> {
  const hasGoaccess = spawnSync('goaccess', ['--version']).status === 0;
  const ours: Usage[] = [];
  const goaccess: Usage[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await stance(file));
    if (hasGoaccess) {
      goaccess.push(
        await measure('goaccess', [file, '--log-format=COMBINED', '--no-progress', '-o', `${file}.json`]),
      );
    }
  }
  const rows = [timing('combined: stance, file to facts and routes', ours, records)];
  if (!hasGoaccess)
    return [...rows, { name: 'combined: goaccess', value: 'not installed', goal: '', met: 'not run' }];
  return [
    ...rows,
    timing('combined: goaccess', goaccess, records),
    ratio('combined: stance / goaccess (speed)', { over: goaccess, ours, goal: '≥ 5 (goal 10)', least: 5 }),
  ];
}

async function scaleRows(folder: string, small: string, { records }: IngestOptions): Promise<Row[]> {
  const large = await generate(folder, 'kong', records * 10);
  const one = await stance(small);
  const ten = await stance(large);
  const growth = ten.wallMs / one.wallMs;
  return [
    timing(`kong: stance, ${records * 10} records`, [ten], records * 10),
    {
      name: 'kong: time for ten times the records',
      value: `${growth.toFixed(2)} ×`,
      goal: '≤ 11 ×',
      met: growth <= 11 ? 'met' : 'missed',
    },
    memory('kong: peak memory at ten times the records', [ten]),
  ];
}

function timing(name: string, usages: readonly Usage[], records: number): Row {
  const wall = median(usages.map((usage) => usage.wallMs));
  const cpu = median(usages.map((usage) => usage.cpuMs));
  const rate = Math.round(records / wall);
  return {
    name,
    value: `${(wall / 1000).toFixed(2)} s, ${rate} k records/s, whole tree ${(cpu / 1000).toFixed(2)} s CPU`,
    goal: '',
    met: '',
  };
}

/** Speed of ours over theirs, round by round. */
function ratio(
  name: string,
  {
    over,
    ours,
    goal,
    least,
  }: { over: readonly Usage[]; ours: readonly Usage[]; goal: string; least: number },
): Row {
  const ratios = ours.map((usage, round) => (over[round]?.wallMs ?? Number.NaN) / usage.wallMs);
  const middle = median(ratios);
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  return { name, value: `${middle.toFixed(2)} (${spread})`, goal, met: middle >= least ? 'met' : 'missed' };
}

function memory(name: string, usages: readonly Usage[]): Row {
  const peak = Math.max(...usages.map((usage) => usage.peakBytes));
  return {
    name,
    value: `${Math.round(peak / 1e6)} MB`,
    goal: '< 1500 MB',
    met: peak < MEMORY_GOAL ? 'met' : 'missed',
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}
