import { describe, expect, it } from 'vitest';
import { collectProblems } from './spec-problems.ts';
import { createSpecText } from './spec-text.ts';
import type { SpecNode } from './spec-tree.ts';
import { readYamlTree } from './yaml-tree.ts';

function read(text: string) {
  const source = createSpecText('a.yaml', text);
  const problems = collectProblems(source);
  const root = plain(readYamlTree(source, problems));
  return {
    root,
    problems: problems.list().map(({ line, column, message }) => `${line}:${column} ${message}`),
  };
}

/** Maps become arrays of pairs; a scalar becomes its value, or its text when that says more. */
function plain(node: SpecNode): unknown {
  if (node.kind === 'map') {
    return [...node.entries].map(([key, { value }]) => [key, plain(value)]);
  }
  if (node.kind === 'list') {
    return { items: node.items.map(plain) };
  }
  return typeof node.value === 'number' ? `${node.value} as ${node.text}` : node.value;
}

const cases = [
  {
    name: 'numbers and dates as written, keys as text',
    text: 'version: 1.10\n200: 0x10\ntrue: 2026-01-01\nnull: ~\n"q": no\n',
    root: [
      ['version', '1.1 as 1.10'],
      ['200', '16 as 0x10'],
      ['true', '2026-01-01'],
      ['null', null],
      ['q', 'no'],
    ],
  },
  { name: 'a scalar alone', text: 'hello', root: 'hello' },
  { name: 'nothing but a comment', text: '# nothing\n', root: null },
  {
    name: 'aliases',
    text: 'a: &a {b: 1}\nc: *a\nd: &a 2\ne: [*a]\n*a : f\n',
    root: [
      ['a', [['b', '1 as 1']]],
      ['c', [['b', '1 as 1']]],
      ['d', '2 as 2'],
      ['e', { items: ['2 as 2'] }],
      ['2', 'f'],
    ],
  },
  {
    name: 'merge keys, of which a key of the map itself wins',
    text: 'a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {x: 3, <<: *a}\nd:\n  <<: [*b, *a]\n',
    root: [
      [
        'a',
        [
          ['x', '1 as 1'],
          ['y', '1 as 1'],
        ],
      ],
      [
        'b',
        [
          ['y', '2 as 2'],
          ['z', '2 as 2'],
        ],
      ],
      [
        'c',
        [
          ['x', '3 as 3'],
          ['y', '1 as 1'],
        ],
      ],
      [
        'd',
        [
          ['y', '2 as 2'],
          ['z', '2 as 2'],
          ['x', '1 as 1'],
        ],
      ],
    ],
  },
  {
    name: 'a merge of something else',
    text: 'a: {<<: [1, {b: 2}]}\n',
    root: [['a', [['b', '2 as 2']]]],
    problems: ['1:9 "<<" merges only objects'],
  },
  {
    name: 'duplicate keys',
    text: 'a: 1\nb: 2\na: 3\n',
    root: [
      ['a', '3 as 3'],
      ['b', '2 as 2'],
    ],
    problems: ['3:1 The key "a" stands twice; the last one counts'],
  },
  {
    name: 'keys that are no text',
    text: '? [a, b]\n: 1\nc: 2\n',
    root: [['c', '2 as 2']],
    problems: ['1:3 A key is not a string; it is left out'],
  },
  {
    name: 'unknown tags',
    text: 'a: !Sub "x"\nb: !!set {c}\n',
    root: [
      ['a', 'x'],
      ['b', [['c', null]]],
    ],
    problems: ['1:4 Unresolved tag: !Sub', '2:4 Unresolved tag: tag:yaml.org,2002:set'],
  },
  {
    name: 'an alias without an anchor',
    text: 'a: *b\nc: &b 1\n',
    root: [
      ['a', null],
      ['c', '1 as 1'],
    ],
    problems: ['1:4 The alias "b" names no anchor before it; it is read as null'],
  },
  {
    name: 'an anchor that holds itself',
    text: 'a: &a\n  b: *a\n  c: [*a]\nd: *a\n',
    root: [
      [
        'a',
        [
          ['b', null],
          ['c', { items: [null] }],
        ],
      ],
      [
        'd',
        [
          ['b', null],
          ['c', { items: [null] }],
        ],
      ],
    ],
    problems: [
      '2:6 The alias "a" stands inside the value it names; it is read as null',
      '3:7 The alias "a" stands inside the value it names; it is read as null',
    ],
  },
  {
    name: 'a second document',
    text: 'a: 1\n---\nb: [\n',
    root: [['a', '1 as 1']],
    problems: ['2:1 Only the first YAML document of the file is read'],
  },
  {
    name: 'a wrong escape',
    text: 'a: "\\d"\nb: 1\n',
    root: [
      ['a', '\\d'],
      ['b', '1 as 1'],
    ],
    problems: ['1:5 Invalid escape sequence \\d'],
  },
  {
    name: 'YAML 1.1 by its directive',
    text: '%YAML 1.1\n---\na: 2026-01-01\nb: {<<: {c: yes}}\n',
    root: [
      ['a', '2026-01-01'],
      ['b', [['c', true]]],
    ],
  },
];

const broken = [
  {
    name: 'a tab as indent',
    text: 'a:\n\tb: 1\n',
    place: '2:1',
    message: 'Tabs are not allowed as indentation',
  },
  {
    name: 'an open bracket',
    text: 'a: [1,\n',
    place: '2:1',
    message: 'must be sufficiently indented and end with a ]',
  },
  { name: 'an open quote', text: 'a: "b\n', place: '2:1', message: 'Missing closing "quote' },
  { name: 'two values', text: 'a: b: c\n', place: '1:4', message: 'Nested mappings are not allowed' },
];

describe('readYamlTree', () => {
  it.each(cases)('reads $name', ({ text, root, problems = [] }) => {
    expect(read(text)).toEqual({ root, problems });
  });

  it.each(broken)('stops at $name', ({ text, place, message }) => {
    const [line, column] = place.split(':').map(Number);
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: 'SPEC_UNREADABLE',
        message: expect.stringContaining(message),
        place: { file: 'a.yaml', line, column },
      }),
    );
  });
});
