import type { Wrapper } from '../../../model/wrapper.ts';
import { type Fields, isFields } from '../carried-text.ts';
import { isBase64, unpackEach } from '../packed-payload.ts';

/** What Firehose writes beside the data of a record. */
const RECORD_KEYS: readonly string[] = [
  'data',
  'recordId',
  'approximateArrivalTimestamp',
  'kinesisRecordMetadata',
];

/** Records of Kinesis streams and of Firehose, as functions and HTTP endpoints get them. */
export const wrapper: Wrapper = {
  id: 'kinesis',
  title: 'Amazon Kinesis Data Streams and Data Firehose records',
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html',
  keys: ['Records', 'records', 'data'],
  peel: ({ object }) => {
    if (object === undefined) return undefined;
    const { Records, records } = object;
    if (isListOf(Records, isStreamRecord)) {
      return { records: unpackEach(Records.map(({ kinesis }) => kinesis.data)), holdsLines: true };
    }
    if (isListOf(records, isFirehoseRecord))
      return { records: unpackEach(records.map(({ data }) => data)), holdsLines: true };
    return isFirehoseRecord(object) ? { records: unpackEach([object.data]), holdsLines: true } : undefined;
  },
};

function isListOf<T>(value: unknown, isOne: (element: unknown) => element is T): value is readonly T[] {
  return Array.isArray(value) && value.length > 0 && value.every(isOne);
}

function isStreamRecord(value: unknown): value is Fields & { readonly kinesis: { readonly data: string } } {
  return isFields(value) && isFields(value.kinesis) && typeof value.kinesis.data === 'string';
}

/** A record without an id is only known by its data. */
function isFirehoseRecord(value: unknown): value is Fields & { readonly data: string } {
  if (!isFields(value) || typeof value.data !== 'string') return false;
  for (const key in value) if (!RECORD_KEYS.includes(key)) return false;
  return typeof value.recordId === 'string' || (value.data !== '' && isBase64(value.data));
}
