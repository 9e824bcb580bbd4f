import type { Exchange } from '../exchange.ts';
import { isoTime } from '../time-text.ts';
import { asPath, clientWithPort, escaped, hostWithPort, seconds } from './aws-elb.ts';

export const id = 'aws-alb';
export const json = false;

const ACCOUNT = 'eu-central-1:123456789012';
const CERTIFICATE = `arn:aws:acm:${ACCOUNT}:certificate/0e1f2a3b-0000-4000-8000-000000000001`;
/** What the load balancer did for an answer of its own; a 400 comes before any rule. */
const OWN_ACTIONS: Readonly<Record<number, string>> = {
  400: '-',
  401: 'authenticate',
  403: 'waf',
  429: 'waf',
};

export const holds = asPath;

/** One line of an Application Load Balancer with 33 fields; durations have milliseconds. */
export function write(exchange: Exchange): string {
  const { startedAt, latencyMs, gatewayMs, status, scheme, method, target, httpVersion } = exchange;
  const byUpstream = exchange.answeredBy === 'upstream';
  const secure = scheme === 'https';
  const [place] = exchange.upstreamTargets;
  const peer = byUpstream && place !== undefined ? `${place.address}:${place.port}` : '-';
  const times = byUpstream ? `${seconds(gatewayMs)} ${seconds(latencyMs - gatewayMs)} 0.000` : '-1 -1 -1';
  const answered = byUpstream ? String(status) : '-';
  const host = hostWithPort(exchange);
  const tls = secure
    ? `${exchange.tls?.cipher ?? 'TLS_AES_128_GCM_SHA256'} ${exchange.tls?.version ?? 'TLSv1.3'}`
    : '- -';
  const group = `arn:aws:elasticloadbalancing:${ACCOUNT}:targetgroup/${exchange.service?.name ?? 'none'}/73e2d6bc24d8a067`;
  return `${typeOf(exchange)} ${micros(startedAt + latencyMs)} app/shop/50dc6c495c0c9188 ${clientWithPort(exchange)} ${peer} ${times} ${status} ${answered} ${exchange.requestBytes} ${exchange.responseBytes} "${method} ${scheme}://${host}${escaped(target)} HTTP/${httpVersion}" "${escaped(exchange.requestHeaders['user-agent'] ?? '-')}" ${tls} ${byUpstream ? group : '-'} "Root=1-${exchange.requestId.slice(0, 8)}-${exchange.requestId.slice(8)}" "${secure ? host.replace(/:\d+$/, '') : '-'}" "${secure ? CERTIFICATE : '-'}" 1 ${micros(startedAt)} "${actionsOf(exchange)}" "-" "-" "${peer}" "${answered}" "-" "-" TID_${exchange.requestId} "-" "-" "-"`;
}

function typeOf({ scheme, httpVersion }: Exchange): string {
  if (scheme === 'http') return 'http';
  return httpVersion === '2.0' ? 'h2' : 'https';
}

/** The load balancer authenticates the callers that it knows. */
function actionsOf({ answeredBy, consumer, status }: Exchange): string {
  if (answeredBy === 'gateway') return OWN_ACTIONS[status] ?? 'fixed-response';
  return consumer === undefined ? 'forward' : 'authenticate,forward';
}

function micros(time: number): string {
  return isoTime(time).replace('Z', '000Z');
}

/** Where the load balancer answers, no durations are written. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const byUpstream = exchange.answeredBy === 'upstream';
  const brokenHttp = !byUpstream && exchange.status === 400;
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: hostWithPort(exchange),
    scheme: exchange.scheme,
    latencyMs: byUpstream ? exchange.latencyMs : null,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBytes,
    clientAddress: exchange.clientAddress,
    credentialSeen: byUpstream && exchange.consumer !== undefined,
    answeredBy: brokenHttp ? '' : exchange.answeredBy,
  };
}
