import type { SpecOperation } from '../../model/spec.ts';
import { templateMatcher } from './match-template.ts';
import { routePath } from './route-path.ts';
import type { SpecGroup } from './spec-groups.ts';
import type { Observed } from './traffic-index.ts';

/** What of a group a service really answered. */
export interface Answered {
  /** Distinct operations. */
  readonly operations: number;
  /** Calls of any of them, answered with anything but 404 or 405. */
  readonly calls: number;
}

/** A group of operations below one of the base paths where it may be. */
export interface Mount {
  readonly group: SpecGroup;
  readonly basePath: string;
}

export interface Evidence {
  answered(mount: Mount, service: string): Answered;
}

interface Tally {
  readonly operations: Set<SpecOperation>;
  calls: number;
}

const NOTHING: Answered = { operations: 0, calls: 0 };

/**
 * Which operations were answered by which services. Every shape is looked up once in all descriptions together, so
 * that 200 of them cost little more than one.
 */
export function specEvidence(mounts: readonly Mount[], observed: readonly Observed[]): Evidence {
  const tallies = new Map<SpecGroup, Map<string, Map<string, Tally>>>();
  const matcher = templateMatcher<{
    readonly tallies: Map<string, Tally>;
    readonly operation: SpecOperation;
  }>();
  for (const { group, basePath } of mounts) {
    const byBase = tallies.get(group) ?? new Map<string, Map<string, Tally>>();
    tallies.set(group, byBase);
    if (byBase.has(basePath)) continue;
    const byService = new Map<string, Tally>();
    byBase.set(basePath, byService);
    for (const operation of group.operations) {
      const path = routePath(basePath, operation.path);
      matcher.add(operation.method, path, { tallies: byService, operation });
    }
  }
  for (const { service, shape } of observed) {
    const counted = new Set<Tally>();
    for (const { tallies: byService, operation } of matcher.findAll(shape.method, shape.shape)) {
      const tally = byService.get(service) ?? { operations: new Set(), calls: 0 };
      byService.set(service, tally);
      tally.operations.add(operation);
      if (!counted.has(tally)) tally.calls += shape.found;
      counted.add(tally);
    }
  }
  return {
    answered: ({ group, basePath }, service) => {
      const tally = tallies.get(group)?.get(basePath)?.get(service);
      return tally === undefined ? NOTHING : { operations: tally.operations.size, calls: tally.calls };
    },
  };
}
