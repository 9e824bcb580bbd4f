import type { Exchange } from '../exchange.ts';
import { quote } from '../json-text.ts';
import { isoTime, millisecondsText } from '../time-text.ts';

export const id = 'nginx-json';
export const json = true;

/** The request headers that a `log_format` for a look at posture names. */
const LOGGED_HEADERS = ['authorization', 'x-api-key', 'cookie'];
const LOGGED_RESPONSE_HEADERS = ['content-type', 'strict-transport-security', 'retry-after'];

/** One line of a `log_format ... escape=json` with every variable in quotes. */
export function write(exchange: Exchange): string {
  const { tls, upstreamStatuses, upstreamTargets, requestHeaders } = exchange;
  const ended = millisecondsText(exchange.startedAt + exchange.latencyMs);
  const addresses = upstreamStatuses.map((_, index) => {
    const target = upstreamTargets[index % upstreamTargets.length];
    return `${target?.address}:${target?.port}`;
  });
  const fields: Record<string, string> = {
    msec: `${ended.slice(0, -3)}.${ended.slice(-3)}`,
    request_id: exchange.requestId,
    remote_addr: exchange.clientAddress,
    remote_user: exchange.consumer?.name ?? '',
    request_method: exchange.method,
    request_uri: exchange.target,
    status: String(exchange.status),
    body_bytes_sent: String(exchange.responseBodyBytes),
    bytes_sent: String(exchange.responseBytes),
    request_length: String(exchange.requestBytes),
    request_time: (exchange.latencyMs / 1000).toFixed(3),
    upstream_addr: addresses.join(', '),
    upstream_status: upstreamStatuses.join(', '),
    http_host: exchange.host,
    ssl_protocol: tls?.version ?? '',
    ssl_client_verify: exchange.clientCertificate ? 'SUCCESS' : 'NONE',
    http_user_agent: requestHeaders['user-agent'] ?? '',
    ...variables('http_', LOGGED_HEADERS, requestHeaders),
    ...variables('sent_http_', LOGGED_RESPONSE_HEADERS, exchange.responseHeaders),
  };
  return `{${Object.entries(fields)
    .map(([name, value]) => `"${name}":${quote(value)}`)
    .join(',')}}`;
}

function variables(
  prefix: string,
  names: readonly string[],
  headers: Exchange['requestHeaders'],
): Record<string, string> {
  return Object.fromEntries(names.map((name) => [prefix + name.replaceAll('-', '_'), headers[name] ?? '']));
}

/** All but the service and the validation of schemas; of headers those that are named. */
export function carried(exchange: Exchange): Record<string, unknown> {
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: exchange.host,
    scheme: exchange.tls === undefined ? 'http' : 'https',
    latencyMs: exchange.latencyMs,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBytes,
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    credentialSeen: exchange.clientCertificate,
    requestHeaders: named(LOGGED_HEADERS, exchange.requestHeaders),
    responseHeaders: named(LOGGED_RESPONSE_HEADERS, exchange.responseHeaders),
    requestHeaderVisibility: 'some',
    responseHeaderVisibility: 'some',
    answeredBy: answeredBy(exchange),
  };
}

function named(names: readonly string[], headers: Exchange['requestHeaders']): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}

/** The log shows who answered, but for errors of form and for a last answer that nginx replaced. */
function answeredBy({ upstreamStatuses, status }: Exchange): string {
  if (upstreamStatuses.length === 0) return status === 400 ? '' : 'gateway';
  return upstreamStatuses.at(-1) === status ? 'upstream' : '';
}
