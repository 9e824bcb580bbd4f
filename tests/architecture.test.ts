import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAYERS, REGISTRIES, UNIT_KINDS } from './architecture/layers.ts';
import { fileSize, functionSizes, percentile95 } from './architecture/sizes.ts';
import { readImports } from './architecture/source-imports.ts';
import { repeatedTestNames } from './architecture/test-names.ts';
import { findViolations, type SourceFile } from './architecture/violations.ts';

const ROOT = join(import.meta.dirname, '..');
const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 50;
/** Far below what is there: a walk that finds fewer files has not looked. */
const FEWEST_FILES = 60;

const source = readTree('src');
const others = ['generator', 'bench', 'scripts', 'tests'].flatMap(readTree);
const written = source.filter(({ path }) => !REGISTRIES.includes(path));
const product = written.filter(({ path }) => !path.endsWith('.test.ts'));

describe('the source tree', () => {
  it('was read whole', () => {
    const found = globSync('src/**/*.ts', { cwd: ROOT });
    expect(source.map(({ path }) => path).sort()).toEqual(found.sort());
    expect(source.length).toBeGreaterThan(FEWEST_FILES);
    expect(source.flatMap(({ text }) => readImports(text)).length).toBeGreaterThan(source.length);
  });

  it('keeps the rules of the layout', () => {
    expect(findViolations([...source, ...others])).toEqual([]);
  });

  it('has units whose id is the name of their folder', async () => {
    const units = UNIT_KINDS.filter(({ folder }) => folder !== 'src/inputs/specs').flatMap(unitFiles);
    const ids = await Promise.all(units.map(async ({ file, id }) => ({ id, given: await readId(file) })));
    expect(ids.filter(({ id, given }) => id !== given)).toEqual([]);
    expect(ids.length).toBeGreaterThan(0);
  });

  it('has short files and functions', () => {
    const files = product.map(fileSize);
    const functions = product.flatMap(functionSizes);
    expect(functions.length).toBeGreaterThan(product.length);
    console.log(
      `files: ${files.length}, 95 % up to ${percentile95(files)} lines; functions: ${functions.length}, 95 % up to ${percentile95(functions)} lines`,
    );
    expect(files.filter(({ lines }) => lines > MAX_FILE_LINES)).toEqual([]);
    expect(functions.filter(({ lines }) => lines > MAX_FUNCTION_LINES)).toEqual([]);
  });

  it('has test names that are unique in their file', () => {
    const tests = [...source, ...others].filter(({ path }) => path.endsWith('.test.ts'));
    expect(tests.flatMap(repeatedTestNames)).toEqual([]);
  });

  it('has the layers that CONTRIBUTING.md explains', () => {
    const guide = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
    const explained = [...guide.matchAll(/^\| (\d)\s+\| `(\w+)\/`\s+\|/gm)].map(([, number, folder]) => [
      folder,
      Number(number),
    ]);
    expect(Object.fromEntries(explained)).toEqual(LAYERS);
  });
});

function readTree(folder: string): readonly SourceFile[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(join(ROOT, folder, path), 'utf8') }));
}

function unitFiles({ folder, mainFile }: (typeof UNIT_KINDS)[number]) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ id: name, file: join(ROOT, folder, name, mainFile(name)) }));
}

async function readId(file: string): Promise<unknown> {
  const module: Record<string, { id?: unknown }> = await import(file);
  return Object.values(module).find((exported) => typeof exported?.id === 'string')?.id;
}
