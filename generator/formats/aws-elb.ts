import type { Exchange } from '../exchange.ts';
import { isoTime } from '../time-text.ts';

export const id = 'aws-elb';
export const json = false;

const NEEDS_ESCAPE = /[^ !#-[\]-~]/;
const ESCAPED_BYTES = /[^ !#-[\]-~]/g;
const FIRST_EPHEMERAL_PORT = 32_768;
const EPHEMERAL_PORTS = 28_000;

export const holds = asPath;

/** One line of a Classic Load Balancer with its 15 fields; the sizes are those of the bodies. */
export function write(exchange: Exchange): string {
  const { latencyMs, gatewayMs, status, scheme, method, target, httpVersion } = exchange;
  const byUpstream = exchange.answeredBy === 'upstream';
  const [place] = exchange.upstreamTargets;
  const peer = byUpstream && place !== undefined ? `${place.address}:${place.port}` : '-';
  const times = byUpstream
    ? `${seconds(gatewayMs)}000 ${seconds(latencyMs - gatewayMs)}000 0.000000`
    : '-1 -1 -1';
  const tls = exchange.tls === undefined ? '- -' : `${exchange.tls.cipher} ${exchange.tls.version}`;
  const time = isoTime(exchange.startedAt).replace('Z', '000Z');
  return `${time} shop-classic ${clientWithPort(exchange)} ${peer} ${times} ${status} ${byUpstream ? status : '-'} ${exchange.requestBytes} ${exchange.responseBodyBytes} "${method} ${scheme}://${hostWithPort(exchange)}${escaped(target)} HTTP/${httpVersion}" "${escaped(exchange.requestHeaders['user-agent'] ?? '-')}" ${tls}`;
}

/** Where the load balancer answers, no durations are written; a 400 of its own comes before any rule. */
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
    responseBytes: exchange.responseBodyBytes,
    clientAddress: exchange.clientAddress,
    answeredBy: brokenHttp ? '' : exchange.answeredBy,
  };
}

/** A load balancer writes a whole URL, which it cannot make of `*`, of a tunnel or of another server's URL. */
export function asPath({ target }: Exchange): boolean {
  return target.startsWith('/');
}

/** `198.51.100.4:41022`; the ports of a client change with each connection. */
export function clientWithPort({ clientAddress, startedAt }: Exchange): string {
  return `${clientAddress}:${FIRST_EPHEMERAL_PORT + (startedAt % EPHEMERAL_PORTS)}`;
}

/** The load balancer appends the port of its listener to a host without one. */
export function hostWithPort({ host, scheme }: Exchange): string {
  if (host.includes(':')) return host;
  return `${host}:${scheme === 'https' ? 443 : 80}`;
}

/** Milliseconds as seconds. */
export function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}

/** Quotes, backslashes, control characters and every byte beyond ASCII become `\xHH`. */
export function escaped(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
  const bytes = Buffer.from(text).toString('latin1');
  return bytes.replaceAll(
    ESCAPED_BYTES,
    (byte) => `\\x${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
