import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsJsonDocuments, jsonRecords } from './json-records.ts';

async function records(text: string, size = text.length): Promise<string[]> {
  async function* stream(): AsyncGenerator<Buffer> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
  }
  const output: Buffer[] = [];
  for await (const chunk of jsonRecords(stream())) output.push(chunk);
  return Buffer.concat(output).toString('utf8').split('\n').slice(0, -1);
}

describe('jsonRecords', () => {
  const cases: { name: string; text: string; expected: string[] }[] = [
    {
      name: 'an array gives its elements',
      text: '[{"a":1},{"b":[1,2]}]',
      expected: ['{"a":1}', '{"b":[1,2]}'],
    },
    {
      name: 'a pretty object becomes one line',
      text: '{\n  "a": {\n "b": 1 }\n}\n',
      expected: ['{   "a": {  "b": 1 } }'],
    },
    {
      name: 'several documents follow each other',
      text: '[{"a":1}]\n[{"b":2}]\n{"c":3}',
      expected: ['{"a":1}', '{"b":2}', '{"c":3}'],
    },
    {
      name: 'brackets and quotes inside strings mean nothing',
      text: '[{"a":"}]\\"{"},{"b":1}]',
      expected: ['{"a":"}]\\"{"}', '{"b":1}'],
    },
    {
      name: 'text between records is a line of its own',
      text: '{"a":1}\n1.2.3.4 - - text\n{"b":2}\n',
      expected: ['{"a":1}', '1.2.3.4 - - text', '{"b":2}'],
    },
    { name: 'a cut document is one line', text: '[{"a":1},{"b":', expected: ['{"a":1}', '{"b":'] },
    {
      name: 'an element that is no JSON does not eat its neighbours',
      text: '[{"a":1},{bad},{"b":2}]',
      expected: ['{"a":1}', '{bad}', '{"b":2}'],
    },
    { name: 'an empty array has no record', text: '[]', expected: [] },
  ];
  it.each(cases)('$name', async ({ text, expected }) => {
    expect(await records(text)).toEqual(expected);
    expect(await records(text, 1)).toEqual(expected);
  });

  it('gives back any list of objects, compact or pretty', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.integer({ min: 0, max: 2 }),
        async (list, indent) => {
          const lines = await records(JSON.stringify(list, null, indent), 7);
          expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(list)));
        },
      ),
    );
  });
});

describe('holdsJsonDocuments', () => {
  const cases: [head: string, expected: boolean][] = [
    ['[{"a":1}]', true],
    ['[\n  {"a"', true],
    ['{\n  "a": 1', true],
    ['{"a":1}\n{"a":2}\n', false],
    ['[24/Jan/2022:16:51:02 +0000] - 404', false],
    ['1.2.3.4 - - [', false],
    ['{"request": {\n "method"', true],
    ['', false],
  ];
  it.each(cases)('%j is %s', (head, expected) => {
    expect(holdsJsonDocuments(Buffer.from(head))).toBe(expected);
  });
});
