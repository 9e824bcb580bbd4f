import { gzipSync } from 'node:zlib';
import type { WrapperExample } from '../../../model/wrapper.ts';

const LINES = ['{"method":"GET","status":200}', '203.0.113.7 - - "GET / HTTP/1.1" 200'];
const TEXT = `${LINES.join('\n')}\n`;
const base64 = (content: string | Buffer) => Buffer.from(content as Buffer).toString('base64');
const packed = base64(gzipSync(TEXT));
const ENVELOPES = ['{"messageType":"DATA_MESSAGE","logEvents":[]}', '{"messageType":"CONTROL_MESSAGE"}'];

const stream = (...data: readonly string[]) =>
  JSON.stringify({
    Records: data.map((one, index) => ({
      kinesis: { partitionKey: 'a', sequenceNumber: String(index), data: one },
      eventSource: 'aws:kinesis',
      awsRegion: 'eu-west-1',
    })),
  });
const firehose = (data: string) =>
  JSON.stringify({ recordId: '4966', data, approximateArrivalTimestamp: 1767607200250 });

export const examples: readonly WrapperExample[] = [
  {
    name: 'an event of a stream with plain, packed and damaged records',
    line: stream(base64(TEXT), packed, packed.slice(0, 40)),
    peeled: [...LINES, ...LINES, '\u0001damaged_payload'],
  },
  {
    name: 'a request of Firehose',
    line: JSON.stringify({
      requestId: 'ed4a',
      timestamp: 1767607200250,
      records: [{ data: base64(LINES[0] ?? '') }, { data: packed }],
    }),
    peeled: [LINES[0] ?? '', ...LINES],
  },
  { name: 'a record of Firehose', line: firehose(base64(TEXT)), peeled: LINES },
  {
    name: 'a record with packed envelopes behind each other',
    line: firehose(base64(gzipSync(ENVELOPES.join('')))),
    peeled: ENVELOPES,
  },
  { name: 'a record without an id', line: JSON.stringify({ data: packed }), peeled: LINES },
  { name: 'a record without data', line: firehose(''), peeled: [''] },
  { name: 'a record that is no base64', line: firehose('%%%='), peeled: ['\u0001damaged_payload'] },
  { name: 'data of somebody else', line: '{"data":"plain text"}' },
  { name: 'an event of another service', line: '{"Records":[{"s3":{"bucket":{"name":"logs"}}}]}' },
  { name: 'an event without records', line: '{"Records":[]}' },
];
