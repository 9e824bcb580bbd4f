import { markerLine } from '../../../model/marker-line.ts';
import type { Wrapper } from '../../../model/wrapper.ts';
import { type Fields, isFields } from '../carried-text.ts';

const CONTROL_TYPES: readonly unknown[] = ['SubscriptionConfirmation', 'UnsubscribeConfirmation'];

/** Messages of SQS and SNS, as functions, HTTP endpoints and the command line get them. */
export const wrapper: Wrapper = {
  id: 'aws-sns-sqs',
  title: 'Amazon SNS notifications and SQS messages',
  reference: 'https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html',
  keys: ['TopicArn', 'Records', 'Messages'],
  peel: ({ object }) => {
    if (object === undefined) return undefined;
    if (typeof object.TopicArn === 'string') return notification(object);
    const { Records, Messages } = object;
    const records = textsOf(Records, textOfEvent) ?? textsOf(Messages, textOfMessage);
    return records === undefined ? undefined : { records };
  },
};

function notification({ Type, Message }: Fields) {
  if (CONTROL_TYPES.includes(Type)) return { records: [markerLine('control_message')] };
  return Type === 'Notification' && typeof Message === 'string' ? { records: [Message] } : undefined;
}

/** The text of each element; undefined unless all have one. */
function textsOf(list: unknown, textOf: (element: Fields) => unknown): readonly string[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const texts = list.map((element) => (isFields(element) ? textOf(element) : undefined));
  return texts.every((text) => typeof text === 'string') ? texts : undefined;
}

function textOfEvent({ eventSource, body, Sns }: Fields): unknown {
  if (isFields(Sns)) return Sns.Message;
  return eventSource === 'aws:sqs' ? body : undefined;
}

function textOfMessage({ ReceiptHandle, Body }: Fields): unknown {
  return typeof ReceiptHandle === 'string' ? Body : undefined;
}
