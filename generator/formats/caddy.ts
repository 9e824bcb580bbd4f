import type { Exchange, Headers } from '../exchange.ts';
import { goHeaders } from '../go-headers.ts';
import { toAscii } from '../json-text.ts';
import { isoTime } from '../time-text.ts';

export const id = 'caddy';
export const json = true;

/** Go's numbers of TLS versions. */
const TLS_VERSIONS: Readonly<Record<string, number>> = { 'TLSv1.2': 771, 'TLSv1.3': 772 };
const REDACTED = ['Authorization', 'Proxy-Authorization', 'Cookie', 'Set-Cookie'];

/** One line of Caddy's access log, written when the answer is complete. */
export function write(exchange: Exchange): string {
  const { startedAt, latencyMs, status } = exchange;
  const record = {
    level: status >= 400 ? 'error' : 'info',
    ts: (startedAt + latencyMs) / 1000,
    logger: 'http.log.access.log0',
    msg: 'handled request',
    request: request(exchange),
    bytes_read: exchange.requestBytes,
    user_id: exchange.consumer?.name ?? '',
    duration: latencyMs / 1000,
    size: exchange.responseBodyBytes,
    status,
    resp_headers: lists(responseHeaders(exchange)),
  };
  return toAscii(JSON.stringify(record));
}

function request(exchange: Exchange): object {
  const { clientAddress, httpVersion, method, host, target, tls, clientCertificate } = exchange;
  const session = tls && {
    resumed: false,
    version: TLS_VERSIONS[tls.version] ?? 770,
    cipher_suite: 4865,
    proto: httpVersion === '2.0' ? 'h2' : 'http/1.1',
    server_name: host.split(':')[0],
    ech: false,
    ...(clientCertificate && { client_common_name: 'partner', client_serial: '4711' }),
  };
  return {
    remote_ip: clientAddress,
    remote_port: '51234',
    client_ip: clientAddress,
    proto: `HTTP/${httpVersion}`,
    method,
    host,
    uri: target,
    headers: lists(redacted(exchange.requestHeaders)),
    ...(session && { tls: session }),
  };
}

/** The reverse proxy adds its Via to what an upstream answers. */
function responseHeaders({ responseHeaders: headers, answeredBy }: Exchange): Headers {
  const own = answeredBy === 'upstream' ? { Via: '1.1 Caddy' } : { Server: 'Caddy' };
  return { ...redacted(headers), ...own };
}

function redacted(headers: Headers): Headers {
  const entries = Object.entries(goHeaders(headers));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, REDACTED.includes(name) ? 'REDACTED' : value]),
  );
}

function lists(headers: Headers): object {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}

export function carried(exchange: Exchange): Record<string, unknown> {
  const { tls, answeredBy, startedAt } = exchange;
  const latencyMs = latencyOf(exchange);
  const requestHeaders = redacted(exchange.requestHeaders);
  return {
    startedAt: isoTime(latencyMs === null ? startedAt + exchange.latencyMs : startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: exchange.host,
    scheme: tls === undefined ? '' : 'https',
    latencyMs,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBodyBytes,
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    credentialSeen: tls !== undefined && exchange.clientCertificate,
    requestHeaders,
    responseHeaders: responseHeaders(exchange),
    requestHeaderVisibility: Object.keys(requestHeaders).length === 0 ? 'none' : 'full',
    responseHeaderVisibility: 'full',
    answeredBy: answeredBy === 'upstream' ? 'upstream' : '',
  };
}

/** A whole number could also count milliseconds or nanoseconds. */
function latencyOf({ latencyMs }: Exchange): number | null {
  return latencyMs > 0 && latencyMs % 1000 === 0 ? null : latencyMs;
}
