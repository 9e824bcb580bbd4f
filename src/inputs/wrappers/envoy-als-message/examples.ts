import type { WrapperExample } from '../../../model/wrapper.ts';

const first =
  '{"commonProperties":{"startTime":"2026-01-05T10:00:00Z"},"request":{"requestMethod":"GET","path":"/users/7"},"response":{"responseCode":200}}';
const second =
  '{"commonProperties":{"startTime":"2026-01-05T10:00:01Z"},"request":{"requestMethod":"GET","path":"/caf\u00e9"},"response":{"responseBodyBytes":"9007199254740993"}}';
const connection =
  '{"commonProperties":{"startTime":"2026-01-05T10:00:02Z"},"connectionProperties":{"receivedBytes":"311"}}';

export const examples: readonly WrapperExample[] = [
  {
    name: 'the first message of a stream says who sends it',
    line: `{"identifier":{"node":{"id":"router~10.8.0.2~edge.shop~cluster.local"},"logName":"als"},"httpLogs":{"logEntry":[${first}]}}`,
    peeled: [first],
  },
  {
    name: 'several entries',
    line: `{"httpLogs":{"logEntry":[${first},${second}]}}`,
    peeled: [first, second],
  },
  {
    name: 'connections',
    line: `{"tcpLogs":{"logEntry":[${connection}]}}`,
    peeled: [connection],
  },
  { name: 'a message without entries', line: '{"httpLogs":{}}', peeled: [] },
  { name: 'an entry alone', line: first },
  { name: 'a message that is cut', line: `{"httpLogs":{"logEntry":[${first}` },
  { name: 'a value that only looks like it', line: '{"message":"httpLogs","list":"\\"httpLogs\\""}' },
];
