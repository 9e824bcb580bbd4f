import {
  envoyAnswer,
  envoyAnsweredBy,
  protocol,
  requestBodyBytes,
  sentText,
  upstreamHost,
  uuidText,
} from '../envoy-answers.ts';
import type { Exchange } from '../exchange.ts';
import { isoTime } from '../time-text.ts';

export const id = 'envoy';
export const json = false;

/** A line of Envoy's default format, at the edge. Nothing in it is escaped. */
export function write(exchange: Exchange): string {
  const { startedAt, method, target, status, requestHeaders } = exchange;
  const agent = requestHeaders['user-agent'] ?? '-';
  const serviceMs = exchange.answeredBy === 'upstream' ? exchange.latencyMs - exchange.gatewayMs : '-';
  const numbers = `${requestBodyBytes(exchange)} ${exchange.responseBodyBytes} ${exchange.latencyMs} ${serviceMs}`;
  return `[${isoTime(startedAt)}] "${method} ${sentText(target)} ${protocol(exchange)}" ${status} ${envoyAnswer(exchange).flags} ${numbers} "${exchange.clientAddress}" "${sentText(agent)}" "${uuidText(exchange.requestId)}" "${exchange.host}" "${upstreamHost(exchange) ?? '-'}"`;
}

/** Bodies are counted; nothing is said of schemes, services and callers. */
export function carried(exchange: Exchange): Record<string, unknown> {
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: exchange.host,
    latencyMs: exchange.latencyMs,
    requestBytes: requestBodyBytes(exchange),
    responseBytes: exchange.responseBodyBytes,
    clientAddress: exchange.clientAddress,
    answeredBy: envoyAnsweredBy(exchange),
  };
}
