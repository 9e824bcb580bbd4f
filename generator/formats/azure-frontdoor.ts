import type { Exchange } from '../exchange.ts';
import { quote } from '../json-text.ts';
import { isoTime } from '../time-text.ts';
import { azureTime } from './azure-apim.ts';

export const id = 'azure-frontdoor';
export const json = true;

/** A record of the Standard and Premium access log; it is written when the answer is sent, and times are text. */
export function write(exchange: Exchange): string {
  const { method, host, latencyMs, clientAddress, status, service, tls } = exchange;
  const isForwarded = exchange.answeredBy === 'upstream';
  const seconds = (latencyMs / 1000).toFixed(3);
  let line = `{"time":"${azureTime(exchange.startedAt + latencyMs)}","resourceId":"/SUBSCRIPTIONS/0/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.CDN/PROFILES/SHOP","category":"FrontDoorAccessLog","operationName":"Microsoft.Cdn/Profiles/AccessLog/Write"`;
  line += `,"properties":{"trackingReference":"${exchange.requestId}","httpMethod":"${method}","httpVersion":"${exchange.httpVersion}.0.0","requestUri":${quote(uriOf(exchange))},"requestBytes":"${exchange.requestBytes}","responseBytes":"${exchange.responseBytes}","userAgent":${quote(exchange.requestHeaders['user-agent'] ?? '')},"clientIp":"${clientAddress}","socketIp":"${clientAddress}","timeToFirstByte":"${seconds}","timeTaken":"${seconds}"`;
  line += `,"requestProtocol":"${exchange.scheme.toUpperCase()}","securityProtocol":"${tls === undefined ? 'N/A' : tls.version.replace('v', ' ')}","httpStatusCode":"${status}","httpStatusDetails":"${status}","pop":"PAR","cacheStatus":"${isForwarded ? 'CONFIG_NOCACHE' : 'N/A'}","errorInfo":"NoError","result":"N/A"`;
  const origin = isForwarded ? '198.51.100.20:443' : 'N/A';
  return `${line},"routingRuleName":"${service?.routeName ?? 'N/A'}","hostName":"${host}","originIp":"${origin}"}}`;
}

/** The port is always there. */
function uriOf({ scheme, host, target }: Exchange): string {
  const port = scheme === 'https' ? ':443' : ':80';
  return `${scheme}://${host}${host.includes(':') ? '' : port}${target}`;
}

export function carried(exchange: Exchange): Record<string, unknown> {
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: uriOf(exchange),
    status: exchange.status,
    host: exchange.host,
    scheme: exchange.scheme,
    latencyMs: exchange.latencyMs,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBytes,
    service: exchange.service?.routeName ?? '',
    clientAddress: exchange.clientAddress,
    answeredBy: exchange.answeredBy,
  };
}
