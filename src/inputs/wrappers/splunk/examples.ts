import type { WrapperExample } from '../../../model/wrapper.ts';

const ACCESS = '203.0.113.7 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 12';
const wrap = (fields: object) => JSON.stringify(fields);
const result = { _time: '2026-01-05T10:00:00.000+00:00', _raw: ACCESS, sourcetype: 'access_combined' };

export const examples: readonly WrapperExample[] = [
  { name: 'a line of an export', line: wrap({ preview: false, offset: 0, result }), peeled: [ACCESS] },
  {
    name: 'the last line of an export, a JSON event',
    line: wrap({ preview: false, offset: 1, lastrow: true, result: { ...result, _raw: '{\n"a":1\n}' } }),
    peeled: ['{ "a":1 }'],
  },
  {
    name: 'a result that a later one replaces',
    line: wrap({ preview: true, offset: 0, result }),
    peeled: ['\u0001preview_result'],
  },
  { name: 'the end of an export without results', line: '{"preview":false,"lastrow":true}', peeled: [] },
  { name: 'an element of results, or a row of a CSV file', line: wrap(result), peeled: [ACCESS] },
  {
    name: 'an event for the collector that is a text',
    line: wrap({ time: '1767607200.250', host: 'lb-1', sourcetype: 'access_combined', event: ACCESS }),
    peeled: [ACCESS],
  },
  {
    name: 'an event for the collector that is an object',
    line: wrap({ time: 1767607200.25, source: 'kong', event: { method: 'GET', n: 1.5 }, fields: { a: 'b' } }),
    peeled: ['{"method":"GET","n":1.5}'],
  },
  {
    name: 'a result of extracted fields',
    line: wrap({
      preview: false,
      offset: 0,
      result: { clientip: '203.0.113.7', method: 'GET', status: '200' },
    }),
  },
  { name: 'an event of somebody else', line: wrap({ event: { kind: 'event' }, '@timestamp': '2026-01-05' }) },
  { name: 'a word named event', line: wrap({ event: 'started' }) },
  { name: 'a list of events', line: wrap({ time: 1, event: [1] }) },
  { name: 'a raw text of somebody else', line: wrap({ _raw: 'x' }) },
];
