import type { Exchange, Headers } from '../exchange.ts';
import { toAscii } from '../json-text.ts';
import { isoTime, logTime } from '../time-text.ts';

export const id = 'aws-lambda-event-v2';
export const reads = 'aws-lambda-event';
export const json = true;

/** The event of an HTTP API (payload 2.0) and what the function gave back, as middleware logs them. */
export function write(exchange: Exchange): string {
  const { cookie, ...headers } = exchange.requestHeaders;
  const mark = exchange.target.indexOf('?');
  const path = mark === -1 ? exchange.target : exchange.target.slice(0, mark);
  const event = {
    version: '2.0',
    routeKey: 'ANY /{proxy+}',
    rawPath: path,
    rawQueryString: mark === -1 ? '' : exchange.target.slice(mark + 1),
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers,
    requestContext: {
      apiId: exchange.service?.id,
      ...(exchange.consumer === undefined
        ? {}
        : { authorizer: { jwt: { claims: { sub: exchange.consumer.name }, scopes: null } } }),
      ...(exchange.clientCertificate ? { authentication: { clientCert: { subjectDN: 'CN=partner' } } } : {}),
      domainName: exchange.host,
      http: {
        method: exchange.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: exchange.clientAddress,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: `${exchange.requestId.slice(0, 15)}=`,
      stage: '$default',
      time: logTime(exchange.startedAt),
      timeEpoch: exchange.startedAt,
    },
    isBase64Encoded: false,
  };
  return toAscii(JSON.stringify({ level: 'INFO', event, response: responseOf(exchange) }));
}

export function responseOf({ status, responseHeaders }: Exchange): object {
  return { statusCode: status, headers: responseHeaders };
}

/** Only calls that reached a function have a response of it, and the gateway has no plain endpoint. */
export function holds({ answeredBy, scheme, target }: Exchange): boolean {
  return answeredBy === 'upstream' && scheme === 'https' && target.startsWith('/') && !target.endsWith('?');
}

export function carried(exchange: Exchange): Record<string, unknown> {
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: exchange.host,
    scheme: 'https',
    service: exchange.service?.id ?? '',
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    credentialSeen: exchange.clientCertificate,
    requestHeaders: exchange.requestHeaders,
    responseHeaders: exchange.responseHeaders,
    requestHeaderVisibility: seen(exchange.requestHeaders, 'full'),
    responseHeaderVisibility: seen(exchange.responseHeaders, 'some'),
    answeredBy: 'upstream',
  };
}

export function seen(headers: Headers, visibility: 'full' | 'some'): string {
  return Object.keys(headers).length === 0 ? 'none' : visibility;
}
