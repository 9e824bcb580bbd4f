import { checkReference } from './check-reference.ts';
import { errorReference } from './error-reference.ts';
import { formatReference } from './format-reference.ts';
import type { GeneratedFile } from './generated-file.ts';
import { jsonSchemaFiles } from './json-schemas.ts';
import { outputReference } from './output-reference.ts';
import { registryFiles } from './registries.ts';
import { loadUnits } from './units.ts';

/** Every generated file of the repository at `root`. */
export async function generateAll(root: string): Promise<readonly GeneratedFile[]> {
  const units = await loadUnits(root);
  return [
    ...registryFiles(units),
    ...jsonSchemaFiles(),
    checkReference(units.checks),
    ...formatReference(units),
    errorReference(),
    outputReference(units.outputs),
  ];
}
