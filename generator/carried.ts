import type { Exchange } from './exchange.ts';

/** The header columns of a format that writes all headers: where there are none, it cannot show that. */
export function allHeaders({ requestHeaders, responseHeaders }: Exchange): Record<string, unknown> {
  const visibility = (headers: object) => (Object.keys(headers).length === 0 ? 'none' : 'full');
  return {
    requestHeaders,
    responseHeaders,
    requestHeaderVisibility: visibility(requestHeaders),
    responseHeaderVisibility: visibility(responseHeaders),
  };
}
