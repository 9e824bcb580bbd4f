import { describe, expect, it } from 'vitest';
import { jsonArrays } from './json-arrays.ts';

describe('jsonArrays', () => {
  it.each([
    { name: 'nothing', texts: [], sizes: [] },
    { name: 'as many rows as fit', texts: Array(5_000).fill('1'), sizes: [5_000] },
    { name: 'one row more', texts: Array(5_001).fill('1'), sizes: [5_000, 1] },
    { name: 'long rows', texts: Array(5).fill(`"${'x'.repeat(2_999_998)}"`), sizes: [2, 2, 1] },
    {
      name: 'a row longer than the bound',
      texts: ['1', `"${'x'.repeat(9_000_000)}"`, '2'],
      sizes: [1, 1, 1],
    },
  ])('packs $name', ({ texts, sizes }) => {
    const arrays = [...jsonArrays(texts)].map((json) => JSON.parse(json));
    expect(arrays.map((array) => array.length)).toEqual(sizes);
    expect(arrays.flat()).toEqual(texts.map((text) => JSON.parse(text)));
  });
});
