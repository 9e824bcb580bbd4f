import type { Wrapper } from '../../../model/wrapper.ts';
import { isFields } from '../carried-text.ts';
import { unpackEach } from '../packed-payload.ts';

/** Messages of Google Cloud Pub/Sub, pushed to an endpoint or pulled by the command line. */
export const wrapper: Wrapper = {
  id: 'pubsub',
  title: 'Google Cloud Pub/Sub messages',
  reference: 'https://cloud.google.com/pubsub/docs/push#receive_push',
  keys: ['message'],
  peel: ({ object }) => {
    if (object === undefined) return undefined;
    const { message, subscription, ackId } = object;
    if (!isFields(message) || (typeof subscription !== 'string' && typeof ackId !== 'string'))
      return undefined;
    const { data, attributes } = message;
    if (typeof data === 'string') return { records: unpackEach([data]), holdsLines: true };
    return isFields(attributes) && data === undefined ? { records: [] } : undefined;
  },
};
