import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('nothing but Node and the generator itself is imported', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const imports = files.flatMap((file) => {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8');
    return [...text.matchAll(/\bfrom '([^']+)'|\bimport\(?\s*'([^']+)'/g)].map(
      ([, from, bare]) => `${file}: ${from ?? bare}`,
    );
  });
  expect(files.length).toBeGreaterThan(20);
  expect(imports.length).toBeGreaterThan(60);
  expect(
    imports.filter((line) => !/: (node:[\w/]+|\.\.?\/[\w-]+\.ts|\.\/formats\/[\w-]+\.ts)$/.test(line)),
  ).toEqual([]);
});
