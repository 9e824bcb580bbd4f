import type { Exchange, Headers } from '../exchange.ts';
import { toAscii } from '../json-text.ts';
import { isoTime } from '../time-text.ts';

export const id = 'postman';
export const json = true;

const INFO =
  '{"_postman_id":"5d1f2a3b-0000-4000-8000-000000000001","name":"Recorded","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}';

export const document = { head: `{"info":${INFO},"item":[\n`, separator: ',\n', tail: '\n]}\n' };

/** A URL is absolute, and a segment that begins with a colon is a variable. */
export function holds({ target }: Exchange): boolean {
  return target.startsWith('/') && !/\/:|\{\{|#|\s/.test(target);
}

/** A request with one saved response. */
export function write(exchange: Exchange): string {
  const { method, scheme, host, target, requestHeaders, status, latencyMs, requestId } = exchange;
  const raw = `${scheme}://${host}${target}`;
  const request = { method, header: listOf(requestHeaders), url: { raw } };
  const response = {
    id: requestId,
    name: `${status}`,
    originalRequest: request,
    code: status,
    header: listOf(datedHeaders(exchange)),
    cookie: [],
    responseTime: latencyMs,
    body: null,
  };
  return toAscii(JSON.stringify({ name: method, request, response: [response] }));
}

function listOf(headers: Headers): readonly object[] {
  return Object.entries(headers).map(([key, value]) => ({ key, value }));
}

/** Of the instants of an exchange only this header is saved. */
function datedHeaders({ responseHeaders, startedAt }: Exchange): Headers {
  return { ...responseHeaders, date: new Date(startedAt).toUTCString() };
}

/** Whole seconds; the headers of the request are those that somebody wrote down. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const { startedAt, method, target, status, host, scheme, latencyMs, requestHeaders } = exchange;
  return {
    startedAt: isoTime(startedAt - (startedAt % 1000)),
    method,
    target,
    status,
    host,
    scheme,
    latencyMs,
    requestHeaders,
    responseHeaders: datedHeaders(exchange),
    requestHeaderVisibility: Object.keys(requestHeaders).length === 0 ? 'none' : 'some',
    responseHeaderVisibility: 'full',
  };
}
