import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DocumentKind } from '../../src/model/document-kind.ts';
import { compareText } from '../../src/model/order.ts';
import type { Output } from '../../src/model/output.ts';
import type { TrafficExample, TrafficFormat } from '../../src/model/traffic-format.ts';
import { type Check, type CheckExample, CONTROLS } from '../../src/model/verdict.ts';
import type { Wrapper } from '../../src/model/wrapper.ts';

/** What the units of the tree say of themselves, in the order in which registries and pages list them. */
export interface Units {
  readonly trafficFormats: readonly DocumentedFormat[];
  readonly documentKinds: readonly DocumentKind[];
  readonly wrappers: readonly Wrapper[];
  readonly checks: readonly DocumentedCheck[];
  readonly outputs: readonly Output[];
  /** The formats that the generator of traffic writes. */
  readonly writtenFormats: readonly string[];
}

/** Examples are for tests and pages: the product does not load them. */
export interface DocumentedFormat extends TrafficFormat {
  readonly examples: readonly TrafficExample[];
}

export interface DocumentedCheck {
  readonly check: Check;
  readonly examples: readonly CheckExample[];
}

export async function loadUnits(root: string): Promise<Units> {
  const trafficFormats = await loadEach<{ format: TrafficFormat }>(root, 'src/inputs/traffic', 'format.ts');
  const formatExamples = await loadEach<{ examples: readonly TrafficExample[] }>(
    root,
    'src/inputs/traffic',
    'examples.ts',
  );
  const kinds = await loadEach<{ document: DocumentKind }>(root, 'src/inputs/documents', 'document.ts');
  const wrappers = await loadEach<{ wrapper: Wrapper }>(root, 'src/inputs/wrappers', 'wrapper.ts');
  const checks = await loadEach<{ check: Check }>(root, 'src/checks', 'check.ts');
  const examples = await loadEach<{ examples: DocumentedCheck['examples'] }>(
    root,
    'src/checks',
    'examples.ts',
  );
  const outputs = await loadEach<{ output: Output }>(root, 'src/outputs', 'output.ts');
  return {
    trafficFormats: [...trafficFormats].map(([id, { format }]) => ({
      ...format,
      examples: formatExamples.get(id)?.examples ?? [],
    })),
    documentKinds: [...kinds.values()].map(({ document }) => document),
    wrappers: [...wrappers.values()].map(({ wrapper }) => wrapper),
    checks: [...checks]
      .map(([id, { check }]) => ({ check, examples: examples.get(id)?.examples ?? [] }))
      .sort((left, right) => controlIndex(left) - controlIndex(right)),
    outputs: [...outputs.values()].map(({ output }) => output),
    writtenFormats: writtenFormats(join(root, 'generator/formats')),
  };
}

/** The modules by folder name, sorted; a folder without the file is the architecture test's to report. */
async function loadEach<Module>(
  root: string,
  folder: string,
  file: string,
): Promise<ReadonlyMap<string, Module>> {
  const ids = unitIds(join(root, folder)).filter((id) => existsSync(join(root, folder, id, file)));
  const modules = ids.map(async (id): Promise<[string, Module]> => {
    // The name of the file is the promise that it exports the unit; the architecture test checks the id.
    const module: Module = await import(pathToFileURL(join(root, folder, id, file)).href);
    return [id, module];
  });
  return new Map(await Promise.all(modules));
}

function writtenFormats(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort(compareText);
}

function unitIds(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort(compareText);
}

/** Verdicts are reported in the order of the controls. */
function controlIndex({ check }: DocumentedCheck): number {
  return CONTROLS.indexOf(check.control);
}
