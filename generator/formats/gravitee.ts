import type { Exchange } from '../exchange.ts';
import { quote } from '../json-text.ts';
import { isoTime } from '../time-text.ts';

export const id = 'gravitee';
export const json = true;

/** By the gateway's codes. */
const METHODS = ['OTHER', 'CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];

/** One v4-metrics document, as the Elasticsearch reporter writes it. */
export function write(exchange: Exchange): string {
  const { method, target, service, consumer, latencyMs, gatewayMs } = exchange;
  const isForwarded = exchange.answeredBy === 'upstream';
  const [path = ''] = target.split('?', 1);
  let line = `{"gateway":"5f0e0c2a","_id":"${exchange.requestId}","type":"v4-metrics","date":"${isoTime(exchange.startedAt).slice(0, 10).replaceAll('-', '.')}","@timestamp":"${isoTime(exchange.startedAt)}","request-id":"${exchange.requestId}","transaction-id":"${exchange.requestId}"`;
  if (service !== undefined) line += `,"api-id":"${service.id}","api-name":"${service.name}"`;
  line += `,"application-id":"${consumer?.name ?? '1'}","http-method":${codeOf(method)},"local-address":"10.0.0.7","remote-address":"${exchange.clientAddress}","host":"${exchange.host}","uri":${quote(target)},"path-info":${quote(path)},"user-agent":""`;
  line += `,"request-ended":"true","entrypoint-id":"http-proxy"`;
  if (isForwarded)
    line += `,"endpoint":"http://orders.internal.test:8080/","endpoint-response-time-ms":${latencyMs - gatewayMs}`;
  line += `,"status":${exchange.status},"response-content-length":${exchange.responseBodyBytes},"gateway-response-time-ms":${latencyMs},"gateway-latency-ms":${gatewayMs}`;
  return `${line}${isForwarded ? '' : `,"error-key":"${errorKey(exchange)}"`}}`;
}

function codeOf(method: string): number {
  return Math.max(0, METHODS.indexOf(method));
}

function errorKey({ status, credentialed }: Exchange): string {
  if (status === 401) return credentialed ? 'API_KEY_INVALID' : 'API_KEY_MISSING';
  if (status === 429) return 'RATE_LIMIT_TOO_MANY_REQUESTS';
  return status === 400 ? 'JSON_INVALID_PAYLOAD' : 'GATEWAY_PLAN_UNRESOLVABLE';
}

/** The size of the answer's body, and of methods those that have a code. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const { answeredBy, status } = exchange;
  return {
    startedAt: isoTime(exchange.startedAt),
    method: METHODS[codeOf(exchange.method)],
    target: exchange.target,
    status,
    host: exchange.host,
    latencyMs: exchange.latencyMs,
    responseBytes: exchange.responseBodyBytes,
    service: exchange.service?.name ?? '',
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    answeredBy,
    schemaValidated: answeredBy === 'gateway' && status === 400 ? true : null,
  };
}
