import { describe, expect, it } from 'vitest';
import { readOpenApi } from './openapi.ts';
import { MAX_OPERATIONS } from './operations.ts';
import { MAX_PROBLEMS } from './spec-problems.ts';
import { MAX_SPEC_BYTES } from './spec-text.ts';
import { MAX_DEPTH } from './spec-tree.ts';

const HEAD = 'openapi: 3.1.0\ninfo: {title: A, version: "1"}\n';
const utf8 = (text: string) => new TextEncoder().encode(text);

/** Ten levels of ten aliases each: ten thousand million values. */
const BOMB = Array.from({ length: 10 }, (_, level) => {
  const values = Array(10).fill(level === 0 ? 'x' : `*a${level - 1}`);
  return `a${level}: &a${level} [${values.join(', ')}]\n`;
}).join('');
const MERGE_BOMB = Array.from({ length: 30 }, (_, level) =>
  level === 0
    ? 'a0: &a0 {x: 1}\n'
    : `a${level}: &a${level} {k${level}: *a${level - 1}, <<: [*a${level - 1}, *a${level - 1}]}\n`,
).join('');

interface Refused {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly message: string;
  readonly place?: string;
}

const refused: readonly Refused[] = [
  { name: 'an empty file', bytes: utf8(''), message: 'The file is empty' },
  { name: 'white space', bytes: utf8(' \n\n'), message: 'The file is empty' },
  { name: 'a comment', bytes: utf8('# x\n'), message: 'Not an OpenAPI document: it is null, not an object' },
  { name: 'a number', bytes: utf8('42'), message: 'Not an OpenAPI document: it is a number, not an object' },
  { name: 'a text', bytes: utf8('hello'), message: 'Not an OpenAPI document: it is a string, not an object' },
  {
    name: 'a YAML list',
    bytes: utf8('- a\n- b\n'),
    message: 'Not an OpenAPI document: it is an array, not an object',
  },
  {
    name: 'a JSON list',
    bytes: utf8('[1]'),
    message: 'Not an OpenAPI document: it is an array, not an object',
  },
  {
    name: 'another object',
    bytes: utf8('{"asyncapi": "3.0.0"}'),
    message: 'Not an OpenAPI document: neither "openapi" nor "swagger" stands in it',
  },
  {
    name: 'inherited names',
    bytes: utf8('{"__proto__": {"openapi": "3.0.0"}}'),
    message: 'Not an OpenAPI document: neither "openapi" nor "swagger" stands in it',
  },
  {
    name: 'Swagger 1.2',
    bytes: utf8('{"swagger": "1.2"}'),
    message: 'The edition "1.2" is not one of 2.0, 3.0, 3.1, 3.2',
    place: '1:13',
  },
  {
    name: 'an edition that is none',
    bytes: utf8('\nopenapi: {}'),
    message: 'The edition "" is not one of 2.0, 3.0, 3.1, 3.2',
    place: '2:10',
  },
  {
    name: 'UTF-16, little end first',
    bytes: Buffer.from('\uFEFF{}', 'utf16le'),
    message: 'The file is UTF-16 or UTF-32 text; OpenAPI documents are read as UTF-8',
  },
  {
    name: 'UTF-16, big end first',
    bytes: Buffer.from('\uFEFF{}', 'utf16le').swap16(),
    message: 'The file is UTF-16 or UTF-32 text; OpenAPI documents are read as UTF-8',
  },
  {
    name: 'UTF-16 without a mark',
    bytes: Buffer.from('{}', 'utf16le'),
    message: 'The file is UTF-16 or UTF-32 text; OpenAPI documents are read as UTF-8',
  },
  {
    name: 'a file one byte too large',
    bytes: new Uint8Array(MAX_SPEC_BYTES + 1),
    message: 'The file has 33554433 bytes; at most 33554432 are read',
  },
  {
    name: 'JSON that ends early',
    bytes: utf8('{"openapi": "3.0.0",\n"paths": {"/a"'),
    message: 'Not JSON: the file ends where ":" is expected',
    place: '2:15',
  },
  {
    name: 'broken YAML',
    bytes: utf8(`${HEAD}paths: [\n`),
    message: 'Not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    place: '4:1',
  },
  {
    name: 'an alias bomb',
    bytes: utf8(HEAD + BOMB),
    message: 'Aliases expand to more than 5000000 values',
    place: '9:25',
  },
  {
    name: 'a merge bomb',
    bytes: utf8(HEAD + MERGE_BOMB),
    message: 'Aliases expand to more than 5000000 values',
    place: '16:17',
  },
  {
    name: 'JSON nested 2,000 levels',
    bytes: utf8(`{"openapi": "3.1.0", "x": ${'['.repeat(2000)}${']'.repeat(2000)}}`),
    message: `Values are nested deeper than ${MAX_DEPTH} levels`,
    place: '1:283',
  },
  {
    name: 'YAML brackets nested 2,000 levels',
    bytes: utf8(`${HEAD}x: ${'['.repeat(2000)}${']'.repeat(2000)}\n`),
    message: `Values are nested deeper than ${MAX_DEPTH} levels`,
    place: '3:259',
  },
  {
    name: 'YAML lines nested 2,000 levels',
    bytes: utf8(HEAD + Array.from({ length: 2000 }, (_, level) => `${' '.repeat(level)}a:\n`).join('')),
    message: `Values are nested deeper than ${MAX_DEPTH} levels`,
    place: '258:257',
  },
];

/** Texts in which every character is a flaw of its own: only the first is kept. */
const flawed = [
  { name: 'commas', text: `${HEAD}x: [${','.repeat(50_000)}]\n`, place: '3:6' },
  { name: 'closing brackets', text: `${HEAD}x: ${']'.repeat(50_000)}\n`, place: '3:4' },
  { name: 'anchors', text: `${HEAD}x: ${'&a '.repeat(50_000)}\n`, place: '3:7' },
  { name: 'directives', text: `${'%\n'.repeat(30_000)}`, place: '30001:1' },
  { name: 'ends of documents', text: `${'...\n'.repeat(50_000)}`, place: '1:1' },
];

describe('readOpenApi stops early', () => {
  it.each(flawed)('at $name', ({ text, place }) => {
    const [line, column] = place.split(':').map(Number);
    const started = performance.now();
    expect(() => readOpenApi('a', utf8(text))).toThrow(
      expect.objectContaining({ code: 'SPEC_UNREADABLE', place: { file: 'a', line, column } }),
    );
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('readOpenApi refuses', () => {
  it.each(refused)('$name', ({ bytes, message, place = '1:1' }) => {
    const [line, column] = place.split(':').map(Number);
    const started = performance.now();
    expect(() => readOpenApi('a', bytes)).toThrow(
      expect.objectContaining({ code: 'SPEC_UNREADABLE', message, place: { file: 'a', line, column } }),
    );
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('readOpenApi gets through', () => {
  const read = (text: string) => readOpenApi('a', utf8(text));

  it('a byte order mark, with columns that do not count it', () => {
    const { operations, problems } = read('\uFEFF{"openapi":"3.1.0","paths":{"/a":{"get":{}}}}');
    expect(operations).toHaveLength(1);
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('bytes that are not UTF-8', () => {
    const bytes = Buffer.concat([
      utf8(HEAD),
      utf8('paths:\n  /caf'),
      Buffer.from([0xe9]),
      utf8(': {get: {}}\n'),
    ]);
    const { operations, problems } = readOpenApi('a', bytes);
    expect(operations.map(({ path }) => path)).toEqual(['/caf\ufffd']);
    expect(problems).toEqual([
      {
        file: 'a',
        line: 4,
        column: 7,
        message: 'The text is not valid UTF-8, or holds the mark of text that was not',
      },
    ]);
  });

  it('almost JSON, with a problem where it breaks', () => {
    const { operations, problems } = read(
      '{"openapi": "3.1.0",\n# why not\n"info": {"title": "A", "version": "1"},\n"paths": {"/a": {"get": {},}}}',
    );
    expect(operations).toHaveLength(1);
    expect(problems).toEqual([
      {
        file: 'a',
        line: 2,
        column: 1,
        message: 'Not JSON: "#" stands where a key in double quotes is expected; it is read as YAML',
      },
    ]);
  });

  it('keys that objects inherit, without touching any prototype', () => {
    const json = `{"openapi":"3.1.0","info":{"title":"A","version":"1"},"__proto__":{"polluted":1},"paths":{
      "/__proto__":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"get":{"__proto__":{"deprecated":true}}},
      "/constructor":{"toString":{},"post":{}}}}`;
    const { operations, problems } = read(json);
    expect(operations.map(({ method, path, deprecated }) => [method, path, deprecated])).toEqual([
      ['GET', '/__proto__', false],
      ['POST', '/constructor', false],
    ]);
    expect(problems.map(({ message }) => message)).toEqual([
      '"__proto__" is no field of a path',
      '"constructor" is no field of a path',
      '"toString" is no field of a path',
    ]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('an anchor that holds itself, as a path item', () => {
    const { operations } = read(`${HEAD}paths:\n  /a: &a\n    get: {}\n    x-self: *a\n  /b: *a\n`);
    expect(operations.map(({ path, location }) => [path, location.line])).toEqual([
      ['/a', 5],
      ['/b', 5],
    ]);
  });

  it.each(['json', 'yaml'])('20,000 paths in %s', (syntax) => {
    const paths = Array.from(
      { length: 20_000 },
      (_, index) => `"/p${index}/{id}": {"get": {"security": [{"a": []}]}}`,
    );
    const json = `{"openapi": "3.1.0",\n"info": {"title": "A", "version": "1"},\n"paths": {\n${paths.join(',\n')}}}`;
    const yaml = `${HEAD}paths:\n${paths.map((path) => `  ${path}\n`).join('')}`;
    const { operations, problems } = read(syntax === 'json' ? json : yaml);
    expect([operations.length, problems.length]).toEqual([20_000, 0]);
    expect(operations.at(-1)).toEqual({
      method: 'GET',
      path: '/p19999/{id}',
      deprecated: false,
      security: 'required',
      location: { file: 'a', line: 20_003 },
    });
  });

  it('more operations than it keeps', () => {
    const paths = Array.from({ length: MAX_OPERATIONS / 2 + 1 }, (_, index) => `"/${index}":{"$ref":"#/x"}`);
    const { operations, problems } = read(
      `{"openapi":"3.1.0","info":{"title":"A","version":"1"},"x":{"get":{},"put":{}},\n"paths":{${paths.join(',')}}}`,
    );
    expect(operations).toHaveLength(MAX_OPERATIONS);
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [2, 'Only the first 100000 operations are read'],
    ]);
  });

  it('more problems than it keeps', () => {
    const paths = Array.from({ length: MAX_PROBLEMS + 50 }, (_, index) => `  p${index}: {}\n`);
    const { problems } = read(`${HEAD}paths:\n${paths.join('')}`);
    expect(problems).toHaveLength(MAX_PROBLEMS + 1);
    expect(problems.at(-1)?.message).toBe('50 more problems are not listed');
  });

  it('one long list of servers and requirements used by every path', () => {
    const servers = Array.from({ length: 5000 }, (_, index) => `{url: "/${index}"}`).join(', ');
    const security = Array(5000).fill('{a: []}').join(', ');
    const paths = Array.from({ length: 1000 }, (_, index) => `  /${index}: *item\n`).join('');
    const item = `x-item: &item {servers: [${servers}], get: {security: [${security}]}}\n`;
    const started = performance.now();
    expect(() => read(`${HEAD}${item}paths:\n${paths}`)).toThrow('Aliases expand');
    const { operations } = read(`${HEAD}${item}paths:\n${paths.replaceAll('*item', '{$ref: "#/x-item"}')}`);
    expect([operations.length, operations[0]?.servers?.length, operations[0]?.security]).toEqual([
      1000,
      100,
      'required',
    ]);
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
