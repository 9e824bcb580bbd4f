import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

const written: readonly { name: string; value: unknown; expected: string }[] = [
  {
    name: 'sorts keys by UTF-16 code unit',
    value: { '€': 1, '\u{1f600}': 2, a: 3, A: 4 },
    expected: '{"A":4,"a":3,"€":1,"😀":2}',
  },
  {
    name: 'sorts nested keys and keeps array order',
    value: [{ b: [2, 1], a: null }],
    expected: '[{"a":null,"b":[2,1]}]',
  },
  {
    name: 'writes the largest safe integer',
    value: { n: 9007199254740991 },
    expected: '{"n":9007199254740991}',
  },
  { name: 'writes minus zero as zero', value: [-0], expected: '[0]' },
  {
    name: 'escapes control characters only',
    value: '\u0000\u001f"\\/é\u2028',
    expected: '"\\u0000\\u001f\\"\\\\/é\u2028"',
  },
  {
    name: 'takes objects without a prototype',
    value: Object.assign(Object.create(null), { a: true }),
    expected: '{"a":true}',
  },
  { name: 'keeps a key named __proto__', value: JSON.parse('{"__proto__":1}'), expected: '{"__proto__":1}' },
];

const refused: readonly { name: string; value: unknown; message: string }[] = [
  {
    name: 'undefined',
    value: { a: { b: undefined } },
    message: '$.a.b is of type undefined, which JSON cannot hold',
  },
  {
    name: 'undefined in an array',
    value: [1, undefined],
    message: '$[1] is of type undefined, which JSON cannot hold',
  },
  {
    name: 'a hole in an array',
    value: new Array(1),
    message: '$[0] is of type undefined, which JSON cannot hold',
  },
  {
    name: 'a fraction',
    value: [0.5],
    message: '$[0] is 0.5: only integers up to 2^53-1 are canonical, write others as text',
  },
  {
    name: 'an unsafe integer',
    value: 2 ** 53,
    message: '$ is 9007199254740992: only integers up to 2^53-1 are canonical, write others as text',
  },
  {
    name: 'NaN',
    value: { n: Number.NaN },
    message: '$.n is NaN: only integers up to 2^53-1 are canonical, write others as text',
  },
  { name: 'a BigInt', value: 1n, message: '$ is of type bigint, which JSON cannot hold' },
  { name: 'a lone surrogate', value: { a: 'x\ud800' }, message: '$.a holds a lone surrogate' },
  { name: 'a lone surrogate in a key', value: { '\udfff': 1 }, message: '$.\udfff holds a lone surrogate' },
  { name: 'a Date', value: { at: new Date(0) }, message: '$.at is not a plain object' },
  { name: 'a Map', value: new Map([['a', 1]]), message: '$ is not a plain object' },
  { name: 'bytes', value: [new Uint8Array(2)], message: '$[0] is not a plain object' },
  {
    name: 'an object that writes itself',
    value: { toJSON: () => 1 },
    message: '$.toJSON is of type function, which JSON cannot hold',
  },
];

describe('canonicalJson', () => {
  it.each(written)('$name', ({ value, expected }) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  it.each(refused)('refuses $name and names its place', ({ value, message }) => {
    expect(() => canonicalJson(value)).toThrow(new TypeError(message));
  });

  it('gives the same text whatever the order of keys, and text that parses back to the value', () => {
    const json = fc.jsonValue({ maxDepth: 3 }).map(withoutFractions);
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(reversedKeys(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });
});

function withoutFractions(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, member) =>
    typeof member === 'number' ? Math.trunc(member % 2 ** 53) || 0 : member,
  );
  return JSON.parse(text.toWellFormed());
}

function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversedKeys(member)]),
  );
}
