import { envoyAnswer, protocol, requestBodyBytes, upstreamHost, uuidText } from '../envoy-answers.ts';
import type { Exchange } from '../exchange.ts';
import { toAscii } from '../json-text.ts';
import { isoTime } from '../time-text.ts';
import { carried as carriedInText } from './envoy.ts';

export const id = 'envoy-json';
export const reads = 'envoy';
export const json = true;

/** A record with the names and in the order of Envoy Gateway. */
export function write(exchange: Exchange): string {
  const { service, startedAt, method, target, status, host, requestHeaders } = exchange;
  const { flags, details } = envoyAnswer(exchange);
  const upstream = upstreamHost(exchange) ?? null;
  const port = 1024 + (startedAt % 60_000);
  const peer = exchange.clientAddress;
  return toAscii(
    JSON.stringify({
      ':authority': host,
      bytes_received: requestBodyBytes(exchange),
      bytes_sent: exchange.responseBodyBytes,
      connection_termination_details: null,
      downstream_local_address: `10.8.0.2:${exchange.scheme === 'https' ? 10443 : 10080}`,
      downstream_remote_address: peer.includes(':') ? `[${peer}]:${port}` : `${peer}:${port}`,
      duration: exchange.latencyMs,
      method,
      protocol: protocol(exchange),
      requested_server_name: exchange.scheme === 'https' ? host : null,
      response_code: status,
      response_code_details: details,
      response_flags: flags,
      route_name: service === undefined ? null : `${routeOf(service.name)}/rule/0/match/0/*`,
      start_time: isoTime(startedAt),
      upstream_cluster: service === undefined ? null : `${routeOf(service.name)}/rule/0`,
      upstream_host: upstream,
      upstream_local_address: upstream === null ? null : '10.8.0.2:51216',
      upstream_transport_failure_reason: null,
      'user-agent': requestHeaders['user-agent'] ?? null,
      'x-envoy-origin-path': target,
      'x-envoy-upstream-service-time': null,
      'x-forwarded-for': peer,
      'x-request-id': uuidText(exchange.requestId),
    }),
  );
}

function routeOf(service: string): string {
  return `httproute/shop/${service}`;
}

/** As in text; a private peer is a proxy only where the header names a public address. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const { clientAddress, service, startedAt } = exchange;
  const port = 1024 + (startedAt % 60_000);
  return {
    ...carriedInText(exchange),
    scheme: exchange.scheme === 'https' ? 'https' : '',
    service: service === undefined ? '' : routeOf(service.name),
    clientAddress: clientAddress.includes(':') ? `[${clientAddress}]:${port}` : `${clientAddress}:${port}`,
  };
}
