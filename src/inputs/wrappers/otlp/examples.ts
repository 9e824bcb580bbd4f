import type { WrapperExample } from '../../../model/wrapper.ts';

const CLIENT = '{"otlpSpan":{"kind":"client"}}';

export const examples: readonly WrapperExample[] = [
  {
    name: 'the spans of a request',
    line: '{"resourceSpans":[{"resource":{},"scopeSpans":[{"spans":[{"kind":3},{"kind":"SPAN_KIND_CLIENT"}]}]}]}',
    peeled: [CLIENT, CLIENT],
  },
  { name: 'a request without spans', line: '{"resourceSpans":[]}', peeled: [] },
  { name: 'another signal', line: '{"resourceLogs":[{}]}', peeled: ['{"otlpRequest":"logs"}'] },
  { name: 'an object with other keys', line: '{"resource":{"spans":1}}' },
];
