import { gzipSync } from 'node:zlib';

const base64 = (text: string | Buffer) => Buffer.from(text as Buffer).toString('base64');
const packed = (text: string) => base64(gzipSync(text));
const wrap = (fields: object) => JSON.stringify(fields);
const TIME = '2026-01-05T10:00:00.003Z';

/** An object that is the line, or has it as its message. */
const document = (line: string): object => (line.startsWith('{') ? JSON.parse(line) : { message: line });

/** For each wrapper the ways in which shippers and stores write a line. */
export const WRAP_LINE: Readonly<Record<string, readonly ((line: string) => string)[]>> = {
  'aws-sns-sqs': [
    (line) => wrap({ Type: 'Notification', TopicArn: 'arn:aws:sns:eu-west-1:1:a', Message: line }),
    (line) => wrap({ Records: [{ eventSource: 'aws:sqs', body: line }] }),
  ],
  'azure-records': [
    (line) => wrap({ records: [{ time: TIME, category: 'c', message: wrap({ event: line, host: 'a' }) }] }),
  ],
  cloudwatch: [
    (line) => envelope([line]),
    (line) => wrap({ awslogs: { data: packed(envelope([line])) } }),
    (line) => wrap({ events: [{ timestamp: 1, message: line, eventId: '1' }], searchedLogStreams: [] }),
  ],
  cri: [(line) => `${TIME} stdout F ${line}`],
  docker: [
    (line) => wrap({ log: `${line}\n`, stream: 'stdout', time: TIME }),
    (line) => wrap({ log: line, source: 'stderr', container_name: '/a' }),
  ],
  elastic: [(line) => wrap({ _index: 'a', _id: '1', _source: document(wrap({ event: line, host: 'a' })) })],
  'envoy-als-message': [
    (line) => wrap({ httpLogs: { logEntry: [document(wrap({ event: line, host: 'a' }))] } }),
  ],
  'json-message': [
    (line) => wrap({ __CURSOR: 'a', MESSAGE: line }),
    (line) => wrap({ agent: 'a', message: wrap({ event: line, host: 'a' }) }),
  ],
  kinesis: [
    (line) => wrap({ recordId: '1', data: base64(line) }),
    (line) => wrap({ records: [{ data: packed(line) }] }),
    (line) => wrap({ Records: [{ kinesis: { data: base64(line) } }] }),
  ],
  pubsub: [(line) => wrap({ message: { data: base64(line) }, subscription: 'projects/a/subscriptions/b' })],
  splunk: [
    (line) => wrap({ preview: false, offset: 0, result: { _raw: line } }),
    (line) => wrap({ _raw: line, _time: TIME }),
    (line) => wrap({ time: 1, host: 'a', event: line }),
  ],
  syslog: [
    (line) => `<134>Jan  5 10:00:00 lb-1 web[7]: ${line}`,
    (line) => `Jan  5 10:00:00 lb-1 web: ${line}`,
    (line) => counted(`<165>1 ${TIME} lb-1 web - - [a b="]"] ${line}`),
  ],
};

/** A delivery of CloudWatch Logs. */
export function envelope(messages: readonly string[]): string {
  const logEvents = messages.map((message, id) => ({ id: String(id), timestamp: 1767607200250, message }));
  return wrap({ messageType: 'DATA_MESSAGE', owner: '1', logGroup: 'g', logStream: 's', logEvents });
}

/** A record of Firehose with a packed text. */
export function firehose(text: string): string {
  return wrap({ recordId: '1', data: packed(text), approximateArrivalTimestamp: 1767607200250 });
}

/** A syslog message behind its length. */
export function counted(message: string): string {
  return `${Buffer.byteLength(message)} ${message}`;
}
