import type { Exchange } from '../exchange.ts';
import { quote } from '../json-text.ts';
import { isoTime, logTime } from '../time-text.ts';

export const id = 'aws-apigateway';
export const json = true;

/** Types of the gateway's own answers; it has others, but none for what is no error. */
const TYPES: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST_BODY',
  401: 'UNAUTHORIZED',
  403: 'ACCESS_DENIED',
  404: 'RESOURCE_NOT_FOUND',
  429: 'THROTTLED',
};

/** One line of a stage whose template adds to the console's JSON what it leaves out. */
export function write(exchange: Exchange): string {
  const { startedAt, status, consumer } = exchange;
  const fields: Record<string, string> = {
    requestId: uuid(exchange.requestId),
    extendedRequestId: `${exchange.requestId.slice(0, 15)}=`,
    ip: exchange.clientAddress,
    caller: '-',
    user: '-',
    requestTime: logTime(startedAt),
    requestTimeEpoch: String(startedAt),
    httpMethod: exchange.method,
    resourcePath: '/{proxy+}',
    path: pathOf(exchange),
    status: String(status),
    protocol: `HTTP/${exchange.httpVersion}`,
    responseLength: String(exchange.responseBodyBytes),
    responseLatency: String(exchange.latencyMs),
    domainName: domainOf(exchange),
    apiId: exchange.service?.id ?? '-',
    'authorizer.principalId': consumer?.name ?? '-',
    'error.responseType': responseType(exchange),
    'integration.status': String(exchange.upstreamStatuses.at(-1) ?? '-'),
  };
  return `{${Object.entries(fields)
    .map(([name, value]) => `"${name}":${quote(value)}`)
    .join(',')}}`;
}

/** As in the logs of REST APIs: eight, four, four, four and twelve digits. */
export function uuid(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** `$context.path` leaves the query out. */
export function pathOf({ target }: Exchange): string {
  return target.split('?', 1).join('');
}

function domainOf({ host }: Exchange): string {
  return host.replace(/:\d+$/, '');
}

function responseType({ answeredBy, status }: Exchange): string {
  if (answeredBy === 'upstream' || status < 400) return '-';
  return TYPES[status] ?? (status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
}

/** The gateway has no plain endpoint. */
export function holds({ scheme, target }: Exchange): boolean {
  return scheme === 'https' && target.startsWith('/');
}

export function carried(exchange: Exchange): Record<string, unknown> {
  const type = responseType(exchange);
  const answeredBy = exchange.upstreamStatuses.at(-1) === exchange.status ? 'upstream' : '';
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: pathOf(exchange),
    status: exchange.status,
    host: domainOf(exchange),
    scheme: 'https',
    latencyMs: exchange.latencyMs,
    responseBytes: exchange.responseBodyBytes,
    service: exchange.service?.id ?? '',
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    answeredBy: type === '-' ? answeredBy : 'gateway',
    schemaValidated: type === 'BAD_REQUEST_BODY' ? true : null,
  };
}
