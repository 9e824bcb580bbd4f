import { join } from 'node:path';
import { generateAll } from './generate/generate-all.ts';
import { findDifferences, writeFiles } from './generate/generated-file.ts';

const ROOT = join(import.meta.dirname, '..');

await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const files = await generateAll(ROOT);
  const different = findDifferences(ROOT, files);
  if (!args.includes('--check')) {
    writeFiles(ROOT, files);
    console.log(`${files.length} files, ${different.length} of them changed`);
    return;
  }
  if (different.length === 0) return;
  console.error(`Not as generated; run \`npm run generate\`:\n${different.join('\n')}`);
  process.exitCode = 1;
}
