import { allHeaders } from '../carried.ts';
import type { Exchange, Headers } from '../exchange.ts';
import { jsonOf, quote, remembering } from '../json-text.ts';
import { isoTime, millisecondsText } from '../time-text.ts';

export const id = 'gravitee-log';
export const reads = 'gravitee';
export const json = true;

const listed = remembering<Headers>((headers) =>
  jsonOf(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))),
);

/** One log of a v4 API as the file reporter writes it in JSON: whole messages, but not who called. */
export function write(exchange: Exchange): string {
  const { method, status, service, requestId } = exchange;
  const backend = exchange.answeredBy === 'upstream' ? status : 0;
  const api = service === undefined ? '' : `,"apiId":"${service.id}","apiName":"${service.name}"`;
  return `{"timestamp":${millisecondsText(exchange.startedAt)},"requestId":"${requestId}"${api},"requestEnded":true,"entrypointRequest":{"method":"${method}","uri":${quote(exchange.target)},"headers":${listed(exchange.requestHeaders)}},"entrypointResponse":{"status":${status},"headers":${listed(exchange.responseHeaders)}},"endpointRequest":{"method":"${method}","uri":""},"endpointResponse":{"status":${backend}}}`;
}

export function carried(exchange: Exchange): Record<string, unknown> {
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: exchange.requestHeaders.host ?? '',
    service: exchange.service?.name ?? '',
    ...allHeaders(exchange),
    answeredBy: exchange.answeredBy,
    vantage: 'gravitee-log',
  };
}
