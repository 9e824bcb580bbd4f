import { documentKinds } from '../src/inputs/documents/index.ts';
import { trafficFormats } from '../src/inputs/traffic/index.ts';
import { wrappers } from '../src/inputs/wrappers/index.ts';
import type { DocumentExample } from '../src/model/document-kind.ts';
import type { TrafficExample } from '../src/model/traffic-format.ts';
import type { WrapperExample } from '../src/model/wrapper.ts';

/** The units with their examples, which the product does not load. */
export const formatUnits = await withExamples<(typeof trafficFormats)[number], TrafficExample>(
  'traffic',
  trafficFormats,
);
export const wrapperUnits = await withExamples<(typeof wrappers)[number], WrapperExample>(
  'wrappers',
  wrappers,
);
export const documentUnits = await withExamples<(typeof documentKinds)[number], DocumentExample>(
  'documents',
  documentKinds,
);

async function withExamples<Unit extends { readonly id: string }, Example>(
  kind: string,
  units: readonly Unit[],
): Promise<readonly (Unit & { readonly examples: readonly Example[] })[]> {
  return Promise.all(
    units.map(async (unit) => {
      const module: { examples: readonly Example[] } = await import(
        `../src/inputs/${kind}/${unit.id}/examples.ts`
      );
      return { ...unit, examples: module.examples };
    }),
  );
}
