import { allHeaders } from '../carried.ts';
import type { Exchange, Headers } from '../exchange.ts';
import { toAscii } from '../json-text.ts';
import { querystring } from '../querystring.ts';
import { isoTime } from '../time-text.ts';

export const id = 'har';
export const json = true;
export const document = {
  head: '{"log":{"version":"1.2","creator":{"name":"recorder","version":"1.0"},"pages":[],"entries":[',
  separator: ',',
  tail: ']}}\n',
};

/** An URL holds all targets but those that name no resource of the host. */
export function holds({ target }: Exchange): boolean {
  return target.startsWith('/') || target.startsWith('http');
}

/** One entry as a recording proxy keeps it: all headers, no bodies. */
export function write(exchange: Exchange): string {
  const { startedAt, latencyMs, gatewayMs, method, httpVersion, status, target } = exchange;
  const entry = {
    startedDateTime: isoTime(startedAt),
    time: latencyMs,
    request: {
      method,
      url: urlOf(exchange),
      httpVersion: `HTTP/${httpVersion}`,
      cookies: [],
      headers: pairs(exchange.requestHeaders),
      queryString: parameters(target),
      headersSize: exchange.requestBytes,
      bodySize: 0,
    },
    response: {
      status,
      statusText: '',
      httpVersion: `HTTP/${httpVersion}`,
      cookies: [],
      headers: pairs(exchange.responseHeaders),
      content: { size: exchange.responseBodyBytes, mimeType: 'application/json' },
      redirectURL: '',
      headersSize: exchange.responseBytes - exchange.responseBodyBytes,
      bodySize: exchange.responseBodyBytes,
    },
    cache: {},
    timings: { send: 0, wait: latencyMs - gatewayMs, receive: gatewayMs },
    serverIPAddress: '203.0.113.80',
  };
  return toAscii(JSON.stringify(entry));
}

function urlOf({ target, scheme, host }: Exchange): string {
  return target.startsWith('/') ? `${scheme}://${host}${target}` : target;
}

function pairs(headers: Headers): object[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

function parameters(target: string): object[] {
  const decoded: Record<string, unknown> = JSON.parse(querystring(target));
  return Object.entries(decoded).map(([name, value]) => ({
    name,
    value: value === true ? '' : String(value),
  }));
}

/** An absolute target names the scheme and the host itself. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const url = /^(https?):\/\/([^/]*)(.*)$/.exec(urlOf(exchange)) ?? [];
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: url[3],
    status: exchange.status,
    host: url[2],
    scheme: url[1],
    latencyMs: exchange.latencyMs,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBytes,
    ...allHeaders(exchange),
  };
}
