import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runGenerate } from '../generator/generate.ts';
import { median } from './ingest.ts';
import { measure } from './process-tree.ts';
import type { Comparison } from './table.ts';

const STANCE = fileURLToPath(new URL('../bin/stance.cjs', import.meta.url));

/** How long people wait before anything happens. */
export async function start({ rounds }: { readonly rounds: number }): Promise<Comparison> {
  const folder = await mkdtemp(join(tmpdir(), 'stance-bench-'));
  try {
    const file = join(folder, 'kong.ndjson');
    await runGenerate([
      '--format',
      'kong',
      '--count',
      '1000',
      '--seed',
      '42',
      '--start',
      '2026-11-01T00:00:00Z',
      '--out',
      file,
    ]);
    const bare: number[] = [];
    const help: number[] = [];
    const scan: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      bare.push((await measure(process.execPath, ['-e', '0'])).totalMs);
      help.push((await measure(process.execPath, [STANCE, '--help'])).totalMs);
      scan.push((await measure(process.execPath, [STANCE, 'scan', file])).totalMs);
    }
    const growth = median(help.map((ms, round) => ms / (bare[round] ?? Number.NaN)));
    const seconds = median(scan) / 1000;
    return {
      title: `start, ${rounds} rounds`,
      rows: [
        { name: 'node -e 0', value: `${Math.round(median(bare))} ms`, goal: '', met: '' },
        { name: 'stance --help', value: `${Math.round(median(help))} ms`, goal: '', met: '' },
        {
          name: 'stance --help / node -e 0',
          value: growth.toFixed(2),
          goal: '≤ 4',
          met: growth <= 4 ? 'met' : 'missed',
        },
        {
          name: 'stance scan of 1,000 lines',
          value: `${seconds.toFixed(2)} s`,
          goal: '< 3 s',
          met: seconds < 3 ? 'met' : 'missed',
        },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
