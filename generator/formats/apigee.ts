import type { Exchange } from '../exchange.ts';
import { quote } from '../json-text.ts';
import { isoTime } from '../time-text.ts';

export const id = 'apigee';
export const json = true;

const NOT_SET = '(not set)';
/** Statuses of failed attempts at a target, which no policy makes. */
const TARGET_FAILURES = [502, 503, 504];

/** One record of analytics, as collectors and exports hold it. */
export function write(exchange: Exchange): string {
  return `{${Object.entries(dimensions(exchange))
    .map(([name, value]) => `"${name}":${typeof value === 'number' ? value : quote(value)}`)
    .join(',')}}`;
}

/** The dimensions and metrics of a call, under the names of analytics. */
export function dimensions(exchange: Exchange): Record<string, string | number> {
  const { startedAt, latencyMs, status, consumer } = exchange;
  const refused = isRefusal(exchange);
  const targetStatus = exchange.upstreamStatuses.at(-1);
  return {
    recordType: 'APIAnalytics',
    organization: 'shop',
    environment: 'prod',
    apiproxy: exchange.service?.name ?? NOT_SET,
    apiproxy_revision: '3',
    client_received_start_timestamp: startedAt,
    client_received_end_timestamp: startedAt,
    client_sent_start_timestamp: startedAt + latencyMs,
    client_sent_end_timestamp: startedAt + latencyMs,
    request_verb: exchange.method,
    request_uri: exchange.target,
    response_status_code: status,
    response_size: exchange.responseBodyBytes,
    x_forwarded_host: exchange.host,
    x_forwarded_proto: exchange.scheme,
    client_ip: exchange.clientAddress,
    useragent: exchange.requestHeaders['user-agent'] ?? NOT_SET,
    developer_app: consumer?.name ?? NOT_SET,
    client_id: consumer?.id ?? NOT_SET,
    is_error: status >= 400 ? 1 : 0,
    policy_error: refused ? 1 : 0,
    ax_execution_fault_policy_name: refused ? 'protect' : NOT_SET,
    target_response_code: targetStatus ?? NOT_SET,
    target_sent_start_timestamp: targetStatus === undefined ? NOT_SET : startedAt + exchange.gatewayMs,
  };
}

function isRefusal({ answeredBy, status }: Exchange): boolean {
  return answeredBy === 'gateway' && status >= 400 && !TARGET_FAILURES.includes(status);
}

export function carried(exchange: Exchange): Record<string, unknown> {
  const byTarget = exchange.upstreamStatuses.at(-1) === exchange.status ? 'upstream' : '';
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: exchange.host,
    scheme: exchange.scheme,
    latencyMs: exchange.latencyMs,
    responseBytes: exchange.responseBodyBytes,
    service: exchange.service?.name ?? '',
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    answeredBy: isRefusal(exchange) ? 'gateway' : byTarget,
  };
}
