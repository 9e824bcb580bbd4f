import { markerLine } from '../../../model/marker-line.ts';
import type { Peeled, Wrapper } from '../../../model/wrapper.ts';
import { type Fields, isFields, jsonText } from '../carried-text.ts';

/** Fields that Splunk itself adds to an event; one of them beside `_raw` shows whose it is. */
const INTERNAL_KEYS: readonly string[] = [
  '_time',
  '_indextime',
  '_bkt',
  '_cd',
  '_serial',
  '_si',
  'sourcetype',
];
/** All that an event may hold on its way to the HTTP Event Collector. */
const COLLECTOR_KEYS: readonly string[] = [
  'event',
  'time',
  'host',
  'source',
  'sourcetype',
  'index',
  'fields',
];

/** What Splunk's searches give out, and what is sent to its HTTP Event Collector. */
export const wrapper: Wrapper = {
  id: 'splunk',
  title: 'Splunk search results and HTTP Event Collector',
  reference: 'https://docs.splunk.com/Documentation/Splunk/latest/Data/FormateventsforHTTPEventCollector',
  keys: ['preview', 'event', '_raw'],
  peel: ({ object }) => {
    if (object === undefined) return undefined;
    const { event, preview, result } = object;
    if (typeof preview === 'boolean') return exported(object, preview, result);
    if (event !== undefined) return collected(object, event);
    return rawOf(object);
  },
};

/** A line of `/search/jobs/export`. Results without `_raw` hold extracted fields: those are left as they are. */
function exported(object: Fields, isPreview: boolean, result: unknown): Peeled | undefined {
  if (isFields(result)) {
    if (isPreview) return { records: [markerLine('preview_result')] };
    return typeof result._raw === 'string' ? { records: [result._raw] } : undefined;
  }
  const hasNothing = result === undefined && object.lastrow === true;
  return hasNothing ? { records: [] } : undefined;
}

function collected(object: Fields, event: unknown): Peeled | undefined {
  let keys = 0;
  for (const key in object) {
    if (!COLLECTOR_KEYS.includes(key)) return undefined;
    keys += 1;
  }
  if (keys < 2) return undefined;
  if (typeof event === 'string') return { records: [event] };
  return isFields(event) ? { records: [jsonText(event)] } : undefined;
}

function rawOf(object: Fields): Peeled | undefined {
  if (typeof object._raw !== 'string') return undefined;
  return INTERNAL_KEYS.some((key) => object[key] !== undefined) ? { records: [object._raw] } : undefined;
}
