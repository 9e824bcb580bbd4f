import type { Exchange } from '../exchange.ts';
import { isoTime } from '../time-text.ts';

export const id = 'iis';
export const json = false;

/** IIS's own choice, with host, cookie and sizes; the last is a custom field for a server variable. */
const FIELDS =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Cookie) cs(Referer) cs-host sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken HTTPS';
export const document = {
  head: `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Fields: ${FIELDS}\r\n`,
  separator: '\r\n',
  tail: '\r\n',
};

/** The substatus of the refusals that IIS makes itself. */
const SUBSTATUSES: Readonly<Record<number, number>> = { 401: 2, 403: 502, 404: 4, 503: 2 };

/** A path that HTTP.sys takes: it refuses what decodes to control characters or to no UTF-8. */
export function holds({ target }: Exchange): boolean {
  const { stem, query } = parts(target);
  return stem !== undefined && query !== '-';
}

/** One line of IIS, whose fields stand in the head of the document. */
export function write(exchange: Exchange): string {
  const { startedAt, latencyMs, requestHeaders, scheme, status } = exchange;
  const [day = '', clock = ''] = isoTime(startedAt + latencyMs).split('T');
  const { stem = '', query } = parts(exchange.target);
  const values = [
    exchange.method,
    stem,
    query,
    scheme === 'https' ? '443' : '80',
    exchange.consumer?.name,
    exchange.clientAddress,
    requestHeaders['user-agent'],
    requestHeaders.cookie,
    requestHeaders.referer,
    exchange.host,
    String(status),
    String(substatus(exchange)),
    '0',
    String(exchange.responseBytes),
    String(exchange.requestBytes),
    String(latencyMs),
    scheme === 'https' ? 'on' : 'off',
  ];
  return `${day} ${clock.slice(0, 8)} 10.0.4.7 ${values.map(asValue).join(' ')}`;
}

/** The decoded path, or undefined where IIS would not log one, and the query as it came. */
function parts(target: string): { stem?: string; query: string } {
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const query = mark === -1 ? '' : target.slice(mark + 1);
  try {
    const stem = decodeURIComponent(path);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    return !stem.startsWith('/') || /[\0-\x1f\x7f]/.test(stem) ? { query } : { stem, query };
  } catch {
    return { query };
  }
}

/** A plus sign for a blank, a hyphen for nothing, and UTF-8. */
function asValue(text: string | undefined): string {
  if (text === undefined || text === '') return '-';
  return Buffer.from(text.replaceAll(' ', '+')).toString('latin1');
}

function substatus({ answeredBy, status }: Exchange): number {
  return answeredBy === 'gateway' ? (SUBSTATUSES[status] ?? 0) : 0;
}

/** Whole seconds of the end, from which the milliseconds of the duration are taken. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const { startedAt, latencyMs, requestHeaders } = exchange;
  const ended = startedAt + latencyMs;
  const { stem = '', query } = parts(exchange.target);
  const cookie = requestHeaders.cookie?.replaceAll(' ', '+');
  return {
    startedAt: isoTime(ended - (ended % 1000) - latencyMs),
    method: exchange.method,
    target: `${stem}${query === '' ? '' : `?${query}`}`.replaceAll(' ', '+'),
    status: exchange.status,
    host: exchange.host,
    scheme: exchange.scheme,
    latencyMs,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBytes,
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    ...(cookie !== undefined && { requestHeaders: { cookie }, requestHeaderVisibility: 'some' }),
    answeredBy: substatus(exchange) === 0 ? '' : 'gateway',
  };
}
