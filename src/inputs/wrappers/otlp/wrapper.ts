import type { Wrapper } from '../../../model/wrapper.ts';
import { linesOfRequest, REQUEST_KEYS } from '../../otlp/json-requests.ts';

/** Trace requests among other lines, and inside other wrappers; files of nothing else are a kind of document. */
export const wrapper: Wrapper = {
  id: 'otlp',
  title: 'OpenTelemetry trace requests among other lines (OTLP JSON)',
  reference: 'https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding',
  keys: REQUEST_KEYS,
  peel: ({ object }) => {
    if (object === undefined || !REQUEST_KEYS.some((key) => Object.hasOwn(object, key))) return undefined;
    const lines = linesOfRequest(object);
    return { records: lines === '' ? [] : [lines], holdsLines: true };
  },
};
