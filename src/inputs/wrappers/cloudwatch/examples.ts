import { gzipSync } from 'node:zlib';
import type { WrapperExample } from '../../../model/wrapper.ts';

const envelope = (changes: object) =>
  JSON.stringify({
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: '/aws/api',
    logStream: 'a1',
    subscriptionFilters: ['to-stance'],
    logEvents: [
      { id: '1', timestamp: 1767607200250, message: '{"httpMethod":"GET","status":"200"}\n' },
      { id: '2', timestamp: 1767607200251, message: '203.0.113.7 - - "GET / HTTP/1.1" 200' },
    ],
    ...changes,
  });
const inside = ['{"httpMethod":"GET","status":"200"}', '203.0.113.7 - - "GET / HTTP/1.1" 200'];
const forFunction = (data: string) => JSON.stringify({ awslogs: { data } });
const packed = gzipSync(envelope({})).toString('base64');

export const examples: readonly WrapperExample[] = [
  { name: 'an envelope of a subscription', line: envelope({}), peeled: inside },
  {
    name: 'an event that is a JSON document over several lines',
    line: envelope({ logEvents: [{ id: '1', timestamp: 1767607200250, message: '{\n  "a": 1\n}' }] }),
    peeled: ['{   "a": 1 }'],
  },
  { name: 'an envelope without events', line: envelope({ logEvents: [] }), peeled: [] },
  {
    name: 'an event without a text',
    line: envelope({ logEvents: [{ id: '1', timestamp: 1 }] }),
    peeled: ['{"id":"1","timestamp":1}'],
  },
  {
    name: 'the message that asks whether anybody listens',
    line: envelope({
      messageType: 'CONTROL_MESSAGE',
      logEvents: [{ id: '', timestamp: 1767607200000, message: 'CWL CONTROL MESSAGE: Checking health' }],
    }),
    peeled: ['\u0001control_message'],
  },
  { name: 'what a function is called with', line: forFunction(packed), peeled: [envelope({})] },
  {
    name: 'what a function is called with, gzip cut off',
    line: forFunction(packed.slice(0, 100)),
    peeled: ['\u0001damaged_payload'],
  },
  {
    name: 'what a function is called with, base64 cut off',
    line: forFunction(packed.slice(0, 101)),
    peeled: ['\u0001damaged_payload'],
  },
  {
    name: 'an answer of filter-log-events',
    line: JSON.stringify({
      events: [
        { logStreamName: 'a1', timestamp: 1767607200250, message: inside[0], ingestionTime: 1, eventId: '1' },
      ],
      searchedLogStreams: [],
    }),
    peeled: [inside[0] ?? ''],
  },
  {
    name: 'an answer of get-log-events without events',
    line: '{"events":[],"nextForwardToken":"f/1","nextBackwardToken":"b/1"}',
    peeled: [],
  },
  { name: 'events of somebody else', line: '{"events":[{"message":"x","timestamp":1}],"traceId":"a"}' },
  { name: 'a message of somebody else', line: '{"messageType":"REQUEST","logEvents":"none"}' },
];
