import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

const guard: { isSupported: (version: string) => boolean } = createRequire(import.meta.url)(
  '../../scripts/guard.cjs',
);

describe('the guard of the npm scripts', () => {
  it.each([
    { version: '18.20.0', supported: false },
    { version: '20.20.2', supported: false },
    { version: '22.9.0', supported: false },
    { version: '22.17.1', supported: false },
    { version: '22.18.0', supported: true },
    { version: '24.0.0', supported: true },
    { version: '100.1.0', supported: true },
  ])('answers $supported for Node $version', ({ version, supported }) => {
    expect(guard.isSupported(version)).toBe(supported);
  });
});
