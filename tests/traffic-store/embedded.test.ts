import { join } from 'node:path';
import { openChdb } from '../../src/store/clickhouse/open-chdb.ts';
import { trafficContract } from './traffic-contract.ts';

trafficContract('the embedded engine', async (folder) => {
  const analytics = await openChdb({ directory: join(folder, 'engine') });
  return { analytics, close: () => analytics.close() };
});
