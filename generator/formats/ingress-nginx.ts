import type { Exchange } from '../exchange.ts';
import { isoTime, logTime } from '../time-text.ts';

export const id = 'ingress-nginx';
export const json = false;

/** A line of the controller's own layout, written when the answer was sent. */
export function write(exchange: Exchange): string {
  const { startedAt, latencyMs, clientAddress, consumer, method, target, httpVersion, status } = exchange;
  const asked = `${method} ${escaped(target)} HTTP/${httpVersion}`;
  const referer = escaped(exchange.requestHeaders.referer ?? '-');
  const agent = escaped(exchange.requestHeaders['user-agent'] ?? '-');
  return `${clientAddress} - ${consumer?.name ?? '-'} [${logTime(startedAt + latencyMs)}] "${asked}" ${status} ${exchange.responseBodyBytes} "${referer}" "${agent}" ${exchange.requestBytes} ${seconds(latencyMs)} [${upstreamName(exchange)}] [] ${tries(exchange)} ${exchange.requestId}`;
}

function upstreamName({ service }: Exchange): string {
  return service === undefined ? '' : `shop-${service.name}-${service.port}`;
}

/** Address, length, seconds and status of each upstream that was tried. */
function tries({ answeredBy, status, responseBodyBytes, latencyMs, gatewayMs }: Exchange): string {
  if (answeredBy === 'gateway') return '- - - -';
  return `10.8.0.21:8080 ${responseBodyBytes} ${seconds(Math.max(0, latencyMs - gatewayMs))} ${status}`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** As nginx escapes: quotes, backslashes, control characters and every byte beyond ASCII become `\xHH`. */
function escaped(text: string): string {
  const bytes = Buffer.from(text).toString('latin1');
  return bytes.replaceAll(
    /[^ !#-[\]-~]/g,
    (byte) => `\\x${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** The second of the end is logged, and the milliseconds that the request took. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const { startedAt, latencyMs, status, answeredBy } = exchange;
  const end = startedAt + latencyMs;
  const showsRule = answeredBy === 'upstream' || ![400, 408, 499].includes(status);
  return {
    startedAt: isoTime(end - (end % 1000) - latencyMs),
    method: exchange.method,
    target: exchange.target,
    status,
    latencyMs,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBodyBytes,
    service: upstreamName(exchange),
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    answeredBy: showsRule ? answeredBy : '',
  };
}
