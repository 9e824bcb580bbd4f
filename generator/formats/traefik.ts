import type { Exchange, Headers } from '../exchange.ts';
import { goHeaders } from '../go-headers.ts';
import { toAscii } from '../json-text.ts';
import { isoTime } from '../time-text.ts';
import { targetOf } from './kong.ts';

export const id = 'traefik';
export const json = true;

const CLIENT_PORT = 51_234;
const REDACTED = ['Authorization', 'Cookie', 'Set-Cookie'];
const OF_A_FAILED_CALL = [499, 502, 503, 504];

/** One JSON line of Traefik 3's access log that keeps headers and redacts those with credentials. */
export function write(exchange: Exchange): string {
  const { latencyMs, gatewayMs, answeredBy, status, service, tls } = exchange;
  const byUpstream = answeredBy === 'upstream';
  const record = {
    ClientAddr: clientOf(exchange),
    ClientHost: exchange.clientAddress,
    ClientPort: String(CLIENT_PORT),
    ClientUsername: exchange.consumer?.name ?? '-',
    DownstreamContentSize: exchange.responseBodyBytes,
    DownstreamStatus: status,
    Duration: latencyMs * 1e6,
    ...(byUpstream && {
      OriginContentSize: exchange.responseBodyBytes,
      OriginDuration: (latencyMs - gatewayMs) * 1e6,
      OriginStatus: status,
    }),
    Overhead: (byUpstream ? gatewayMs : latencyMs) * 1e6,
    ...request(exchange),
    RetryAttempts: Math.max(0, exchange.upstreamStatuses.length - 1),
    ...(service !== undefined && { RouterName: `${service.routeName}@file` }),
    ...(byUpstream && upstream(exchange)),
    StartLocal: timeOf(exchange),
    StartUTC: timeOf(exchange),
    ...(tls !== undefined && { TLSCipher: tls.cipher, TLSVersion: tls.version.replace('TLSv', '') }),
    ...(exchange.clientCertificate && { TLSClientSubject: 'CN=partner,O=Partner' }),
    ...flat('downstream_', exchange.responseHeaders),
    entryPointName: exchange.scheme === 'https' ? 'websecure' : 'web',
    level: 'info',
    msg: '',
    ...flat('request_', exchange.requestHeaders),
    time: isoTime(exchange.startedAt + latencyMs).replace(/\.\d+Z/, 'Z'),
  };
  return toAscii(JSON.stringify(record));
}

function request({ host, method, target, httpVersion, scheme, requestBytes, requestId }: Exchange): object {
  return {
    RequestAddr: host,
    RequestContentSize: requestBytes,
    RequestCount: Number.parseInt(requestId.slice(0, 6), 16),
    RequestHost: host.split(':')[0],
    RequestMethod: method,
    RequestPath: target,
    RequestPort: host.split(':')[1] ?? '-',
    RequestProtocol: `HTTP/${httpVersion}`,
    RequestScheme: scheme,
  };
}

function upstream({ upstreamTargets, startedAt, service }: Exchange): object {
  const { address, port } = targetOf(upstreamTargets, startedAt);
  return {
    ServiceAddr: `${address}:${port}`,
    ServiceName: `${service?.name}@file`,
    ServiceURL: `http://${address}:${port}`,
  };
}

function clientOf({ clientAddress }: Exchange): string {
  return clientAddress.includes(':')
    ? `[${clientAddress}]:${CLIENT_PORT}`
    : `${clientAddress}:${CLIENT_PORT}`;
}

/** Nanoseconds, of which the last six digits are lost on a reader. */
function timeOf({ startedAt }: Exchange): string {
  return isoTime(startedAt).replace('Z', '417293Z');
}

function kept(headers: Headers): Headers {
  const entries = Object.entries(goHeaders(headers));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, REDACTED.includes(name) ? 'REDACTED' : value]),
  );
}

function flat(prefix: string, headers: Headers): object {
  return Object.fromEntries(Object.entries(kept(headers)).map(([name, value]) => [prefix + name, value]));
}

/** A status that Traefik gives itself when a server fails does not tell who answered. */
export function answererOf({ answeredBy, status }: Exchange): string {
  return answeredBy === 'upstream' && OF_A_FAILED_CALL.includes(status) ? '' : answeredBy;
}

export function carried(exchange: Exchange): Record<string, unknown> {
  const requestHeaders = kept(exchange.requestHeaders);
  const responseHeaders = kept(exchange.responseHeaders);
  const visibility = (headers: Headers) => (Object.keys(headers).length === 0 ? 'none' : 'some');
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: exchange.host,
    scheme: exchange.scheme,
    latencyMs: exchange.latencyMs,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBodyBytes,
    service: exchange.service === undefined ? '' : `${exchange.service.routeName}@file`,
    consumer: exchange.consumer?.name ?? '',
    clientAddress: clientOf(exchange),
    credentialSeen: exchange.clientCertificate,
    requestHeaders,
    responseHeaders,
    requestHeaderVisibility: visibility(requestHeaders),
    responseHeaderVisibility: visibility(responseHeaders),
    answeredBy: answererOf(exchange),
  };
}
