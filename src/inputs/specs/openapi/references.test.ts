import { describe, expect, it } from 'vitest';
import { readOpenApi } from './openapi.ts';

interface Case {
  readonly name: string;
  readonly reference: unknown;
  readonly operations?: readonly string[];
  readonly problem?: string;
}

/** The path `/a` refers; `file` is `dir/api.json`. */
const cases: readonly Case[] = [
  { name: 'to a component', reference: '#/components/pathItems/plain', operations: ['GET'] },
  { name: 'to a path, with escapes of JSON Pointer', reference: '#/paths/~1b~1{id}', operations: ['PUT'] },
  { name: 'with percent-encoding', reference: '#/paths/~1b~1%7Bid%7D', operations: ['PUT'] },
  { name: 'to a key with a tilde', reference: '#/components/pathItems/til~0de', operations: ['HEAD'] },
  { name: 'through an array', reference: '#/x-items/1', operations: ['PATCH'] },
  { name: 'over two links', reference: '#/components/pathItems/linked', operations: ['POST', 'GET'] },
  {
    name: 'by the name of the file itself',
    reference: './api.json#/components/pathItems/plain',
    operations: ['GET'],
  },
  {
    name: 'to a path that is not there',
    reference: '#/paths/~1c',
    problem: 'The $ref "#/paths/~1c" leads nowhere',
  },
  {
    name: 'past the end of an array',
    reference: '#/x-items/01',
    problem: 'The $ref "#/x-items/01" leads nowhere',
  },
  { name: 'to an anchor', reference: '#plain', problem: 'The $ref "#plain" leads nowhere' },
  { name: 'with broken percent-encoding', reference: '#/%zz', problem: 'The $ref "#/%zz" leads nowhere' },
  {
    name: 'to a name every object inherits',
    reference: '#/constructor',
    problem: 'The $ref "#/constructor" leads nowhere',
  },
  { name: 'to a text', reference: '#/info/title', problem: 'The $ref "#/info/title" leads to a string' },
  { name: 'that is a number', reference: 1, problem: 'An external $ref is off: "1"' },
  { name: 'that is an object', reference: {}, problem: 'A $ref is a string, not an object' },
  { name: 'to itself', reference: '#/paths/~1a', problem: 'The chain of $ref leads back to itself' },
  {
    name: 'to a circle',
    reference: '#/components/pathItems/circle',
    problem: 'The chain of $ref leads back to itself',
  },
  { name: 'to another file', reference: 'b.json#/a', problem: 'An external $ref is off: "b.json#/a"' },
  {
    name: 'to a file up the tree',
    reference: '../../etc/passwd',
    problem: 'An external $ref is off: "../../etc/passwd"',
  },
  {
    name: 'to a local file',
    reference: 'file:///etc/passwd',
    problem: 'An external $ref is off: "file:///etc/passwd"',
  },
  {
    name: 'to an address',
    reference: 'http://169.254.169.254/',
    problem: 'An external $ref is off: "http://169.254.169.254/"',
  },
];

function read(reference: unknown) {
  const description = {
    openapi: '3.1.0',
    info: { title: 'A', version: '1' },
    paths: { '/a': { $ref: reference }, '/b/{id}': { put: {} } },
    components: {
      pathItems: {
        plain: { get: {} },
        'til~de': { head: {} },
        linked: { $ref: '#/components/pathItems/plain', post: {} },
        circle: { $ref: '#/components/pathItems/back' },
        back: { $ref: '#/components/pathItems/circle' },
      },
    },
    'x-items': [{}, { patch: {} }],
  };
  return readOpenApi('dir/api.json', Buffer.from(JSON.stringify(description, undefined, 1)));
}

describe('a $ref on a path item', () => {
  it.each(cases)('$name', ({ reference, operations = [], problem }) => {
    const document = read(reference);
    const methods = document.operations.filter(({ path }) => path === '/a').map(({ method }) => method);
    expect(methods).toEqual(operations);
    expect(document.problems.map(({ message }) => message)).toEqual(problem === undefined ? [] : [problem]);
  });

  it('has its problem at the place of its value', () => {
    expect(read('b.json').problems).toEqual([
      { file: 'dir/api.json', line: 9, column: 12, message: 'An external $ref is off: "b.json"' },
    ]);
  });

  it('gives way to what stands beside it', () => {
    const text = `openapi: 3.0.0
info: {title: A, version: "1"}
paths:
  /a:
    $ref: "#/paths/~1b"
    x-owner: Beside
    get: {operationId: beside}
  /b:
    x-owner: Behind
    get: {operationId: behind}
    put: {operationId: behind}
`;
    const { operations } = readOpenApi('a.yaml', Buffer.from(text));
    expect(
      operations.map(({ method, path, operationId, owner }) => [method, path, operationId, owner]),
    ).toEqual([
      ['GET', '/a', 'beside', 'Beside'],
      ['PUT', '/a', 'behind', 'Beside'],
      ['GET', '/b', 'behind', 'Behind'],
      ['PUT', '/b', 'behind', 'Behind'],
    ]);
  });

  it('is cut after 100 links', () => {
    const links = Array.from({ length: 200 }, (_, index) => [`p${index}`, { $ref: `#/x/p${index + 1}` }]);
    const description = {
      openapi: '3.1.0',
      info: { title: 'A', version: '1' },
      paths: { '/a': { $ref: '#/x/p0' } },
      x: Object.fromEntries(links),
    };
    const { problems } = readOpenApi('a.json', Buffer.from(JSON.stringify(description)));
    expect(problems.map(({ message }) => message)).toEqual(['The chain of $ref has more than 100 links']);
  });
});

describe('a $ref on an operation', () => {
  it('is followed within the document', () => {
    const text = `openapi: 3.0.0
info: {title: A, version: "1"}
paths:
  /a: {get: {$ref: "#/x-operations/list"}}
x-operations:
  list: {operationId: list, deprecated: true, security: []}
`;
    expect(readOpenApi('a.yaml', Buffer.from(text)).operations).toEqual([
      {
        method: 'GET',
        path: '/a',
        operationId: 'list',
        deprecated: true,
        security: 'none',
        location: { file: 'a.yaml', line: 4 },
      },
    ]);
  });
});
