import { posix } from 'node:path';
import {
  LAYERS,
  layerOf,
  PURE_LAYERS,
  PURE_NODE_MODULES,
  REGISTRIES,
  REGISTRY_HEADER,
  UNIT_KINDS,
  unitOf,
} from './layers.ts';
import { countUnreadImports, readImports, type SourceImport } from './source-imports.ts';

export interface SourceFile {
  /** From the root of the repository: `src/model/report.ts`. */
  readonly path: string;
  readonly text: string;
}

/** What a pure function may not ask: the clock, chance, the process, the network. */
const IMPURE =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bprocess\.\w|\bfetch\(|\brandom(?:UUID|Bytes|Int)\b|\bset(?:Timeout|Interval)\(/g;
const OUTSIDE_OF_SOURCE = ['generator/', 'bench/', 'tests/', 'scripts/', 'web/'];

/** Every break of the rules of the layout, as `file: reason`, in the order of the files. */
export function findViolations(files: readonly SourceFile[]): readonly string[] {
  return [
    ...files.flatMap((file) => reasonsAgainst(file).map((reason) => `${file.path}: ${reason}`)),
    ...missingMainFiles(files),
  ];
}

function reasonsAgainst(file: SourceFile): readonly string[] {
  const unread = countUnreadImports(file.text);
  return [
    ...(unread === 0 ? [] : [`${unread} import statements could not be read`]),
    ...readImports(file.text).flatMap((found) => reasonAgainstImport(file.path, found) ?? []),
    ...reasonsAgainstPlace(file),
    ...reasonsAgainstImpurity(file),
  ];
}

function reasonAgainstImport(path: string, found: SourceImport): string | undefined {
  if (found.isComputed) return reasonAgainstComputed(path, found.specifier);
  if (found.specifier.startsWith('.')) return reasonAgainstFile(path, resolveImport(path, found.specifier));
  return reasonAgainstPackage(path, found.specifier);
}

function resolveImport(path: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(path), specifier));
}

/** Tests of a kind may go through the units beside them; a computed path elsewhere escapes every check. */
function reasonAgainstComputed(path: string, prefix: string): string | undefined {
  if (!path.startsWith('src/')) return undefined;
  const isWithinLayer =
    prefix.startsWith('.') && layerOf(`${resolveImport(path, prefix)}/`) === layerOf(path);
  if (path.endsWith('.test.ts') && isWithinLayer) return undefined;
  return 'imports a computed path, which cannot be checked';
}

function reasonAgainstFile(path: string, target: string): string | undefined {
  if (path.startsWith('generator/')) return reasonAgainstGeneratorImport(target);
  if (!path.startsWith('src/')) return undefined;
  return reasonAgainstLayers(path, target) ?? reasonAgainstUnits(path, target);
}

function reasonAgainstGeneratorImport(target: string): string | undefined {
  return target.startsWith('src/')
    ? `imports ${target}: the generator knows nothing of the product`
    : undefined;
}

function reasonAgainstLayers(path: string, target: string): string | undefined {
  const from = layerOf(path);
  const to = layerOf(target);
  if (from === undefined) return undefined;
  if (OUTSIDE_OF_SOURCE.some((folder) => target.startsWith(folder)))
    return `imports ${target}: it is no part of src`;
  if (to === undefined) return target.endsWith('.json') ? undefined : `imports ${target}: it is in no layer`;
  if (from === to || LAYERS[to] < LAYERS[from]) return undefined;
  return `imports ${target}: ${from} (${LAYERS[from]}) may not import ${to} (${LAYERS[to]})`;
}

function reasonAgainstUnits(path: string, target: string): string | undefined {
  const from = unitOf(path);
  const to = unitOf(target);
  if (REGISTRIES.includes(path)) return undefined;
  if (from !== undefined && REGISTRIES.includes(target))
    return `imports ${target}: a unit does not know the others`;
  if (from !== undefined && to !== undefined && from !== to)
    return `imports ${target}: units never import each other`;
  const isTest = path.endsWith('.test.ts');
  const isNeighbour = from === undefined && to !== undefined && layerOf(path) === layerOf(target);
  return isNeighbour && !isTest ? `imports ${target}: only the generated index imports units` : undefined;
}

function reasonAgainstPackage(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('#') || specifier.startsWith('/'))
    return `imports ${specifier}: write a relative path`;
  const layer = layerOf(path);
  const isPure = layer !== undefined && PURE_LAYERS.includes(layer) && !path.endsWith('.test.ts');
  if (!isPure || !specifier.startsWith('node:') || PURE_NODE_MODULES.includes(specifier)) return undefined;
  return `imports ${specifier}: ${layer} is pure`;
}

function reasonsAgainstPlace({ path, text }: SourceFile): readonly string[] {
  if (!path.startsWith('src/')) return [];
  const isIndex = posix.basename(path) === 'index.ts';
  const isRegistry = REGISTRIES.includes(path);
  return [
    ...(layerOf(path) === undefined ? ['is in no layer'] : []),
    ...(isIndex && !isRegistry
      ? ['is an index that is not generated; name the file after what is in it']
      : []),
    ...(isRegistry && !text.startsWith(REGISTRY_HEADER)
      ? ['is written by hand; run `npm run generate`']
      : []),
  ];
}

function reasonsAgainstImpurity({ path, text }: SourceFile): readonly string[] {
  const layer = layerOf(path);
  if (layer === undefined || !PURE_LAYERS.includes(layer) || path.endsWith('.test.ts')) return [];
  return [...text.matchAll(IMPURE)].map(([use]) => `uses ${use}: ${layer} is pure`);
}

function missingMainFiles(files: readonly SourceFile[]): readonly string[] {
  const paths = new Set(files.map(({ path }) => path));
  const units = new Set(files.flatMap(({ path }) => unitOf(path) ?? []));
  return [...units].flatMap((unit) => {
    const kind = UNIT_KINDS.find(({ folder }) => unit.startsWith(`${folder}/`));
    const mainFile = `${unit}/${kind?.mainFile(posix.basename(unit))}`;
    return paths.has(mainFile) ? [] : [`${unit}: holds no ${posix.basename(mainFile)}`];
  });
}
