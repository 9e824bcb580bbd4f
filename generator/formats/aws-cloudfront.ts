import type { Exchange } from '../exchange.ts';
import { isoTime } from '../time-text.ts';
import { asPath, seconds } from './aws-elb.ts';

export const id = 'aws-cloudfront';
export const json = false;

const FIELDS =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end';
export const NAMES = FIELDS.split(' ');
export const document = { head: `#Version: 1.0\n#Fields: ${FIELDS}\n`, separator: '\n', tail: '\n' };
export const holds = asPath;

/** RFC 1738, and every byte that is not printable ASCII. */
const ESCAPED = /[^!$&(-;=?-Z_a-z]/g;
/** What CloudFront calls the refusals that it makes itself; any other answer of an origin that fails is an `Error`. */
const REFUSALS: Readonly<Record<number, string>> = { 403: 'InvalidRequestBlocked', 429: 'LimitExceeded' };

/** One row of a standard log; the date and the time are those of the end. */
export function write(exchange: Exchange): string {
  return valuesOf(exchange).join('\t');
}

/** The values of all fields, in order, as CloudFront escapes them. */
export function valuesOf(exchange: Exchange): string[] {
  const { startedAt, latencyMs, target, requestHeaders, tls } = exchange;
  const [day = '', clock = ''] = isoTime(startedAt + latencyMs).split('T');
  const [stem = '', query] = cutAtMark(target);
  const type = resultOf(exchange);
  const result = type.startsWith('Invalid') ? 'Error' : type;
  return [
    day,
    clock.slice(0, 8),
    'FRA56-P4',
    String(exchange.responseBytes),
    exchange.clientAddress,
    exchange.method,
    'd111111abcdef8.cloudfront.net',
    escaped(stem),
    String(exchange.status),
    escaped(requestHeaders.referer ?? ''),
    escaped(requestHeaders['user-agent'] ?? ''),
    escaped(query ?? ''),
    escaped(requestHeaders.cookie ?? ''),
    result,
    `${exchange.requestId}==`,
    exchange.host,
    exchange.scheme,
    String(exchange.requestBytes),
    seconds(latencyMs),
    '-',
    exchange.scheme === 'https' ? (tls?.version ?? 'TLSv1.3') : '-',
    exchange.scheme === 'https' ? (tls?.cipher ?? 'TLS_AES_128_GCM_SHA256') : '-',
    result,
    `HTTP/${exchange.httpVersion}`,
    '-',
    '-',
    '51754',
    seconds(latencyMs),
    type,
    escaped(exchange.responseHeaders['content-type'] ?? ''),
    String(exchange.responseBodyBytes),
    '-',
    '-',
  ];
}

function cutAtMark(target: string): string[] {
  const mark = target.indexOf('?');
  return mark === -1 ? [target] : [target.slice(0, mark), target.slice(mark + 1)];
}

function resultOf({ answeredBy, status }: Exchange): string {
  if (answeredBy === 'gateway') return REFUSALS[status] ?? 'Error';
  return status >= 400 ? 'Error' : 'Miss';
}

/** An absent value is a hyphen. */
function escaped(text: string): string {
  if (text === '') return '-';
  const bytes = Buffer.from(text).toString('latin1');
  return bytes.replaceAll(
    ESCAPED,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Whole seconds of the end, from which the milliseconds of the duration are taken. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const { startedAt, latencyMs, requestHeaders } = exchange;
  const ended = startedAt + latencyMs;
  const type = resultOf(exchange);
  const cookie = requestHeaders.cookie;
  return {
    startedAt: isoTime(ended - (ended % 1000) - latencyMs),
    method: exchange.method,
    target: exchange.target.endsWith('?') ? exchange.target.slice(0, -1) : exchange.target,
    status: exchange.status,
    host: exchange.host,
    scheme: exchange.scheme,
    latencyMs,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBytes,
    clientAddress: exchange.clientAddress,
    ...(cookie !== undefined && {
      requestHeaders: { cookie: escaped(cookie) },
      requestHeaderVisibility: 'some',
    }),
    answeredBy: answeredBy(type),
  };
}

function answeredBy(type: string): string {
  if (type === 'Miss') return 'upstream';
  return type === 'Error' ? '' : 'gateway';
}
