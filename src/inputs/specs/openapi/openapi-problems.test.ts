import { describe, expect, it } from 'vitest';
import { readOpenApi } from './openapi.ts';

interface ProblemCase {
  readonly name: string;
  readonly text: string;
  /** `line:column message` */
  readonly problems: readonly string[];
  readonly operations: readonly string[];
}

const HEAD = 'openapi: 3.0.0\ninfo: {title: A, version: "1"}\n';

const problemCases: readonly ProblemCase[] = [
  {
    name: 'missing info and paths',
    text: 'openapi: 3.0.0\n',
    problems: [
      '1:1 "info.title" is missing or no text',
      '1:1 "info.version" is missing or no text',
      '1:1 "paths" is missing',
    ],
    operations: [],
  },
  {
    name: 'paths that are a list',
    text: `${HEAD}paths: [/a]\n`,
    problems: ['3:8 "paths" is an object, not an array'],
    operations: [],
  },
  {
    name: 'path items that are null, a string, an array',
    text: `${HEAD}paths:\n  /a:\n  /b: x\n  /c: []\n  /d: {}\n  /e: {get: {}}\n`,
    problems: [
      '4:3 The path "/a" is an object, not null; it is left out',
      '5:3 The path "/b" is an object, not a string; it is left out',
      '6:3 The path "/c" is an object, not an array; it is left out',
    ],
    operations: ['GET /e'],
  },
  {
    name: 'a path without a slash, with a query, or too long',
    text: `${HEAD}paths:\n  a: {get: {}}\n  /b?c=d: {get: {}}\n  /b: {get: {}, put: {}}\n  /${'x'.repeat(2048)}: {get: {}}\n`,
    problems: [
      '4:3 The path "a" does not start with "/"; it is left out',
      '5:3 The path "/b?c=d" holds a query or fragment; it is read without',
      '7:3 The : indicator must be at most 1024 chars after the start of an implicit block mapping key',
      '7:3 A path has 2049 characters; at most 2048 are read',
    ],
    operations: ['GET /b', 'PUT /b'],
  },
  {
    name: 'operations that are no objects, unknown fields, upper-case methods and repeated methods',
    text: `${HEAD}paths:\n  /a:\n    get:\n    POST: {}\n    post: {}\n    gett: {}\n    x-get: {}\n`,
    problems: [
      '5:5 The operation "get" is an object, not null; it is left out',
      '6:5 "POST" is written in lower case; it is read',
      '7:5 The method "post" stands twice; the first one counts',
      '8:5 "gett" is no field of a path',
    ],
    operations: ['POST /a'],
  },
  {
    name: 'methods of a later edition',
    text: 'swagger: 2.0\ninfo: {title: A, version: "1"}\npaths:\n  /a:\n    trace: {}\n    query: {}\n    additionalOperations: {x-y: {}, COPY: {}, "B D": {}, trace: {}}\n',
    problems: [
      '5:5 "trace" came with OpenAPI 3.0; it is read',
      '6:5 "query" came with OpenAPI 3.2; it is read',
      '7:5 "additionalOperations" came with OpenAPI 3.2; it is read',
      '7:47 "B D" is no HTTP method; it is left out',
      '7:58 The method "trace" stands twice; the first one counts',
    ],
    operations: ['TRACE /a', 'QUERY /a', 'COPY /a'],
  },
  {
    name: 'additionalOperations that are a list',
    text: 'openapi: 3.2.0\ninfo: {title: A, version: "1"}\npaths: {/a: {additionalOperations: [COPY]}}\n',
    problems: ['3:14 "additionalOperations" is an object, not an array'],
    operations: [],
  },
  {
    name: 'deprecated that is no boolean',
    text: `${HEAD}paths: {/a: {get: {deprecated: "yes"}}}\n`,
    problems: ['3:32 "deprecated" is true or false, not a string'],
    operations: ['GET /a'],
  },
  {
    name: 'a newer edition, read as the newest known',
    text: 'openapi: 3.3.0\ninfo: {title: A, version: "1"}\npaths: {/a: {query: {}}}\n',
    problems: ['1:10 The edition "3.3.0" is newer than 3.2; it is read as that'],
    operations: ['QUERY /a'],
  },
];

describe('problems that leave the rest readable', () => {
  it.each(problemCases)('are named with their place: $name', ({ text, problems, operations }) => {
    const document = readOpenApi('api', Buffer.from(text));
    expect(document.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual(
      problems,
    );
    expect(document.operations.map(({ method, path }) => `${method} ${path}`)).toEqual(operations);
  });

  it('take a text in place of true as deprecated', () => {
    const text = `${HEAD}paths: {/a: {get: {deprecated: "True"}}}\n`;
    expect(readOpenApi('api', Buffer.from(text)).operations[0]?.deprecated).toBe(true);
  });
});
