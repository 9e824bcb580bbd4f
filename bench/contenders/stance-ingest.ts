import { randomBytes } from 'node:crypto';
import { configSchema } from '../../src/model/config.ts';
import { openWorkspace } from '../../src/tasks/open-workspace.ts';
import { scan } from '../../src/tasks/scan.ts';

/** From file to facts, routes and verdicts, exactly as a scan does it; opening the stores is not timed here. */
const [, , path = '', ...specPaths] = process.argv;
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
const { report } = await scan(workspace, {
  paths: [path],
  specPaths,
  policies: [],
  reading: {},
  wallClock: now,
});
const wallMs = performance.now() - startedAt;
const accepted = report.inputs.reduce(
  (sum, input) => sum + (input.format === 'openapi' ? 0 : input.accepted),
  0,
);
console.log(JSON.stringify({ wallMs, accepted, endpoints: report.endpoints.length }));
await workspace.close();
