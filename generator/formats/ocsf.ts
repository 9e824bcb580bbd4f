import type { Exchange, Headers } from '../exchange.ts';
import { toAscii } from '../json-text.ts';
import { isoTime } from '../time-text.ts';

export const id = 'ocsf';
export const json = true;

const HTTP_ACTIVITY = 4002;
const PRODUCT = 'Example Gateway';
/** Methods by the number of their activity, from 1; others are 99. */
const ACTIVITIES = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'TRACE', 'PATCH'];
const [ALLOWED, DENIED] = [1, 2];

/** One HTTP Activity event of a gateway that keeps all headers. */
export function write(exchange: Exchange): string {
  const { method, startedAt, latencyMs, status, answeredBy, clientAddress, consumer, tls } = exchange;
  const activity = ACTIVITIES.indexOf(method) + 1 || 99;
  const isDenied = answeredBy === 'gateway';
  const event = {
    metadata: {
      version: '1.5.0',
      product: { name: PRODUCT, vendor_name: 'Example' },
      uid: exchange.requestId,
    },
    class_uid: HTTP_ACTIVITY,
    class_name: 'HTTP Activity',
    category_uid: 4,
    activity_id: activity,
    type_uid: HTTP_ACTIVITY * 100 + activity,
    severity_id: 1,
    time: startedAt,
    action_id: isDenied ? DENIED : ALLOWED,
    action: isDenied ? 'Denied' : 'Allowed',
    status: status < 400 ? 'Success' : 'Failure',
    status_id: status < 400 ? 1 : 2,
    http_request: request(exchange),
    http_response: {
      code: status,
      latency: latencyMs,
      length: exchange.responseBytes,
      body_length: exchange.responseBodyBytes,
      http_headers: pairs(exchange.responseHeaders),
    },
    src_endpoint: { ip: clientAddress, port: 51_234 },
    dst_endpoint: destination(exchange),
    ...(consumer !== undefined && { actor: { user: { name: consumer.name, uid: consumer.id } } }),
    ...(tls !== undefined && { tls: { version: tls.version, cipher: tls.cipher } }),
  };
  return toAscii(JSON.stringify(event));
}

function request({
  method,
  target,
  host,
  scheme,
  httpVersion,
  requestBytes,
  requestHeaders,
}: Exchange): object {
  const [hostname, port] = host.split(':');
  const mark = target.indexOf('?');
  return {
    http_method: method,
    version: httpVersion,
    length: requestBytes,
    url: {
      hostname,
      scheme,
      path: mark === -1 ? target : target.slice(0, mark),
      ...(mark !== -1 && { query_string: target.slice(mark + 1) }),
      ...(port !== undefined && { port: Number(port) }),
    },
    http_headers: pairs(requestHeaders),
  };
}

function destination({ service }: Exchange): object {
  return service === undefined
    ? { port: 443 }
    : { hostname: service.host, port: service.port, svc_name: service.name };
}

function pairs(headers: Headers): object[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

export function carried(exchange: Exchange): Record<string, unknown> {
  const { requestHeaders, responseHeaders } = exchange;
  const visibility = (headers: Headers) => (Object.keys(headers).length === 0 ? 'none' : 'some');
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: exchange.host,
    scheme: exchange.scheme,
    latencyMs: exchange.latencyMs,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBytes,
    service: exchange.service?.name ?? '',
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    requestHeaders,
    responseHeaders,
    requestHeaderVisibility: visibility(requestHeaders),
    responseHeaderVisibility: visibility(responseHeaders),
    answeredBy: exchange.answeredBy === 'gateway' ? 'gateway' : '',
    vantage: PRODUCT,
  };
}
