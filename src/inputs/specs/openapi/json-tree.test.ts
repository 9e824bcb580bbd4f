import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonFlaw, readJsonTree } from './json-tree.ts';
import { collectProblems } from './spec-problems.ts';
import { createSpecText } from './spec-text.ts';
import type { SpecNode } from './spec-tree.ts';

function read(text: string) {
  const source = createSpecText('a.json', text);
  const problems = collectProblems(source);
  return { root: readJsonTree(source, problems), problems };
}

/** Pairs in place of objects, so that no key is special. */
function plain(node: SpecNode): unknown {
  if (node.kind === 'map') {
    return { pairs: [...node.entries].map(([key, { value }]) => [key, plain(value)]) };
  }
  return node.kind === 'list' ? node.items.map(plain) : node.value;
}

function pairs(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(pairs);
  }
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? value.toWellFormed() : value;
  }
  return { pairs: Object.entries(value).map(([key, child]) => [key.toWellFormed(), pairs(child)]) };
}

/** Each text breaks at the offset. */
const broken = [
  { text: '', at: 0 },
  { text: '{', at: 1 },
  { text: '{"a"', at: 4 },
  { text: '{"a":', at: 5 },
  { text: '{"a":1', at: 6 },
  { text: '{"a":1,}', at: 7 },
  { text: '{a:1}', at: 1 },
  { text: "{'a':1}", at: 1 },
  { text: '[1,]', at: 3 },
  { text: '[1 2]', at: 3 },
  { text: '[01]', at: 2 },
  { text: '[1.]', at: 2 },
  { text: '[+1]', at: 1 },
  { text: '[-]', at: 1 },
  { text: '[NaN]', at: 1 },
  { text: '[nul]', at: 1 },
  { text: '["\\x"]', at: 2 },
  { text: '["\\u12g4"]', at: 2 },
  { text: '["a\nb"]', at: 3 },
  { text: '["\u0000"]', at: 2 },
  { text: '["a', at: 3 },
  { text: '[1] // x', at: 4 },
  { text: '{"a":1}\n{"a":1}', at: 8 },
  { text: '\u00a0[1]', at: 0 },
];

describe('readJsonTree', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), fc.constantFrom(undefined, 1, '\t'), (json, space) => {
        const value: unknown = JSON.parse(json);
        // JSON.parse moves keys that are whole numbers to the front, and so does the text made from its result.
        expect(plain(read(JSON.stringify(value, undefined, space)).root)).toEqual(pairs(value));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const characters = fc.constantFrom(...'{}[]",:\\u012e-+. \n\ttruefalsn\u0001');
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 12 }), (text) => {
        expect(accepts(() => read(text))).toBe(accepts(() => JSON.parse(text)));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(broken)('names the place where %j breaks', ({ text, at }) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ name: 'JsonFlaw', offset: at }));
  });

  it('remembers where keys and values stand, and how numbers are written', () => {
    const { root } = read('{"a": [1.0,\n "\\u0062"]}');
    expect(root).toEqual({
      kind: 'map',
      offset: 0,
      entries: new Map([
        [
          'a',
          {
            keyOffset: 1,
            value: {
              kind: 'list',
              offset: 6,
              items: [
                { kind: 'scalar', offset: 7, value: 1, text: '1.0' },
                { kind: 'scalar', offset: 13, value: 'b', text: 'b' },
              ],
            },
          },
        ],
      ]),
    });
  });

  it('keeps the last of duplicate keys, with a problem', () => {
    const { root, problems } = read('{"a": 1,\n "\\u0061": 2}');
    expect(plain(root)).toEqual({ pairs: [['a', 2]] });
    expect(problems.list()).toEqual([
      { file: 'a.json', line: 2, column: 2, message: 'The key "a" stands twice; the last one counts' },
    ]);
  });

  it('makes lone surrogates well-formed', () => {
    expect(plain(read('["\\ud800", "\\ud83d\\ude00"]').root)).toEqual(['\ufffd', '\u{1f600}']);
  });
});

function accepts(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch (error) {
    if (error instanceof JsonFlaw || error instanceof SyntaxError) {
      return false;
    }
    throw error;
  }
}
