import type { Exchange } from '../exchange.ts';
import { toAscii } from '../json-text.ts';
import { logTime } from '../time-text.ts';
import { carried as carriedByHttp, holds as holdsByHttp, responseOf, seen } from './aws-lambda-event-v2.ts';

export const id = 'aws-lambda-event';
export const json = true;

/** Parameters that come back as they were, though the gateway decodes them and merges what is repeated. */
const PLAIN_QUERY = /^[\w.-]+=[\w.-]+(?:&[\w.-]+=[\w.-]+)*$/;

/** The event of a REST API (payload 1.0) and what the function gave back. */
export function write(exchange: Exchange): string {
  const { requestHeaders, startedAt } = exchange;
  const [path = '', query] = exchange.target.split('?');
  const parameters = query === undefined ? null : Object.fromEntries(new URLSearchParams(query));
  const event = {
    resource: '/{proxy+}',
    path,
    httpMethod: exchange.method,
    headers: requestHeaders,
    multiValueHeaders: Object.fromEntries(
      Object.entries(requestHeaders).map(([name, value]) => [name, [value]]),
    ),
    queryStringParameters: parameters,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      apiId: exchange.service?.id,
      ...(exchange.consumer === undefined ? {} : { authorizer: { principalId: exchange.consumer.name } }),
      domainName: exchange.host,
      httpMethod: exchange.method,
      identity: {
        caller: null,
        ...(exchange.clientCertificate ? { clientCert: { subjectDN: 'CN=partner' } } : {}),
        sourceIp: exchange.clientAddress,
        user: null,
        userArn: null,
      },
      path,
      requestId: exchange.requestId,
      requestTime: logTime(startedAt),
      requestTimeEpoch: startedAt,
      stage: 'prod',
    },
    body: null,
    isBase64Encoded: false,
  };
  return toAscii(JSON.stringify({ event, response: responseOf(exchange) }));
}

export function holds(exchange: Exchange): boolean {
  const [, query, ...more] = exchange.target.split('?');
  if (!holdsByHttp(exchange) || more.length > 0) return false;
  if (query === undefined) return true;
  const names = query.split('&').map((pair) => pair.split('=', 1).join(''));
  return PLAIN_QUERY.test(query) && new Set(names).size === names.length;
}

/** A REST API gives on the headers of the function as they are. */
export function carried(exchange: Exchange): Record<string, unknown> {
  return { ...carriedByHttp(exchange), responseHeaderVisibility: seen(exchange.responseHeaders, 'full') };
}
