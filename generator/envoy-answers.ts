import type { Exchange } from './exchange.ts';
import { startLine } from './headers.ts';

/** How Envoy notes who answered and why. */
export interface EnvoyAnswer {
  readonly flags: string;
  readonly details: string;
}

const REFUSALS: Readonly<Record<number, EnvoyAnswer>> = {
  301: { flags: '-', details: 'direct_response' },
  400: { flags: 'DPE', details: 'http1.codec_error' },
  401: { flags: '-', details: 'jwt_authn_access_denied{Jwt_is_missing}' },
  403: { flags: 'UAEX', details: 'ext_authz_denied' },
  404: { flags: 'NR', details: 'route_not_found' },
  429: { flags: 'RL', details: 'request_rate_limited' },
};

export function envoyAnswer({ answeredBy, status }: Exchange): EnvoyAnswer {
  if (answeredBy === 'upstream') return { flags: '-', details: 'via_upstream' };
  return REFUSALS[status] ?? { flags: '-', details: 'direct_response' };
}

/** Who answered, as far as a reader can tell: Envoy's own 400 is about the form of HTTP. */
export function envoyAnsweredBy({ answeredBy, status }: Exchange): string {
  return answeredBy === 'gateway' && status === 400 ? '' : answeredBy;
}

/** What `%BYTES_RECEIVED%` counts. */
export function requestBodyBytes(exchange: Exchange): number {
  let bytes = exchange.requestBytes - startLine(exchange.method, exchange.target) - 2;
  for (const [name, value] of Object.entries(exchange.requestHeaders))
    bytes -= name.length + Buffer.byteLength(value) + 4;
  return Math.max(0, bytes);
}

/** The target that answered, with its port; undefined where Envoy asked nobody. */
export function upstreamHost({
  answeredBy,
  upstreamTargets,
  upstreamStatuses,
  startedAt,
}: Exchange): string | undefined {
  if (answeredBy === 'gateway') return undefined;
  const tried = Math.max(0, upstreamStatuses.length - 1);
  const target = upstreamTargets[(startedAt + tried) % Math.max(1, upstreamTargets.length)];
  return target === undefined ? '10.8.0.21:8080' : `${target.address}:${target.port}`;
}

/** `HTTP/1.1` or `HTTP/2`. */
export function protocol({ httpVersion }: Exchange): string {
  return httpVersion === '2.0' ? 'HTTP/2' : `HTTP/${httpVersion}`;
}

/** A text as clients must send it: bytes that are not printable become `%HH`. Envoy escapes nothing. */
export function sentText(text: string): string {
  const bytes = Buffer.from(text).toString('latin1');
  return bytes.replaceAll(
    /[^ -~]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** The 36 characters of a request id. */
export function uuidText(digits: string): string {
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20, 32)}`;
}
