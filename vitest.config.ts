import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'generator/**/*.test.ts', 'bench/**/*.test.ts'],
    // Each store test starts a child process with an engine of its own; two at a time fit two cores.
    pool: 'forks',
    maxWorkers: 2,
    // A busy machine is no failure: what hangs is found all the same, only later.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // In CI one accident of timing must not hide what the other thousand tests say; a fault fails twice.
    retry: process.env.CI === undefined ? 0 : 1,
  },
});
