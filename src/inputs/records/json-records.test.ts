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
  const lines = Buffer.concat(output).toString('utf8').split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
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
      name: 'a record cut inside a string ends with its line',
      text: '{"a":"cut\n[{"b":2},{"c":3}]\n',
      expected: ['{"a":"cut', '{"b":2}', '{"c":3}'],
    },
    {
      name: 'a record cut between tokens ends where no bracket can stand',
      text: '{"a":{"n":12\n[{"b":2}]\n{"a":1,\n{"b":3}\n',
      expected: ['{"a":{"n":12 ', '{"b":2}', '{"a":1, ', '{"b":3}'],
    },
    {
      name: 'braces in a line of text open no record',
      text: '{"a":1}\nGET /users/{id HTTP\n{"b":2}\n',
      expected: ['{"a":1}', 'GET /users/{id HTTP', '{"b":2}'],
    },
    {
      name: 'objects behind a comma in a line of text open no record',
      text: '{"a":1}\n<30>web: {"n":[{"b":1},{"c":2}]}\n{"d":3}\n',
      expected: ['{"a":1}', '<30>web: {"n":[{"b":1},{"c":2}]}', '{"d":3}'],
    },
    {
      name: 'an element that is no object leaves its neighbours whole',
      text: '[null,{"a":1},7, {"b":2}]',
      expected: ['null,', '{"a":1}', '7, ', '{"b":2}'],
    },
    {
      name: 'nesting beyond all reason is text until the line ends',
      text: `{"a":${'['.repeat(600)}\n{"b":2}\n`,
      expected: [`{"a":${'['.repeat(600)}`, '{"b":2}'],
    },
    {
      name: 'an element that is no JSON does not eat its neighbours',
      text: '[{"a":1},{bad},{"b":2}]',
      expected: ['{"a":1}', '{bad}', '{"b":2}'],
    },
    { name: 'an empty array has no record', text: '[]', expected: [] },
    {
      name: 'a list of records gives its elements, and what stands around it is left out',
      text: '{"version":1,"records":[{"a":1},\n{"records":[{"b":2}]}],"next":{"records":null}}\n{"c":3}',
      expected: ['{"a":1}', '{"records":[{"b":2}]}', '{"c":3}'],
    },
    {
      name: 'a list inside an object is found by its path',
      text: '{"log":{"creator":{"records":"x"},"pages":[{"p":1}],"entries":[{"a":"]}"},{"b":[2]}],"comment":""}}',
      expected: ['{"a":"]}"}', '{"b":[2]}'],
    },
    {
      name: 'a list elsewhere belongs to its record',
      text: '[{"a":{"records":[{"b":1}]},"entries":[{"c":2}]}]',
      expected: ['{"a":{"records":[{"b":1}]},"entries":[{"c":2}]}'],
    },
    {
      name: 'a value with the name of a list is no list',
      text: '{"a":"records","records":"[","hits":{"total":1,"hits":[{"b":1}]}}{"c":3}',
      expected: ['{"b":1}', '{"c":3}'],
    },
    {
      name: 'a list that is cut off keeps its whole records',
      text: '{"records":[{"a":1},{"b":2},{"c":',
      expected: ['{"a":1}', '{"b":2}', '{"c":'],
    },
    {
      name: 'what breaks off behind a list does not eat the next document',
      text: '{"records":[{"a":1}],"next":{"b":\n{"c":3}\n[{"d":4}]',
      expected: ['{"a":1}', '{"d":4}'],
    },
  ];
  it.each(cases)('$name', async ({ text, expected }) => {
    expect(await records(text)).toEqual(expected);
    expect(await records(text, 1)).toEqual(expected);
  });

  it('leaves no newline after a record that the end of the stream cuts off', async () => {
    const output: Buffer[] = [];
    async function* stream(): AsyncGenerator<Buffer> {
      yield Buffer.from('[{"a":1},{"b":');
    }
    for await (const chunk of jsonRecords(stream())) output.push(chunk);
    expect(Buffer.concat(output).toString()).toBe('{"a":1}\n{"b":');
  });

  it('gives out the beginning of a record that is too long, and nothing of what stands in it', async () => {
    const inner = `{"note":"${'x'.repeat(1_100_000)}","inner":{"b":2}}`;
    const lines = await records(`[{"a":1},${inner},{"c":3}]`, 65_536);
    expect(lines.map((line) => line.length)).toEqual([7, 1024 * 1024 + 1, 7]);
  });

  it('loses no further line to a record that is cut off, and one where the cut leaves a value to come', async () => {
    const document = '{"a":{"b":[1,{"c":"d"}],"e":null}}';
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: document.length - 1 }), async (length) => {
        const lines = await records(`${document.slice(0, length)}\n[${document},${document}]\n${document}\n`);
        const awaitsValue = /[:[]$|1,$/.test(document.slice(0, length));
        expect(lines.filter((line) => line === document)).toHaveLength(awaitsValue ? 1 : 3);
      }),
    );
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
    ['{"a":1}\n[{"a":2},{"a":3}]\n', true],
    ['# a note\n\n# another\n{\n  "a": 1', true],
    ['# a note\n{"a":1}\n', false],
    ['{"a":1}{"a":2}', true],
    ['{"a":"}{"}', false],
    ['{"a":"x} {y"}\n{"a":2}\n', false],
    ['{"time":1,"records":[{"a":1}]}\n', true],
    ['{"uri":"/x?y=\\"records\\":[{"}\n', false],
    [`{"a":"${'x'.repeat(64_000)}`, true],
    ['{"a":1}\n[24/Jan/2022:16:51:02 +0000] - 404\n', false],
  ];
  it.each(cases)('%j is %s', (head, expected) => {
    expect(holdsJsonDocuments(Buffer.from(head))).toBe(expected);
  });
});
