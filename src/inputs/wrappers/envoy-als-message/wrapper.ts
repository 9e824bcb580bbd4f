import type { Wrapper } from '../../../model/wrapper.ts';
import { jsonText } from '../carried-text.ts';

const LISTS = ['httpLogs', 'tcpLogs'] as const;

/** `StreamAccessLogsMessage`: what Envoy sends to the access log service at once, several entries in one line. */
export const wrapper: Wrapper = {
  id: 'envoy-als-message',
  title: 'Envoy gRPC access log service: messages of the stream (protojson)',
  reference: 'https://www.envoyproxy.io/docs/envoy/latest/api-v3/service/accesslog/v3/als.proto',
  keys: LISTS,
  peel: ({ object }) => {
    const lists = LISTS.map((list) => object?.[list]).filter((list) => list !== undefined);
    if (lists.length === 0) return undefined;
    return { records: lists.flatMap(entriesOf).map(jsonText) };
  },
};

/** A list without entries is left out of protojson. */
function entriesOf(list: unknown): readonly unknown[] {
  const isList = typeof list === 'object' && list !== null && 'logEntry' in list;
  return isList && Array.isArray(list.logEntry) ? list.logEntry : [];
}
