import type { Exchange } from '../exchange.ts';
import { quote } from '../json-text.ts';
import { loggedRequestHeaders, loggedResponseHeaders, someHeaders } from '../logged-headers.ts';
import { isoTime } from '../time-text.ts';

export const id = 'azure-apim';
export const json = true;

interface PolicyError {
  readonly source: string;
  readonly reason: string;
}

/** A record of the resource log, as Event Hubs and storage accounts get it. */
export function write(exchange: Exchange): string {
  const { status, latencyMs, clientAddress, service, consumer } = exchange;
  const error = policyError(exchange);
  let line = `{"Level":4,"isRequestSuccess":${status < 400},"time":"${azureTime(exchange.startedAt)}","operationName":"Microsoft.ApiManagement/GatewayLogs","category":"GatewayLogs","durationMs":${latencyMs},"callerIpAddress":"${clientAddress}","correlationId":"${exchange.requestId}","location":"West Europe"`;
  line += `,"properties":{"method":"${exchange.method}","url":${quote(urlOf(exchange))},"responseCode":${status},"responseSize":${exchange.responseBytes},"requestSize":${exchange.requestBytes},"cache":"none","clientProtocol":"HTTP/${exchange.httpVersion}"`;
  if (error === undefined)
    line += `,"backendResponseCode":${status},"backendTime":${latencyMs - exchange.gatewayMs}`;
  if (error !== undefined)
    line += `,"lastError":{"elapsed":${exchange.gatewayMs},"source":"${error.source}","scope":"api","section":"inbound","reason":"${error.reason}","message":""}`;
  if (service !== undefined) line += `,"apiId":"${service.name}","apiRevision":"1"`;
  if (consumer !== undefined) line += `,"apimSubscriptionId":"${consumer.name}"`;
  if (exchange.tls !== undefined) line += `,"clientTlsVersion":"${exchange.tls.version.replace('TLSv', '')}"`;
  return `${line},"requestHeaders":${loggedRequestHeaders(exchange.requestHeaders)},"responseHeaders":${loggedResponseHeaders(exchange.responseHeaders)}},"resourceId":"/SUBSCRIPTIONS/0/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.APIMANAGEMENT/SERVICE/SHOP"}`;
}

/** Seven decimals, as .NET writes them. */
export function azureTime(time: number): string {
  return `${isoTime(time).slice(0, -1)}0000Z`;
}

export function urlOf({ scheme, host, target }: Exchange): string {
  return `${scheme}://${host}${target}`;
}

/** Which policy or built-in step ended a call; none did where the backend answered. */
export function policyError({ answeredBy, status, credentialed }: Exchange): PolicyError | undefined {
  if (answeredBy === 'upstream') return undefined;
  if (status === 401)
    return { source: 'validate-jwt', reason: credentialed ? 'JwtInvalid' : 'TokenNotPresent' };
  if (status === 403) return { source: 'ip-filter', reason: 'CallerIpNotAllowed' };
  if (status === 429) return { source: 'rate-limit-by-key', reason: 'RateLimitExceeded' };
  if (status === 400) return { source: 'validate-content', reason: 'IncorrectMessage' };
  return { source: 'configuration', reason: 'OperationNotFound' };
}

/** All but who passed TLS with a certificate; who answered is told where a policy ended the call. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const error = policyError(exchange);
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
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    credentialSeen: error?.reason === 'JwtInvalid',
    ...someHeaders(exchange),
    answeredBy: exchange.answeredBy,
    schemaValidated: error?.source === 'validate-content' ? true : null,
  };
}
