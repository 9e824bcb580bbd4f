import { gzipSync } from 'node:zlib';
import type { WrapperExample } from '../../../model/wrapper.ts';

const RECORD = '{"httpRequest":{"requestMethod":"GET"}}';
const base64 = (content: string | Buffer) => Buffer.from(content as Buffer).toString('base64');
const wrap = (fields: object) => JSON.stringify(fields);
const subscription = 'projects/shop/subscriptions/logs';
const message = { attributes: { a: 'b' }, messageId: '1', publishTime: '2026-01-05T10:00:00.250Z' };

export const examples: readonly WrapperExample[] = [
  {
    name: 'a message that is pushed',
    line: wrap({ message: { ...message, data: base64(RECORD) }, subscription }),
    peeled: [RECORD],
  },
  {
    name: 'a message that is pulled, packed',
    line: wrap({ ackId: 'x', message: { ...message, data: base64(gzipSync(RECORD)) } }),
    peeled: [RECORD],
  },
  { name: 'a message of attributes only', line: wrap({ message, subscription }), peeled: [] },
  {
    name: 'a message whose data was cut off',
    line: wrap({ message: { ...message, data: base64(RECORD).slice(0, 9) }, subscription }),
    peeled: ['\u0001damaged_payload'],
  },
  { name: 'a message of somebody else', line: wrap({ message: { data: base64(RECORD) } }) },
  { name: 'a message that is a text', line: wrap({ message: 'ready', subscription }) },
];
