import type { WrapperExample } from '../../../model/wrapper.ts';

const ACCESS = '203.0.113.7 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 12';
const TIME = '2026-01-05T10:00:00.123456789Z';
const long = (length: number) => 'x'.repeat(length);

const wrap = (fields: object) => JSON.stringify(fields);

export const examples: readonly WrapperExample[] = [
  {
    name: 'a line of stdout',
    line: wrap({ log: `${ACCESS}\n`, stream: 'stdout', time: TIME }),
    peeled: [ACCESS],
  },
  {
    name: 'a JSON line with labels of the container',
    line: wrap({ log: '{"method":"GET"}\n', stream: 'stderr', attrs: { app: 'web' }, time: TIME }),
    peeled: ['{"method":"GET"}'],
  },
  {
    name: 'an empty line',
    line: wrap({ log: '\n', stream: 'stdout', time: TIME }),
    peeled: [''],
  },
  {
    name: 'the last words of a process, without line end',
    line: wrap({ log: 'bye', stream: 'stdout', time: TIME }),
    peeled: ['bye'],
  },
  {
    name: 'a piece of a long line',
    line: wrap({ log: long(16_384), stream: 'stdout', time: TIME }),
    peeled: [long(16_384)],
  },
  {
    name: 'the fluentd driver',
    line: wrap({ container_id: '5790672ab6a0', container_name: '/web', source: 'stdout', log: ACCESS }),
    peeled: [ACCESS],
  },
  {
    name: 'a piece of the fluentd driver',
    line: wrap({
      container_id: '5790672ab6a0',
      container_name: '/web',
      source: 'stdout',
      log: 'first half',
      partial_message: 'true',
      partial_id: 'a1',
      partial_ordinal: '1',
      partial_last: 'false',
    }),
    peeled: ['first half'],
  },
  {
    name: 'Fluent Bit with what it knows of the pod',
    line: wrap({ stream: 'stdout', logtag: 'F', log: ACCESS, kubernetes: { pod_name: 'web-1' } }),
    peeled: [ACCESS],
  },
  {
    name: 'Vector with a message and a container',
    line: wrap({ container_name: 'web', message: ACCESS, source_type: 'docker', stream: 'stdout' }),
    peeled: [ACCESS],
  },
  {
    name: 'the GELF driver',
    line: wrap({
      version: '1.1',
      host: 'node-1',
      short_message: ACCESS,
      timestamp: 1767607200.123,
      level: 6,
      _container_id: '5790672ab6a0',
      _container_name: 'web',
      _image_name: 'web:1',
    }),
    peeled: [ACCESS],
  },
  { name: 'a message for people', line: wrap({ container_name: 'web', message: 'ready' }) },
  { name: 'a record that has a log of its own', line: wrap({ log: 'started', level: 'info' }) },
  {
    name: 'an exchange from a container',
    line: wrap({ container_name: 'web', message: ACCESS, request_method: 'GET', status: 200 }),
  },
];
