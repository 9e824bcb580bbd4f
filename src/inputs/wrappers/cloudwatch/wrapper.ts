import { markerLine } from '../../../model/marker-line.ts';
import type { Wrapper } from '../../../model/wrapper.ts';
import { type Fields, isFields, jsonText } from '../carried-text.ts';
import { unpackEach } from '../packed-payload.ts';

/** What stands beside the events in the answers of FilterLogEvents and GetLogEvents. */
const ANSWER_KEYS: readonly string[] = [
  'events',
  'searchedLogStreams',
  'nextToken',
  'nextForwardToken',
  'nextBackwardToken',
];

/** What CloudWatch Logs delivers to subscribers, hands to functions and answers to its command line. */
export const wrapper: Wrapper = {
  id: 'cloudwatch',
  title: 'Amazon CloudWatch Logs (subscriptions, exports)',
  reference: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html',
  keys: ['messageType', 'awslogs', 'events'],
  peel: ({ object }) => {
    if (object === undefined) return undefined;
    const { messageType, logEvents, awslogs, events } = object;
    if (messageType === 'CONTROL_MESSAGE') return { records: [markerLine('control_message')] };
    if (messageType === 'DATA_MESSAGE' && Array.isArray(logEvents))
      return { records: logEvents.map(messageOf) };
    if (isFields(awslogs) && typeof awslogs.data === 'string') {
      return { records: unpackEach([awslogs.data]), holdsLines: true };
    }
    return Array.isArray(events) && isAnswer(object, events) ? { records: events.map(messageOf) } : undefined;
  },
};

/** An event without a text is given on as it is. */
function messageOf(event: unknown): string {
  return isFields(event) && typeof event.message === 'string' ? event.message : jsonText(event);
}

function isAnswer(object: Fields, events: readonly unknown[]): boolean {
  if (!Object.keys(object).every((key) => ANSWER_KEYS.includes(key))) return false;
  if (events.length === 0) return Object.keys(object).length > 1;
  return events.every(
    (event) => isFields(event) && typeof event.message === 'string' && typeof event.timestamp === 'number',
  );
}
