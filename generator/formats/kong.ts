import { allHeaders } from '../carried.ts';
import type { Consumer, Exchange, GatewayService, Headers, TlsSession, UpstreamTarget } from '../exchange.ts';
import { jsonOf, quote, remembering } from '../json-text.ts';
import { querystring } from '../querystring.ts';
import { isoTime, millisecondsText } from '../time-text.ts';

export const id = 'kong';
export const json = true;

const routing = remembering<GatewayService>(
  (service) => `,"route":{"name":"${service.routeName}"},"service":{"name":"${service.name}"}`,
);
const identity = remembering<Consumer>((consumer) => `,"consumer":{"username":"${consumer.name}"}`);
const requestHeaders = remembering<Headers>((headers) => `,"headers":${jsonOf(headers)}`);
const responseHeaders = remembering<Headers>(
  (headers) => `,"headers":${jsonOf(headers)}},"latencies":{"kong":`,
);
const session = remembering<TlsSession>(
  (tls) => `,"tls":{"version":"${tls.version}","cipher":"${tls.cipher}","client_verify":"`,
);
const attempt = remembering<UpstreamTarget>((target) => `{"ip":"${target.address}","port":${target.port}}`);

/**
 * One line of Kong's log serializer (3.6 and later), slimmed as operators slim it with
 * `custom_fields_by_lua`: identifiers, the upstream path and the workspace are left out.
 */
export function write(exchange: Exchange): string {
  const { service, consumer, latencyMs, gatewayMs, answeredBy, status } = exchange;
  const byUpstream = answeredBy === 'upstream';
  const upstreamMs = byUpstream ? latencyMs - gatewayMs : -1;
  return `{"started_at":${millisecondsText(exchange.startedAt)},"client_ip":"${exchange.clientAddress}${request(exchange)},"response":{"status":${status},"size":${exchange.responseBytes}${responseHeaders(exchange.responseHeaders)}${gatewayMs},"proxy":${upstreamMs},"request":${latencyMs}${upstream(exchange)}${service === undefined ? '' : routing(service)}${consumer === undefined ? '' : identity(consumer)}${byUpstream ? ',"source":"upstream"}' : ',"source":"kong"}'}`;
}

function request(exchange: Exchange): string {
  const { method, target, tls, scheme } = exchange;
  const uri = quote(target);
  const text = `","request":{"method":"${method}","uri":${uri},"url":"${origin(scheme, exchange.host)}${uri.slice(1)},"size":${exchange.requestBytes},"querystring":${querystring(target)}${requestHeaders(exchange.requestHeaders)}`;
  if (tls === undefined) return `${text}}`;
  return text + session(tls) + (exchange.clientCertificate ? 'SUCCESS"}}' : 'NONE"}}');
}

/** Kong appends the port to the host, and the target as it came even where that is no path. */
export function origin(scheme: Exchange['scheme'], host: string): string {
  if (host.includes(':')) return `${scheme}://${host}`;
  return `${scheme}://${host}${scheme === 'https' ? ':443' : ':80'}`;
}

/** What the targets answered; Lua writes the empty list of tries as an empty object. */
function upstream({ upstreamStatuses, upstreamTargets, startedAt }: Exchange): string {
  const [first] = upstreamStatuses;
  if (first === undefined) return '},"tries":{}';
  if (upstreamStatuses.length === 1) {
    return `},"upstream_status":"${first}","tries":[${attempt(targetOf(upstreamTargets, startedAt))}]`;
  }
  const tries = upstreamStatuses.map((_, tried) => attempt(targetOf(upstreamTargets, startedAt + tried)));
  return `},"upstream_status":"${upstreamStatuses.join(', ')}","tries":[${tries.join(',')}]`;
}

export function targetOf(targets: readonly UpstreamTarget[], turn: number): UpstreamTarget {
  return targets[turn % targets.length] as UpstreamTarget; // exchanges with statuses have targets
}

/** What Kong's record tells: all but the validation of schemas. */
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
    service: exchange.service?.name ?? '',
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    credentialSeen: exchange.clientCertificate,
    ...allHeaders(exchange),
    answeredBy: exchange.answeredBy,
  };
}
