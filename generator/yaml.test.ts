import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { yamlOf } from './yaml.ts';

test('reads back as what was written', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, noNullPrototype: true }),
      (document) => {
        const plain = JSON.parse(JSON.stringify(document));
        expect(parse(yamlOf(plain))).toEqual(plain);
      },
    ),
  );
});

test('is written as people write it', () => {
  expect(
    yamlOf({ servers: [{ url: 'https://a.example', tags: [] }], on: 'yes', '/a/{id}': { ids: [1, [2]] } }),
  ).toBe(
    `servers:
  - url: "https://a.example"
    tags: []
"on": "yes"
/a/{id}:
  ids:
    - 1
    - - 2
`,
  );
});
