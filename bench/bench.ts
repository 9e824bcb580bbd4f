import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formats } from './formats.ts';
import { ingest } from './ingest.ts';
import { start } from './start.ts';
import { type Comparison, markdownTable } from './table.ts';

const RESULTS = fileURLToPath(new URL('./results/', import.meta.url));
const USAGE = `usage: npm run bench -- ingest [--records N] [--rounds N] [--scale] [--smoke]
       npm run bench -- start [--rounds N] [--smoke]
       npm run bench -- formats [--megabytes N] [--smoke]
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    records: { type: 'string' },
    megabytes: { type: 'string' },
    rounds: { type: 'string' },
    scale: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
  },
});

async function run(name: string): Promise<Comparison | undefined> {
  const rounds = (usual: number) => (values.smoke ? 1 : Number(values.rounds ?? usual));
  const records = (usual: number, smoke: number) => (values.smoke ? smoke : Number(values.records ?? usual));
  if (name === 'formats') return formats({ megabytes: values.smoke ? 1 : Number(values.megabytes ?? 32) });
  if (name === 'ingest') {
    return ingest({
      records: records(1_000_000, 20_000),
      rounds: rounds(3),
      scale: values.scale,
    });
  }
  return name === 'start' ? start({ rounds: rounds(10) }) : undefined;
}

const [name = ''] = positionals;
const comparison = await run(name);
if (comparison === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const machine = `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`;
  const text = `${markdownTable(comparison)}\n${machine}\n`;
  process.stdout.write(text);
  await mkdir(RESULTS, { recursive: true });
  await writeFile(`${RESULTS}${name}${values.smoke ? '-smoke' : ''}.md`, text);
}
