import type { WrapperExample } from '../../../model/wrapper.ts';

const ACCESS = '203.0.113.7 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 12';
const NO_HTTP = String.raw`203.0.113.7 - - [05/Jan/2026:10:00:00 +0000] "\x16\x03\x01" 400 0`;
const JSON_LINE = '{"method":"GET","status":200}';
const wrap = (fields: object) => JSON.stringify(fields);
const agent = {
  '@timestamp': '2026-01-05T10:00:00.250Z',
  host: { name: 'lb-1' },
  agent: { type: 'filebeat' },
};
const journal = { __REALTIME_TIMESTAMP: '1767607200250000', _SYSTEMD_UNIT: 'nginx.service' };
const logEntry = { insertId: 'a', logName: 'projects/shop/logs/stdout', severity: 'INFO' };

export const examples: readonly WrapperExample[] = [
  { name: 'an access log line', line: wrap({ ...agent, message: ACCESS }), peeled: [ACCESS] },
  {
    name: 'a line about a request that was no HTTP',
    line: wrap({ ...agent, message: NO_HTTP }),
    peeled: [NO_HTTP],
  },
  {
    name: 'a JSON line, by an agent with a status of its own',
    line: wrap({ ddsource: 'kong', status: 'info', message: JSON_LINE }),
    peeled: [JSON_LINE],
  },
  {
    name: 'the original beside what was made of it',
    line: wrap({ ...agent, event: { original: ACCESS, kind: 'event' }, message: 'GET /users/7 answered' }),
    peeled: [ACCESS],
  },
  { name: 'the original, dotted', line: wrap({ ...agent, 'event.original': ACCESS }), peeled: [ACCESS] },
  {
    name: 'the original of a log',
    line: wrap({ log: { original: ACCESS, file: { path: '/a' } } }),
    peeled: [ACCESS],
  },
  { name: 'the original of a log, dotted', line: wrap({ 'log.original': JSON_LINE }), peeled: [JSON_LINE] },
  {
    name: 'a line that is wrapped in turn',
    line: wrap({ ...agent, message: `Jan  5 10:00:00 lb-1 nginx: ready` }),
    peeled: ['Jan  5 10:00:00 lb-1 nginx: ready'],
  },
  { name: 'an entry of the journal', line: wrap({ ...journal, MESSAGE: 'ready' }), peeled: ['ready'] },
  {
    name: 'an entry of the journal as bytes',
    line: wrap({ ...journal, MESSAGE: [71, 69, 84, 32, 47] }),
    peeled: ['GET /'],
  },
  { name: 'a text of Cloud Logging', line: wrap({ ...logEntry, textPayload: ACCESS }), peeled: [ACCESS] },
  { name: 'a message for people', line: wrap({ ...agent, message: 'connection reset by peer' }) },
  { name: 'a text for people', line: wrap({ ...logEntry, textPayload: 'ready' }) },
  {
    name: 'an exchange that tells itself in words too',
    line: wrap({ ...agent, http: { request: { method: 'GET' } }, message: ACCESS }),
  },
  { name: 'an exchange with a status', line: wrap({ message: ACCESS, status: 200, path: '/users/7' }) },
  {
    name: 'an exchange of Cloud Logging',
    line: wrap({ ...logEntry, httpRequest: { requestMethod: 'GET' }, textPayload: ACCESS }),
  },
  { name: 'an exchange of OCSF', line: wrap({ class_uid: 4002, message: ACCESS }) },
  { name: 'a message from a container', line: wrap({ container_id: 'a', message: 'ready' }) },
];
