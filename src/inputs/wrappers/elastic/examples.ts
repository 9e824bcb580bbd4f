import type { WrapperExample } from '../../../model/wrapper.ts';

const wrap = (fields: object) => JSON.stringify(fields);

export const examples: readonly WrapperExample[] = [
  {
    name: 'a hit',
    line: wrap({
      _index: 'logs-1',
      _id: 'a',
      _score: 1,
      _source: { url: { path: '/users' }, 'log.level': 'info' },
    }),
    peeled: ['{"url":{"path":"/users"},"log.level":"info"}'],
  },
  {
    name: 'a hit of fields, each a list',
    line: wrap({
      _index: 'logs-1',
      _id: 'a',
      fields: { 'url.path': ['/users'], tags: ['a', 'b'], 'x.y': 1 },
    }),
    peeled: ['{"url.path":"/users","tags":["a","b"],"x.y":1}'],
  },
  { name: 'an action of a bulk request', line: wrap({ index: { _index: 'logs-1', _id: 'a' } }), peeled: [] },
  { name: 'an action without a name', line: '{"create":{}}', peeled: [] },
  { name: 'an action with routing', line: wrap({ delete: { _index: 'a', routing: 'r' } }), peeled: [] },
  { name: 'the document of a bulk request', line: wrap({ '@timestamp': '2026-01-05', url: { path: '/' } }) },
  { name: 'a document with one key', line: wrap({ index: { name: 'x' } }) },
  { name: 'an update of a document', line: wrap({ update: 'x' }) },
  { name: 'a hit that shows nothing of its document', line: wrap({ _index: 'logs-1', _id: 'a' }) },
];
