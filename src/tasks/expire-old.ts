import { dropExpired, dropPassing } from '../store/clickhouse/retention.ts';
import type { Workspace } from './open-workspace.ts';

const DAY_MS = 86_400_000;

/**
 * Drops the months of traffic that lie wholly outside the retention window, and what batches left behind that are
 * applied: all are, once a scan has come this far. Nothing is dropped for the sake of a `--now` in the future.
 */
export async function expireOld({ config, deps, traffic }: Workspace, wallClock: Date): Promise<void> {
  const now = Math.min(deps.now().getTime(), wallClock.getTime());
  const before = (days: number) => new Date(now - days * DAY_MS);
  await dropExpired(traffic, {
    observationsBefore: before(config.retention.observationsDays),
    factsBefore: before(config.retention.factsDays),
  });
  await dropPassing(traffic);
}
