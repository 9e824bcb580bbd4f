import type { Exchange, GatewayService } from '../exchange.ts';
import { quote, remembering, toAscii } from '../json-text.ts';
import { isoTime, millisecondsText } from '../time-text.ts';

export const id = 'otlp-json';
export const reads = 'otlp';
export const json = true;

/** What instrumentations know by name; other methods are `_OTHER`. */
const KNOWN_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE'];
const DEFAULT_PORTS = { https: 443, http: 80 };

type AttributeValue = string | number | readonly string[];

/** A path is a path: not the absolute form of a target, nor `*`. */
export function holds({ target }: Exchange): boolean {
  return target.startsWith('/');
}

/** The attributes of the stable HTTP conventions that a server's instrumentation sets, all headers captured. */
export function spanAttributes(exchange: Exchange): readonly (readonly [string, AttributeValue])[] {
  const { method, scheme, host, consumer, clientAddress } = exchange;
  const isKnown = KNOWN_METHODS.includes(method);
  const [path, query] = pathAndQuery(exchange);
  const [name = '', port] = host.split(':');
  return [
    ['http.request.method', isKnown ? method : '_OTHER'],
    ...(isKnown ? [] : [['http.request.method_original', method] as const]),
    ['url.scheme', scheme],
    ['url.path', path],
    ...(query === '' ? [] : [['url.query', query] as const]),
    ['server.address', name],
    ['server.port', port === undefined ? DEFAULT_PORTS[scheme] : Number(port)],
    ['network.peer.address', clientAddress],
    ['client.address', clientAddress],
    ['http.response.status_code', exchange.status],
    ['http.request.size', exchange.requestBytes],
    ['http.response.size', exchange.responseBytes],
    ...(consumer === undefined ? [] : [['enduser.id', consumer.name] as const]),
    ...capturedHeaders('request', exchange.requestHeaders),
    ...capturedHeaders('response', exchange.responseHeaders),
  ];
}

function pathAndQuery({ target }: Exchange): readonly [path: string, query: string] {
  const mark = target.indexOf('?');
  return mark === -1 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}

function capturedHeaders(side: string, headers: Exchange['requestHeaders']): (readonly [string, string[]])[] {
  return Object.entries(headers).map(([name, value]) => [`http.${side}.header.${name}`, [value]]);
}

const resource = remembering<GatewayService>(({ name }) =>
  toAscii(JSON.stringify({ attributes: [{ key: 'service.name', value: { stringValue: name } }] })),
);
const UNNAMED = '{"attributes":[{"key":"service.name","value":{"stringValue":"unknown_service:go"}}]}';

/** One request as the collector's file exporter writes it, with one span. */
export function write(exchange: Exchange): string {
  const { startedAt, latencyMs, requestId, method, service } = exchange;
  const attributes = spanAttributes(exchange).map(
    ([key, value]) => `{"key":"${key}","value":${valueText(value)}}`,
  );
  const span = `{"traceId":"${requestId}","spanId":"${requestId.slice(0, 16)}","parentSpanId":"","flags":256,"name":"${method}","kind":2,"startTimeUnixNano":"${millisecondsText(startedAt)}000000","endTimeUnixNano":"${millisecondsText(startedAt + latencyMs)}000000","attributes":[${attributes.join(',')}],"status":{}}`;
  return `{"resourceSpans":[{"resource":${service === undefined ? UNNAMED : resource(service)},"scopeSpans":[{"scope":{"name":"http"},"spans":[${span}]}]}]}`;
}

/** Whole numbers are text: they may be larger than JSON's readers can hold. */
function valueText(value: AttributeValue): string {
  if (typeof value === 'number') return `{"intValue":"${value}"}`;
  if (typeof value === 'string') return `{"stringValue":${quote(value)}}`;
  return `{"arrayValue":{"values":[${value.map(valueText).join(',')}]}}`;
}

/** All but who answered, client certificates and the validation of schemas. */
export function carried(exchange: Exchange): Record<string, unknown> {
  const { requestHeaders, responseHeaders } = exchange;
  const [path, query] = pathAndQuery(exchange);
  const visibility = (headers: object) => (Object.keys(headers).length === 0 ? 'none' : 'some');
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: query === '' ? path : `${path}?${query}`,
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
  };
}
