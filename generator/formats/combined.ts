import type { Exchange } from '../exchange.ts';
import { isoTime, logTime } from '../time-text.ts';

export const id = 'combined';
export const json = false;

/** Whole seconds, and nothing of hosts, schemes or durations. */
export function carried({ startedAt, method, target, status, ...rest }: Exchange): Record<string, unknown> {
  return {
    startedAt: isoTime(startedAt - (startedAt % 1000)),
    method,
    target,
    status,
    responseBytes: rest.responseBodyBytes,
    consumer: rest.consumer?.name ?? '',
    clientAddress: rest.clientAddress,
  };
}

const NEEDS_ESCAPE = /[^ !#-[\]-~]/;
const ESCAPED_BYTES = /[^ !#-[\]-~]/g;

/** One line of nginx's predefined `combined` format; the host, the scheme and most headers are not in it. */
export function write(exchange: Exchange): string {
  const { clientAddress, consumer, method, target, httpVersion, status, requestHeaders } = exchange;
  const user = consumer === undefined ? '-' : consumer.name;
  const referer = requestHeaders.referer ?? '-';
  const agent = requestHeaders['user-agent'] ?? '-';
  const sent = exchange.responseBodyBytes;
  return `${clientAddress} - ${user} [${logTime(exchange.startedAt)}] "${method} ${escaped(target)} HTTP/${httpVersion}" ${status} ${sent} "${referer}" "${escaped(agent)}"`;
}

/** As nginx escapes: quotes, backslashes, control characters and every byte beyond ASCII become `\xHH`. */
function escaped(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
  const bytes = Buffer.from(text).toString('latin1');
  return bytes.replaceAll(
    ESCAPED_BYTES,
    (byte) => `\\x${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
