import { join } from 'node:path';
import { generateAll } from './generate/generate-all.ts';
import { writeFiles } from './generate/generated-file.ts';
import { createUnit, KINDS, NewUnitError } from './new/create-unit.ts';

const ROOT = join(import.meta.dirname, '..');

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof NewUnitError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function main([kind, id]: readonly string[]): Promise<void> {
  const files = createUnit(ROOT, kind, id);
  writeFiles(ROOT, await generateAll(ROOT));
  console.log(`${files.join('\n')}\n${KINDS[kind ?? '']?.next}`);
}
