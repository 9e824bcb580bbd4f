import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runGenerate } from '../generator/generate.ts';

const STANCE = fileURLToPath(new URL('../bin/stance.cjs', import.meta.url));
/** Fixed, so that everybody sees the same report. */
const SEED = '7';
const START = '2026-01-05T00:00:00Z';
const NOW = '2026-01-12T00:00:00Z';

/** What a team would write down about its estate: the rest is read from traffic and specs. */
const CONFIG = `services:
  partner-gateway:
    gatewayServices: [partner-gateway]
    exposure: partner
    owner: team-partners
`;

/** A week of traffic at one gateway and one proxy, through the whole pipeline, to a report on screen. */
async function demo(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'stance-demo-'));
  try {
    process.stderr.write(
      'Writing a week of traffic: 60,000 calls at Kong, 15,000 at a proxy, OpenAPI for what is documented …\n',
    );
    const common = ['--seed', SEED, '--start', START, '--days', '7'];
    await generate([
      '--format',
      'kong',
      '--count',
      '60000',
      '--dirty',
      '0.001',
      ...common,
      '--out',
      join(folder, 'kong.ndjson'),
    ]);
    await generate([
      '--format',
      'combined',
      '--count',
      '15000',
      '--services',
      'legacy',
      '--gzip',
      ...common,
      '--out',
      join(folder, 'legacy.log.gz'),
    ]);
    await generate(['--format', 'kong', '--specs', join(folder, 'openapi'), ...common]);
    await writeFile(join(folder, 'stance.yaml'), CONFIG);
    return await stance(folder, ['scan', 'kong.ndjson', 'legacy.log.gz', '--spec', 'openapi/', '--now', NOW]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function generate(args: readonly string[]): Promise<void> {
  const code = await runGenerate(args);
  if (code !== 0) throw new Error(`the generator ended with ${code}`);
}

function stance(cwd: string, args: readonly string[]): Promise<number> {
  process.stderr.write(`$ stance ${args.join(' ')}\n\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [STANCE, ...args], { cwd, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 4));
  });
}

process.exitCode = await demo();
