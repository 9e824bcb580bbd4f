import type { Exchange } from '../exchange.ts';
import { quote } from '../json-text.ts';
import { isoTime } from '../time-text.ts';

export const id = 'apigee-logging';
export const reads = 'apigee';
export const json = true;

/** The fault of a policy for each status that policies answer with; of others the template tells nothing. */
const FAULTS: Readonly<Record<number, string>> = {
  400: 'ValidationFailed',
  401: 'InvalidApiKey',
  403: 'IPDeniedAccess',
  404: 'ApplicationNotFound',
  429: 'QuotaViolation',
};

/** One message of the common template: text throughout, and nothing where a flow variable is not resolved. */
export function write(exchange: Exchange): string {
  const { startedAt, consumer, upstreamStatuses } = exchange;
  const wasSent = upstreamStatuses.length > 0;
  const fields: Record<string, string> = {
    organization: 'shop',
    environment: 'prod',
    apiProxy: exchange.service?.name ?? '',
    apiProxyRevision: '3',
    developerApp: consumer?.name ?? '',
    clientId: consumer?.id ?? '',
    requestUri: exchange.target,
    verb: exchange.method,
    correlationId: `rrt-${exchange.requestId}`,
    clientIp: exchange.clientAddress,
    clientScheme: exchange.scheme,
    requestHost: exchange.host,
    proxyRequestReceived: String(startedAt),
    targetRequestSent: wasSent ? String(startedAt + exchange.gatewayMs) : '',
    proxyResponseSent: String(startedAt + exchange.latencyMs),
    targetResponseCode: String(upstreamStatuses.at(-1) ?? ''),
    proxyResponseCode: String(exchange.status),
    faultName: faultOf(exchange),
  };
  return `{${Object.entries(fields)
    .map(([name, value]) => `"${name}":${quote(value)}`)
    .join(',')}}`;
}

function faultOf({ answeredBy, status }: Exchange): string {
  if (answeredBy === 'gateway') return FAULTS[status] ?? '';
  return status >= 400 ? 'ErrorResponseCode' : '';
}

export function carried(exchange: Exchange): Record<string, unknown> {
  const byTarget = exchange.upstreamStatuses.at(-1) === exchange.status ? 'upstream' : '';
  const isRefusal = exchange.answeredBy === 'gateway' && faultOf(exchange) !== '';
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: exchange.host,
    scheme: exchange.scheme,
    latencyMs: exchange.latencyMs,
    service: exchange.service?.name ?? '',
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    answeredBy: isRefusal ? 'gateway' : byTarget,
  };
}
