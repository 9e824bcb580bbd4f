import type { Exchange } from '../exchange.ts';
import { isoTime, logTime } from '../time-text.ts';
import { targetOf } from './kong.ts';
import { answererOf } from './traefik.ts';

export const id = 'traefik-text';
export const reads = 'traefik';
export const json = false;

const BEYOND_ASCII = /[^ -~]+/g;

/** One line of Traefik's `common` format, in which nothing is escaped: callers send what is beyond ASCII as `%HH`. */
export function write(exchange: Exchange): string {
  const { clientAddress, consumer, service, answeredBy, startedAt, requestHeaders, requestId } = exchange;
  const router = service === undefined ? '-' : `${service.routeName}@file`;
  const { address, port } =
    answeredBy === 'upstream' ? targetOf(exchange.upstreamTargets, startedAt) : { address: '', port: 0 };
  const server = address === '' ? '-' : `http://${address}:${port}`;
  return `${clientAddress} - ${consumer?.name ?? '-'} [${logTime(startedAt)}] "${exchange.method} ${ascii(exchange.target)} HTTP/${exchange.httpVersion}" ${exchange.status} ${exchange.responseBodyBytes} "${requestHeaders.referer || '-'}" "${ascii(requestHeaders['user-agent'] || '-')}" ${Number.parseInt(requestId.slice(0, 6), 16)} "${router}" "${server}" ${exchange.latencyMs}ms`;
}

function ascii(text: string): string {
  return text.replaceAll(BEYOND_ASCII, (letters) => encodeURIComponent(letters));
}

export function carried(exchange: Exchange): Record<string, unknown> {
  const { startedAt, service } = exchange;
  return {
    startedAt: isoTime(startedAt - (startedAt % 1000)),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    latencyMs: exchange.latencyMs,
    responseBytes: exchange.responseBodyBytes,
    service: service === undefined ? '' : `${service.routeName}@file`,
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    answeredBy: answererOf(exchange),
  };
}
