import { describe, expect, it } from 'vitest';
import { readOpenApi } from './openapi.ts';

function read(levels: { operation?: object; item?: object; root?: object; info?: object }) {
  const description = {
    openapi: '3.1.0',
    info: { title: 'A', version: '1', ...levels.info },
    ...levels.root,
    paths: { '/a': { ...levels.item, get: { ...levels.operation } } },
  };
  const { owner, sunset, operations, problems } = readOpenApi(
    'a.json',
    Buffer.from(JSON.stringify(description)),
  );
  const [operation] = operations;
  return {
    document: { owner, sunset },
    operation: { owner: operation?.owner, sunset: operation?.sunset },
    problems: problems.map(({ message }) => message),
  };
}

const owners = [
  { name: 'nobody', levels: {}, document: undefined, operation: undefined },
  {
    name: 'the contact',
    levels: { info: { contact: { name: ' Desk ' } } },
    document: 'Desk',
    operation: 'Desk',
  },
  {
    name: 'info before the contact',
    levels: { info: { 'x-owner': 'Info', contact: { name: 'Desk' } } },
    document: 'Info',
    operation: 'Info',
  },
  {
    name: 'the document before info',
    levels: { root: { 'x-team': 'Root' }, info: { 'x-owner': 'Info' } },
    document: 'Root',
    operation: 'Root',
  },
  {
    name: 'the path item before the document',
    levels: { item: { 'x-service-owner': 'Item' }, root: { 'x-owner': 'Root' } },
    document: 'Root',
    operation: 'Item',
  },
  {
    name: 'the operation before the path item',
    levels: { operation: { 'x-api-owner': 'Own' }, item: { 'x-owner': 'Item' } },
    document: undefined,
    operation: 'Own',
  },
  {
    name: 'x-owner before x-team',
    levels: { root: { 'x-team': 'Team', 'x-owner': 'Owner' } },
    document: 'Owner',
    operation: 'Owner',
  },
  {
    name: 'an object by name',
    levels: { root: { 'x-owner': { email: 'e@example.com', team: 'T', name: 'N' } } },
    document: 'N',
    operation: 'N',
  },
  {
    name: 'an object by e-mail',
    levels: { root: { 'x-owner': { name: '', email: 'e@example.com' } } },
    document: 'e@example.com',
    operation: 'e@example.com',
  },
] as const;

describe('owner', () => {
  it.each(owners)('is $name', ({ levels, document, operation }) => {
    const result = read(levels);
    expect([result.document.owner, result.operation.owner, result.problems]).toEqual([
      document,
      operation,
      [],
    ]);
  });

  it('is looked for further when a field names nobody', () => {
    const result = read({
      operation: { 'x-owner': ['a'] },
      item: { 'x-owner': {} },
      root: { 'x-owner': 'Root' },
    });
    const flaw = '"x-owner" names nobody: a text, or an object with name, team or email';
    expect([result.operation.owner, result.problems]).toEqual(['Root', [flaw, flaw]]);
  });
});

const dates = [
  { text: '2027-02-28', valid: true },
  { text: '2028-02-29', valid: true },
  { text: '2027-02-29', valid: false },
  { text: '2027-13-01', valid: false },
  { text: '2027-1-1', valid: false },
  { text: '2027-01-01T00:00:00Z', valid: true },
  { text: '2027-01-01t23:59:59.25+05:30', valid: true },
  { text: '2027-01-01T24:00:00Z', valid: false },
  { text: '2027-01-01T00:00:00', valid: false },
  { text: '2027-01-01 00:00:00Z', valid: false },
  { text: 'Sat, 31 Dec 2027 23:59:59 GMT', valid: false },
  { text: 'Q3', valid: false },
  { text: '', valid: false },
] as const;

describe('sunset', () => {
  it.each(dates)('given as "$text" is a date: $valid', ({ text, valid }) => {
    const result = read({ operation: { 'x-sunset': text } });
    const problems = valid ? [] : ['"x-sunset" is a date or date-time of RFC 3339'];
    expect([result.operation.sunset, result.problems]).toEqual([valid ? text : undefined, problems]);
  });

  it('is the most specific one, under any of its names', () => {
    const levels = {
      operation: { sunset: '2027-01-01' },
      item: { 'x-sunset-date': '2028-01-01' },
      root: { 'x-sunset': '2029-01-01' },
    };
    expect(read(levels)).toEqual({
      document: { owner: undefined, sunset: '2029-01-01' },
      operation: { owner: undefined, sunset: '2027-01-01' },
      problems: [],
    });
    expect(read({ item: levels.item, root: levels.root }).operation.sunset).toBe('2028-01-01');
  });

  it('is not read from an array', () => {
    expect(read({ root: { sunset: ['2027-01-01'] } }).problems).toEqual([
      '"sunset" is a date or date-time of RFC 3339, not an array',
    ]);
  });
});
