import { dropExpired, dropFolded } from '../store/clickhouse/retention.ts';
import type { Workspace } from './open-workspace.ts';

const DAY_MS = 86_400_000;

/**
 * Drops the months of traffic that lie wholly outside the retention window, by the run's own clock, and what batches
 * left behind that are applied: all are, once a scan has come this far.
 */
export async function expireOld({ config, deps, traffic }: Workspace): Promise<void> {
  const before = (days: number) => new Date(deps.now().getTime() - days * DAY_MS);
  await dropExpired(traffic, {
    observationsBefore: before(config.retention.observationsDays),
    factsBefore: before(config.retention.factsDays),
  });
  await dropFolded(traffic);
}
