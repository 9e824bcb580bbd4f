import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sealChangeSet } from '../../src/engine/ledger/seal-change-set.ts';
import { acquireDataLock } from '../../src/store/data-lock.ts';
import { commitChange } from '../../src/store/postgres/commit-change.ts';
import { openState } from '../../src/store/postgres/open-state.ts';
import { upsertServices } from '../../src/store/postgres/services.ts';
import { exampleAct } from './state-examples.ts';

/**
 * A process that commits until it is killed: writes the name of each service it has saved on a line of its own.
 * Arguments: data folder, and a prefix for names.
 */
const [directory = '', prefix = ''] = process.argv.slice(2);
await acquireDataLock(directory);
const store = await openState(
  { kind: 'pglite', directory: join(directory, 'state') },
  { randomBytes, sealChangeSet },
);
for (let number = 0; ; number += 1) {
  const names = Array.from({ length: 20 }, (_, index) => `${prefix}-${number}-${index}`);
  const services = names.map((name) => ({ name, firstSeen: '2026-11-20T00:00:00.000Z' }));
  await commitChange(store, { ...exampleAct, changes: upsertServices(services) });
  process.stdout.write(`${names.join('\n')}\n`);
}
