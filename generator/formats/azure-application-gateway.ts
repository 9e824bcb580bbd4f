import type { Exchange } from '../exchange.ts';
import { quote } from '../json-text.ts';
import { isoTime } from '../time-text.ts';

export const id = 'azure-application-gateway';
export const json = true;

/** A record of v2's access log; it is written in the second in which the answer ends, and counts in seconds. */
export function write(exchange: Exchange): string {
  const { status, service, target, tls } = exchange;
  const isForwarded = exchange.answeredBy === 'upstream';
  const [path = '', ...query] = target.split('?');
  let line = `{"timeStamp":"${isoTime(endSecond(exchange)).slice(0, 19)}+00:00","resourceId":"/SUBSCRIPTIONS/0/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.NETWORK/APPLICATIONGATEWAYS/SHOP","listenerName":"public","ruleName":"${service?.routeName ?? ''}","backendPoolName":"${service?.name ?? ''}","operationName":"ApplicationGatewayAccess","category":"ApplicationGatewayAccessLog"`;
  line += `,"properties":{"instanceId":"appgw_0","clientIP":"${exchange.clientAddress}","clientPort":45057,"httpMethod":"${exchange.method}","originalRequestUriWithArgs":${quote(target)},"requestUri":${quote(path)},"requestQuery":${quote(query.join('?'))},"userAgent":${quote(exchange.requestHeaders['user-agent'] ?? '')},"httpStatus":${status},"httpVersion":"HTTP/${exchange.httpVersion}","receivedBytes":${exchange.requestBytes},"sentBytes":${exchange.responseBytes},"clientResponseTime":0,"timeTaken":${exchange.latencyMs / 1000}`;
  line += `,"transactionId":"${exchange.requestId}","sslEnabled":"${tls === undefined ? 'off' : 'on'}","sslCipher":"${tls?.cipher ?? ''}","sslProtocol":"${tls?.version ?? ''}","sslClientVerify":"${certificate(exchange)}"`;
  line += `,"serverRouted":"${isForwarded ? '10.4.0.4:443' : ''}","serverStatus":"${isForwarded ? status : ''}"`;
  return `${line},"originalHost":"${exchange.host}","host":"${exchange.host}","error_info":"ERRORINFO_NO_ERROR"}}`;
}

function certificate({ tls, clientCertificate }: Exchange): string {
  if (tls === undefined) return '';
  return clientCertificate ? 'SUCCESS' : 'NONE';
}

function endSecond({ startedAt, latencyMs }: Exchange): number {
  const end = startedAt + latencyMs;
  return end - (end % 1000);
}

/** Of the start, what whole seconds and a duration tell. */
export function carried(exchange: Exchange): Record<string, unknown> {
  return {
    startedAt: isoTime(endSecond(exchange) - exchange.latencyMs),
    method: exchange.method,
    target: exchange.target,
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
