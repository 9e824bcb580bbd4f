import { allHeaders } from '../carried.ts';
import type { Exchange, Headers } from '../exchange.ts';
import { jsonOf, quote, remembering } from '../json-text.ts';
import { isoTime, millisecondsText } from '../time-text.ts';

export const id = 'apiclarity';
export const json = true;

const listed = remembering<Headers>((headers) =>
  jsonOf(Object.entries(headers).map(([key, value]) => ({ key, value }))),
);

/** One trace as a gateway's plugin sends it, without bodies. */
export function write(exchange: Exchange): string {
  const { startedAt, clientAddress, requestHeaders, responseHeaders } = exchange;
  const source = clientAddress.includes(':') ? `[${clientAddress}]` : clientAddress;
  return `{"requestID":"${exchange.requestId}","scheme":"${exchange.scheme}","destinationAddress":"10.116.207.196:8000","destinationNamespace":"shop","sourceAddress":"${source}:40210","request":{"method":"${exchange.method}","path":${quote(exchange.target)},"host":"${exchange.host}","common":${common(exchange, requestHeaders, startedAt)}},"response":{"statusCode":"${exchange.status}","common":${common(exchange, responseHeaders, startedAt + exchange.latencyMs)}}}`;
}

function common({ httpVersion }: Exchange, headers: Headers, time: number): string {
  return `{"version":"${httpVersion}","headers":${listed(headers)},"body":"","TruncatedBody":false,"time":${millisecondsText(time)}}`;
}

/** Neither sizes nor services nor callers. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const { clientAddress } = exchange;
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: exchange.host,
    scheme: exchange.scheme,
    latencyMs: exchange.latencyMs,
    clientAddress: `${clientAddress.includes(':') ? `[${clientAddress}]` : clientAddress}:40210`,
    ...allHeaders(exchange),
  };
}
