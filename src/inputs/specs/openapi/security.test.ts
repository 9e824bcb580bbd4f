import { describe, expect, it } from 'vitest';
import { readOpenApi } from './openapi.ts';

const cases = [
  { name: 'nothing said anywhere', document: undefined, operation: undefined, expected: 'unstated' },
  { name: 'only the document demands', document: [{ key: [] }], operation: undefined, expected: 'required' },
  { name: 'only the operation demands', document: undefined, operation: [{ key: [] }], expected: 'required' },
  { name: 'the operation removes it', document: [{ key: [] }], operation: [], expected: 'none' },
  { name: 'the document asks for none', document: [], operation: undefined, expected: 'none' },
  { name: 'the operation overrides none', document: [], operation: [{ a: [], b: [] }], expected: 'required' },
  {
    name: 'an empty alternative comes last',
    document: undefined,
    operation: [{ key: [] }, {}],
    expected: 'optional',
  },
  {
    name: 'an empty alternative comes first',
    document: [{}, { key: [] }],
    operation: undefined,
    expected: 'optional',
  },
  { name: 'only an empty alternative', document: undefined, operation: [{}], expected: 'optional' },
] as const;

const flawed = [
  {
    name: 'null',
    security: null,
    expected: 'unstated',
    problem: '"security" is an array, not null; it says nothing',
  },
  {
    name: 'an object',
    security: { a: [] },
    expected: 'unstated',
    problem: '"security" is an array, not an object; it says nothing',
  },
  {
    name: 'a list of names',
    security: ['a'],
    expected: 'unstated',
    problem: 'A security requirement is an object, not a string',
  },
  {
    name: 'a name beside an object',
    security: ['a', { a: [] }],
    expected: 'required',
    problem: 'A security requirement is an object, not a string',
  },
] as const;

function read(document: unknown, operation: unknown) {
  const description = {
    openapi: '3.0.0',
    info: { title: 'A', version: '1' },
    security: document,
    paths: { '/a': { get: { security: operation } } },
  };
  const { operations, problems } = readOpenApi('api.json', Buffer.from(JSON.stringify(description)));
  return { security: operations[0]?.security, problems: problems.map(({ message }) => message) };
}

describe('security', () => {
  it.each(cases)('is $expected when $name', ({ document, operation, expected }) => {
    expect(read(document, operation)).toEqual({ security: expected, problems: [] });
  });

  it.each(flawed)(
    'is $expected, with a problem, when written as $name',
    ({ security, expected, problem }) => {
      expect(read([], security)).toEqual({ security: expected, problems: [problem] });
    },
  );
});
