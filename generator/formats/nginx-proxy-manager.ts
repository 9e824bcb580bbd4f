import type { Exchange } from '../exchange.ts';
import { isoTime, logTime } from '../time-text.ts';

export const id = 'nginx-proxy-manager';
export const json = false;

/** A line of a proxy host; the time is that of its end. */
export function write(exchange: Exchange): string {
  const { startedAt, latencyMs, method, target, status, scheme, host } = exchange;
  const upstream = exchange.answeredBy === 'gateway' ? '-' : exchange.upstreamStatuses.slice(0, -1);
  const statuses = upstream === '-' ? '-' : [...upstream, status].join(', ');
  const agent = escaped(exchange.requestHeaders['user-agent'] ?? '-');
  const referer = escaped(exchange.requestHeaders.referer ?? '-');
  return `[${logTime(startedAt + latencyMs)}] - ${statuses} ${status} - ${method} ${scheme} ${host} "${escaped(target)}" [Client ${exchange.clientAddress}] [Length ${exchange.responseBodyBytes}] [Gzip -] [Sent-to 10.0.0.21] "${agent}" "${referer}"`;
}

/** As nginx escapes: quotes, backslashes, control characters and every byte beyond ASCII become `\xHH`. */
function escaped(text: string): string {
  const bytes = Buffer.from(text).toString('latin1');
  return bytes.replaceAll(
    /[^ !#-[\]-~]/g,
    (byte) => `\\x${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Whole seconds of the end, since there is no duration. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const { status, answeredBy } = exchange;
  const end = exchange.startedAt + exchange.latencyMs;
  const showsRule = answeredBy === 'upstream' || ![400, 408, 499].includes(status);
  return {
    startedAt: isoTime(end - (end % 1000)),
    method: exchange.method,
    target: exchange.target,
    status,
    host: exchange.host,
    scheme: exchange.scheme,
    responseBytes: exchange.responseBodyBytes,
    clientAddress: exchange.clientAddress,
    answeredBy: showsRule ? answeredBy : '',
  };
}
