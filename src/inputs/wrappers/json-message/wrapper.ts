import type { Wrapper } from '../../../model/wrapper.ts';
import { type Fields, isExchange, isFields, isFromContainer, looksLikeRecord } from '../carried-text.ts';

/** What the journal writes into each of its entries. */
const JOURNAL_KEYS = ['__REALTIME_TIMESTAMP', '__CURSOR', '_BOOT_ID'] as const;

/** A record as text in a field of a JSON object that is about something else, as log agents and stores keep it. */
export const wrapper: Wrapper = {
  id: 'json-message',
  title: 'A record inside a JSON field (message, event.original, journald, textPayload)',
  reference: 'https://www.elastic.co/docs/reference/ecs/ecs-base#field-message',
  keys: ['MESSAGE', 'event', 'event.original', 'log', 'log.original', 'message', 'textPayload'],
  peel: ({ object }) => {
    if (object === undefined) return undefined;
    const entry = object.MESSAGE === undefined ? undefined : journalText(object);
    if (entry !== undefined) return { records: [entry] };
    const text = textsIn(object).find(looksLikeRecord);
    return text === undefined || isExchange(object) ? undefined : { records: [text] };
  },
};

/** The fields that may hold a record, the most faithful first. */
function textsIn(object: Fields): readonly unknown[] {
  const { event, log, message, textPayload } = object;
  return [
    object['event.original'],
    isFields(event) ? event.original : undefined,
    object['log.original'],
    isFields(log) ? log.original : undefined,
    isFromContainer(object) ? undefined : message,
    textPayload,
  ];
}

/** The journal writes a text that is no UTF-8 as a list of bytes. */
function journalText(object: Fields): Buffer | string | undefined {
  const { MESSAGE: text } = object;
  if (!JOURNAL_KEYS.some((key) => object[key] !== undefined)) return undefined;
  if (typeof text === 'string') return text;
  return Array.isArray(text) && text.every((byte) => typeof byte === 'number')
    ? Buffer.from(text)
    : undefined;
}
