import type { WrapperExample } from '../../../model/wrapper.ts';

const RECORD = '{"method":"GET","status":200}';
const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:logs';
const notification = (changes: object) =>
  JSON.stringify({ Type: 'Notification', MessageId: 'm1', TopicArn: TOPIC, Message: RECORD, ...changes });

export const examples: readonly WrapperExample[] = [
  { name: 'a notification over HTTP', line: notification({}), peeled: [RECORD] },
  {
    name: 'the request to confirm a subscription',
    line: notification({
      Type: 'SubscriptionConfirmation',
      Message: 'You have chosen to subscribe',
      Token: 't',
    }),
    peeled: ['\u0001control_message'],
  },
  {
    name: 'notifications for a function',
    line: JSON.stringify({
      Records: [{ EventSource: 'aws:sns', Sns: { Type: 'Notification', TopicArn: TOPIC, Message: RECORD } }],
    }),
    peeled: [RECORD],
  },
  {
    name: 'messages of a queue for a function',
    line: JSON.stringify({
      Records: [
        { messageId: 'm1', receiptHandle: 'h1', body: `${RECORD}\n${RECORD}`, eventSource: 'aws:sqs' },
        { messageId: 'm2', receiptHandle: 'h2', body: notification({}), eventSource: 'aws:sqs' },
      ],
    }),
    peeled: [RECORD, RECORD, notification({})],
  },
  {
    name: 'messages of a queue from the command line',
    line: JSON.stringify({
      Messages: [{ MessageId: 'm1', ReceiptHandle: 'h1', MD5OfBody: 'd', Body: RECORD }],
    }),
    peeled: [RECORD],
  },
  { name: 'records of another service', line: '{"Records":[{"eventSource":"aws:s3","body":"x"}]}' },
  { name: 'messages of somebody else', line: '{"Messages":[{"Body":"x"}]}' },
  { name: 'a topic of something else', line: `{"Type":"Alarm","TopicArn":"${TOPIC}","Message":"x"}` },
];
