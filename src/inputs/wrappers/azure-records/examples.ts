import type { WrapperExample } from '../../../model/wrapper.ts';

const RECORD = '{"time":"2026-01-05T10:00:00Z","category":"GatewayLogs","properties":{"method":"GET"}}';
const OLDER = '{"time":"2026-01-05T10:00:01Z","resourceId":"/SUBSCRIPTIONS/0"}';

export const examples: readonly WrapperExample[] = [
  { name: 'a list of records', line: `{"records":[${RECORD},${OLDER}]}`, peeled: [RECORD, OLDER] },
  { name: 'an empty list', line: '{"records": []}', peeled: [] },
  { name: 'records of somebody else', line: '{"records":[{"value":1}]}' },
  { name: 'a record that is no object', line: `{"records":[${RECORD},7]}` },
  { name: 'a number of records', line: '{"records":2}' },
];
