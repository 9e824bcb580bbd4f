import type { Exchange } from '../exchange.ts';
import { quote } from '../json-text.ts';
import { loggedRequestHeaders, loggedResponseHeaders, someHeaders } from '../logged-headers.ts';
import { isoTime, millisecondsText } from '../time-text.ts';

export const id = 'cloudflare';
export const json = true;

/** One record of Logpush's http_requests, instants in nanoseconds, with headers as custom fields. */
export function write(exchange: Exchange): string {
  const { startedAt, latencyMs, status, target, tls } = exchange;
  const [path = ''] = target.split('?', 1);
  const action = stopped(exchange) ? 'block' : '';
  let line = `{"ClientIP":"${exchange.clientAddress}","ClientMTLSAuthStatus":"${exchange.clientCertificate ? 'ok' : 'unknown'}","ClientRequestBytes":${exchange.requestBytes},"ClientRequestHost":"${exchange.host}","ClientRequestMethod":"${exchange.method}","ClientRequestPath":${quote(path)},"ClientRequestProtocol":"HTTP/${exchange.httpVersion}","ClientRequestScheme":"${exchange.scheme}","ClientRequestURI":${quote(target)},"ClientRequestUserAgent":${quote(exchange.requestHeaders['user-agent'] ?? '')},"ClientSSLProtocol":"${tls?.version ?? 'none'}"`;
  line += `,"EdgeEndTimestamp":${nanoseconds(startedAt + latencyMs)},"EdgeResponseBytes":${exchange.responseBytes},"EdgeResponseStatus":${status},"EdgeStartTimestamp":${nanoseconds(startedAt)},"OriginResponseStatus":${action === '' ? status : 0},"RayID":"${exchange.requestId.slice(0, 16)}"`;
  line += `,"SecurityAction":"${action}","SecurityActions":[${action === '' ? '' : '"block"'}],"WorkerSubrequest":false`;
  return `${line},"RequestHeaders":${loggedRequestHeaders(exchange.requestHeaders)},"ResponseHeaders":${loggedResponseHeaders(exchange.responseHeaders)}}`;
}

function stopped({ answeredBy }: Exchange): boolean {
  return answeredBy === 'gateway';
}

function nanoseconds(time: number): string {
  return `${millisecondsText(time)}000000`;
}

/** All but callers and services. */
export function carried(exchange: Exchange): Record<string, unknown> {
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: exchange.host,
    scheme: exchange.scheme,
    latencyMs: exchange.latencyMs,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBytes,
    clientAddress: exchange.clientAddress,
    credentialSeen: exchange.clientCertificate,
    ...someHeaders(exchange),
    answeredBy: exchange.answeredBy,
  };
}
