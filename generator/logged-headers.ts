import type { Exchange, Headers } from './exchange.ts';
import { jsonOf, remembering } from './json-text.ts';

/** The JSON of the request headers that an operator chose to log. */
export const loggedRequestHeaders = remembering<Headers>((headers) => jsonOf(ofRequest(headers)));
/** The JSON of the response headers that an operator chose to log. */
export const loggedResponseHeaders = remembering<Headers>((headers) => jsonOf(ofResponse(headers)));

/** The header columns of a format that writes chosen headers: what is not there proves nothing. */
export function someHeaders(exchange: Exchange): Record<string, unknown> {
  const requestHeaders = ofRequest(exchange.requestHeaders);
  const responseHeaders = ofResponse(exchange.responseHeaders);
  const visibility = (headers: Headers) => (Object.keys(headers).length === 0 ? 'none' : 'some');
  return {
    requestHeaders,
    responseHeaders,
    requestHeaderVisibility: visibility(requestHeaders),
    responseHeaderVisibility: visibility(responseHeaders),
  };
}

function ofRequest(headers: Headers): Headers {
  return chosen(headers, ['content-type', 'user-agent', 'origin']);
}

function ofResponse(headers: Headers): Headers {
  return chosen(headers, ['content-type', 'x-ratelimit-limit-minute', 'retry-after']);
}

function chosen(headers: Headers, names: readonly string[]): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}
