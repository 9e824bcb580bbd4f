import type { Exchange } from '../exchange.ts';
import { isoTime, logTime } from '../time-text.ts';

export const id = 'haproxy';
export const json = false;

/** A line of `option httplog`, without the header that syslog puts before it. */
export function write(exchange: Exchange): string {
  const { startedAt, clientAddress, scheme, method, target, status, latencyMs } = exchange;
  const time = logTime(startedAt).slice(0, 20);
  const milliseconds = String(startedAt % 1000).padStart(3, '0');
  const frontend = scheme === 'https' ? 'fe-https' : 'fe-http';
  const asked = `${method} ${escaped(target)} HTTP/${exchange.httpVersion}`;
  return `${clientAddress}:${1024 + (startedAt % 60_000)} [${time}.${milliseconds}] ${frontend}${scheme === 'https' ? '~' : ''} ${server(exchange, frontend)} ${timers(exchange)}/${latencyMs} ${status} ${exchange.responseBytes} - - ${ending(exchange)} 3/2/1/1/0 0/0 "${asked}"`;
}

function server({ answeredBy, service }: Exchange, frontend: string): string {
  if (answeredBy === 'gateway') return `${service?.name ?? frontend}/<NOSRV>`;
  return `${service?.name ?? 'be-default'}/app1`;
}

function timers({ answeredBy, latencyMs, gatewayMs }: Exchange): string {
  return answeredBy === 'gateway' ? '0/-1/-1/-1' : `0/0/1/${Math.max(0, latencyMs - gatewayMs)}`;
}

/** The proxy refused, redirected, or passed the call on. */
function ending({ answeredBy, status }: Exchange): string {
  if (answeredBy === 'upstream') return '----';
  return status === 301 ? 'LR--' : 'PR--';
}

/** Bytes that are not printable, quotes and the mark itself become `#XX`. */
function escaped(text: string): string {
  const bytes = Buffer.from(text).toString('latin1');
  return bytes.replaceAll(
    /[^ !$-~]/g,
    (byte) => `#${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

export function carried(exchange: Exchange): Record<string, unknown> {
  const { answeredBy, status } = exchange;
  const showsRule = answeredBy === 'upstream' || (status !== 400 && status !== 408);
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status,
    scheme: exchange.scheme,
    latencyMs: exchange.latencyMs,
    responseBytes: exchange.responseBytes,
    service: exchange.service?.name ?? (answeredBy === 'upstream' ? 'be-default' : ''),
    clientAddress: exchange.clientAddress,
    answeredBy: showsRule ? answeredBy : '',
  };
}
