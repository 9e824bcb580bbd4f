import { allHeaders } from '../carried.ts';
import { envoyAnswer, envoyAnsweredBy, upstreamHost } from '../envoy-answers.ts';
import type { Exchange } from '../exchange.ts';
import { toAscii } from '../json-text.ts';
import { isoTime } from '../time-text.ts';

export const id = 'envoy-als';
export const json = true;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];
const FLAGS: Readonly<Record<string, object>> = {
  UAEX: { unauthorizedDetails: { reason: 'EXTERNAL_SERVICE' } },
  RL: { rateLimited: true },
  NR: { noRouteFound: true },
  DPE: { downstreamProtocolError: true },
};
const TLS_VERSIONS: Readonly<Record<string, string>> = { 'TLSv1.2': 'TLSv1_2', 'TLSv1.3': 'TLSv1_3' };

/** The protocol has nine methods. */
export function holds({ method }: Exchange): boolean {
  return METHODS.includes(method);
}

/** An entry as protojson, with all headers among those that are logged; zero values are left out. */
export function write(exchange: Exchange): string {
  const { requestBytes, responseBytes, responseBodyBytes, status, requestHeaders } = exchange;
  return toAscii(
    JSON.stringify({
      commonProperties: commonProperties(exchange),
      protocolVersion: exchange.httpVersion === '2.0' ? 'HTTP2' : 'HTTP11',
      request: {
        requestMethod: exchange.method,
        scheme: exchange.scheme,
        authority: exchange.host,
        path: exchange.target,
        userAgent: requestHeaders['user-agent'] || undefined,
        forwardedFor: exchange.clientAddress,
        requestId: exchange.requestId,
        requestHeadersBytes: String(requestBytes),
        requestHeaders: notEmpty(requestHeaders),
      },
      response: {
        responseCode: status,
        responseHeadersBytes: String(responseBytes - responseBodyBytes),
        responseBodyBytes: responseBodyBytes === 0 ? undefined : String(responseBodyBytes),
        responseHeaders: notEmpty(exchange.responseHeaders),
        responseCodeDetails: envoyAnswer(exchange).details,
      },
    }),
  );
}

function commonProperties(exchange: Exchange): object {
  const { service, startedAt, latencyMs, gatewayMs, answeredBy } = exchange;
  const upstream = upstreamHost(exchange)?.split(':');
  const isAnswered = answeredBy === 'upstream';
  return {
    downstreamRemoteAddress: address(exchange.clientAddress, 51489),
    downstreamLocalAddress: address('10.8.0.2', exchange.scheme === 'https' ? 443 : 80),
    tlsProperties: tlsProperties(exchange),
    startTime: isoTime(startedAt).replace('Z', '000000Z'),
    timeToFirstUpstreamRxByte: isAnswered ? duration(Math.max(0, latencyMs - gatewayMs)) : undefined,
    timeToLastDownstreamTxByte: duration(latencyMs),
    upstreamRemoteAddress: upstream && address(upstream[0], Number(upstream[1])),
    upstreamLocalAddress: upstream && address('10.8.0.2', 37652),
    upstreamCluster: service?.name,
    responseFlags: FLAGS[envoyAnswer(exchange).flags],
    routeName: service?.routeName,
  };
}

function address(text: string | undefined, portValue: number): object {
  return { socketAddress: { address: text, portValue } };
}

/** `1.010s`: three, six or nine digits after the point. */
function duration(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(9)}s`;
}

function tlsProperties({ tls, host, clientCertificate, consumer }: Exchange): object | undefined {
  if (tls === undefined) return undefined;
  const peer = clientCertificate ? { subjectAltName: [{ uri: spiffeId(consumer?.name) }] } : undefined;
  return {
    tlsVersion: TLS_VERSIONS[tls.version] ?? 'TLSv1_2',
    tlsSniHostname: host.replace(/:\d+$/, ''),
    peerCertificateProperties: peer,
  };
}

function spiffeId(name = 'unknown'): string {
  return `spiffe://shop.test/ns/default/sa/${name}`;
}

function notEmpty(headers: object): object | undefined {
  return Object.keys(headers).length === 0 ? undefined : headers;
}

/** Only the certificate names a caller; which headers are logged is chosen, so none is known to be missing. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const { clientCertificate, consumer } = exchange;
  const some = (visibility: unknown) => (visibility === 'full' ? 'some' : 'none');
  const headers = allHeaders(exchange);
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
    service: exchange.service?.name ?? '',
    consumer: clientCertificate ? spiffeId(consumer?.name) : '',
    clientAddress: exchange.clientAddress,
    credentialSeen: clientCertificate,
    ...headers,
    requestHeaderVisibility: some(headers.requestHeaderVisibility),
    responseHeaderVisibility: some(headers.responseHeaderVisibility),
    answeredBy: envoyAnsweredBy(exchange),
  };
}
