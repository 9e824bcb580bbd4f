import { join } from 'node:path';
import { openChdb } from '../../src/store/clickhouse/open-chdb.ts';
import { openClickhouse } from '../../src/store/clickhouse/open-clickhouse.ts';
import { startClickhouseFront } from '../clickhouse-front.ts';
import { trafficContract } from './traffic-contract.ts';

trafficContract('a server over HTTP', async (folder) => {
  const engine = await openChdb({ directory: join(folder, 'engine') });
  const front = await startClickhouseFront(engine, folder);
  const analytics = await openClickhouse(front.url);
  return {
    analytics,
    close: async () => {
      await analytics.close();
      await front.close();
      await engine.close();
    },
  };
});
