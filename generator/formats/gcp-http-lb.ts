import type { Exchange } from '../exchange.ts';
import { quote } from '../json-text.ts';
import { isoTime } from '../time-text.ts';
import { urlOf } from './azure-apim.ts';

export const id = 'gcp-http-lb';
export const json = true;

/** One LogEntry of a global load balancer, as a sink writes it: 64-bit numbers are text. */
export function write(exchange: Exchange): string {
  const { startedAt, clientAddress, requestId, tls, service } = exchange;
  const at = isoTime(startedAt).slice(0, -1);
  let line = `{"httpRequest":{"latency":"${(exchange.latencyMs / 1000).toFixed(6)}s","remoteIp":"${clientAddress}","requestMethod":"${exchange.method}","requestSize":"${exchange.requestBytes}","requestUrl":${quote(urlOf(exchange))},"responseSize":"${exchange.responseBytes}","status":${exchange.status},"userAgent":${quote(exchange.requestHeaders['user-agent'] ?? '')}},"insertId":"${requestId.slice(0, 14)}"`;
  line += `,"jsonPayload":{"@type":"type.googleapis.com/google.cloud.loadbalancing.type.LoadBalancerLogEntry","remoteIp":"${clientAddress}","statusDetails":"${statusDetails(exchange)}"`;
  if (tls !== undefined) line += `,"tls":{"cipher":"${tls.cipher}","protocol":"${tls.version}"}`;
  if (exchange.clientCertificate)
    line += ',"mtls":{"clientCertPresent":true,"clientCertChainVerified":true,"clientCertError":""}';
  line += `},"logName":"projects/shop-prod/logs/requests","receiveTimestamp":"${at}999999Z","resource":{"labels":{"backend_service_name":"${service?.name ?? ''}","project_id":"shop-prod","url_map_name":"shop-map","zone":"global"},"type":"http_load_balancer"}`;
  return `${line},"severity":"INFO","timestamp":"${at}637Z","trace":"projects/shop-prod/traces/${requestId}"}`;
}

function statusDetails({ answeredBy, status }: Exchange): string {
  if (answeredBy === 'upstream') return 'response_sent_by_backend';
  if (status === 401) return 'handled_by_identity_aware_proxy';
  if (status === 403) return 'denied_by_security_policy';
  if (status === 429) return 'throttled_by_security_policy';
  if (status < 400) return 'redirected_by_security_policy';
  return status < 500 ? 'invalid_request_headers' : 'failed_to_pick_backend';
}

/** All but callers and headers. */
export function carried(exchange: Exchange): Record<string, unknown> {
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: urlOf(exchange),
    status: exchange.status,
    host: exchange.host,
    scheme: exchange.scheme,
    latencyMs: exchange.latencyMs,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBytes,
    service: exchange.service?.name ?? '',
    clientAddress: exchange.clientAddress,
    credentialSeen: exchange.clientCertificate,
    answeredBy: exchange.answeredBy,
  };
}
