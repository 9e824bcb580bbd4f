import {
  envoyAnswer,
  protocol,
  requestBodyBytes,
  sentText,
  upstreamHost,
  uuidText,
} from '../envoy-answers.ts';
import type { Exchange } from '../exchange.ts';
import { isoTime } from '../time-text.ts';
import { carried as carriedByEnvoy } from './envoy.ts';

export const id = 'istio';
export const reads = 'envoy';
export const json = false;

const PRIVATE =
  /^(?:::1$|10\.|127\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/** Behind the gateway of the mesh, a caller with a private address is not told from another proxy. */
export function holds({ clientAddress }: Exchange): boolean {
  return !PRIVATE.test(clientAddress);
}

/** A line of Istio's text format, of the sidecar beside the service; https stands for mutual TLS in the mesh. */
export function write(exchange: Exchange): string {
  const { startedAt, method, target, status, requestHeaders } = exchange;
  const { flags, details } = envoyAnswer(exchange);
  const agent = requestHeaders['user-agent'] ?? '-';
  const upstream = upstreamHost(exchange);
  const serviceMs = upstream === undefined ? '-' : exchange.latencyMs - exchange.gatewayMs;
  const numbers = `${requestBodyBytes(exchange)} ${exchange.responseBodyBytes} ${exchange.latencyMs} ${serviceMs}`;
  return `[${isoTime(startedAt)}] "${method} ${sentText(target)} ${protocol(exchange)}" ${status} ${flags} ${details} - "-" ${numbers} "${exchange.clientAddress}" "${sentText(agent)}" "${uuidText(exchange.requestId)}" "${exchange.host}" "${upstream ?? '-'}" ${hops(exchange, upstream)}`;
}

function hops(exchange: Exchange, upstream: string | undefined): string {
  const cluster = exchange.service === undefined ? '-' : `inbound|${exchange.service.port}||`;
  const from = upstream === undefined ? '-' : '127.0.0.6:41854';
  const serverName = isMutual(exchange)
    ? `outbound_.${exchange.service?.port}_._.${fullName(exchange)}`
    : '-';
  return `${cluster} ${from} 10.8.0.21:8080 10.8.0.9:${1024 + (exchange.startedAt % 60_000)} ${serverName} default`;
}

function isMutual({ scheme, service }: Exchange): boolean {
  return scheme === 'https' && service !== undefined;
}

function fullName({ service }: Exchange): string {
  return `${service?.name}.shop.svc.cluster.local`;
}

export function carried(exchange: Exchange): Record<string, unknown> {
  return {
    ...carriedByEnvoy(exchange),
    ...(isMutual(exchange) && { scheme: 'https', service: fullName(exchange) }),
    clientAddress: exchange.clientAddress,
  };
}
