import type { Wrapper } from '../../../model/wrapper.ts';
import { framesIn } from './frames.ts';
import { messageOf } from './message.ts';

/** What syslog senders, servers and the journal put in front of a line (RFC 3164, RFC 5424, RFC 6587). */
export const wrapper: Wrapper = {
  id: 'syslog',
  title: 'Syslog (RFC 3164, RFC 5424)',
  reference: 'https://www.rfc-editor.org/rfc/rfc5424',
  peel: ({ bytes }) => {
    const frames = framesIn(bytes);
    if (frames !== undefined) return { records: frames.map((frame) => messageOf(frame) ?? frame) };
    const message = messageOf(bytes);
    return message === undefined ? undefined : { records: [message] };
  },
};
