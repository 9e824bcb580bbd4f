import { randomBytes } from 'node:crypto';
import { encodingOf, readHead } from '../../src/inputs/lines/open-bytes.ts';
import { configSchema } from '../../src/model/config.ts';
import { ingestFile } from '../../src/tasks/ingest-file.ts';
import { learnRoutes } from '../../src/tasks/learn-routes.ts';
import { openWorkspace } from '../../src/tasks/open-workspace.ts';

/** From file to facts and routes, exactly as a scan does it; opening the stores is not timed here. */
const [, , path = ''] = process.argv;
const now = new Date('2026-12-01T00:00:00Z');
const workspace = await openWorkspace(
  { config: configSchema.parse({}) },
  {
    now: () => now,
    randomBytes: (size) => randomBytes(size),
    log: () => undefined,
    onStage: async () => undefined,
    signal: new AbortController().signal,
  },
);
const startedAt = performance.now();
const head = await readHead(path, 64 * 1024);
const input = { path, encoding: encodingOf(head), head };
const options = { notBefore: new Date('1990-01-01T00:00:00Z'), notAfter: now };
const report = await ingestFile(workspace, input, options);
const inventory = await learnRoutes(workspace);
const wallMs = performance.now() - startedAt;
const calls = inventory.entries
  .flatMap((entry) => entry.traffic)
  .reduce((sum, facts) => sum + facts.calls, 0);
console.log(
  JSON.stringify({ wallMs, accepted: report.accepted, endpoints: inventory.entries.length, calls }),
);
await workspace.close();
