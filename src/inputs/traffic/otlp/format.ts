import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { nearestPublicAddress } from '../../expressions/forwarded-client.ts';

/** Attributes of the stable HTTP conventions, then those of the conventions before them. */
const STABLE = [
  'http.request.method',
  'http.request.method_original',
  'url.path',
  'url.query',
  'url.full',
  'url.scheme',
  'http.route',
  'server.address',
  'server.port',
  'http.response.status_code',
  'client.address',
  'network.peer.address',
  'http.request.size',
  'http.request.body.size',
  'http.response.size',
  'http.response.body.size',
  'enduser.id',
  'enduser.pseudo.id',
];
const OLD = [
  'http.method',
  'http.target',
  'http.url',
  'http.scheme',
  'http.host',
  'http.server_name',
  'net.host.name',
  'net.host.port',
  'http.status_code',
  'http.client_ip',
  'net.sock.peer.addr',
  'net.peer.ip',
  'http.request_content_length',
  'http.response_content_length',
];
const NUMBERS: Readonly<Record<string, string>> = {
  'http.response.status_code': 'UInt16',
  'http.status_code': 'UInt16',
  'http.request.size': 'UInt64',
  'http.request.body.size': 'UInt64',
  'http.response.size': 'UInt64',
  'http.response.body.size': 'UInt64',
  'http.request_content_length': 'UInt64',
  'http.response_content_length': 'UInt64',
};
const ATTRIBUTES = [...STABLE, ...OLD]
  .map((name) => `\`${name}\` Nullable(${NUMBERS[name] ?? 'String'})`)
  .join(', ');
const RECORD = `Tuple(otlpRequest Nullable(String),
  otlpSpan Tuple(kind Nullable(String), start Nullable(UInt64), end Nullable(UInt64)),
  attributes Tuple(${ATTRIBUTES}),
  requestHeaders Map(String, String), responseHeaders Map(String, String),
  resource Tuple(\`service.name\` Nullable(String)))`;

/** The first of some attributes that has a text. */
function text(...names: readonly string[]): string {
  return `coalesce(${names.map((name) => `nullIf(a.\`${name}\`, '')`).join(', ')}, '')`;
}

/** The first of some attributes that has a number. */
function number(...names: readonly string[]): string {
  return `coalesce(${names.map((name) => `a.\`${name}\``).join(', ')})`;
}

/** A name with the port behind it, unless that is what the scheme stands for. A path is a Unix socket. */
function withPort(name: string, port: string): string {
  return `multiIf(${name} = '' OR startsWith(${name}, '/'), '', NOT match(${port}, '^[1-9][0-9]{0,4}$')
      OR (${port} = '443' AND scheme != 'http') OR (${port} = '80' AND scheme != 'https'), ${name},
    position(${name}, ':') > 0 AND NOT startsWith(${name}, '['), concat('[', ${name}, ']:', ${port}),
    concat(${name}, ':', ${port}))`;
}

/** Server spans of OpenTelemetry traces, in the lines that Stance makes of OTLP files: one per span. */
export const format: TrafficFormat = {
  id: 'otlp',
  title: 'OpenTelemetry server spans (OTLP)',
  reference: 'https://opentelemetry.io/docs/specs/semconv/http/http-spans/',
  headers: { request: 'some', response: 'some' },
  states: {
    signs: 'a span or request as the document kind otlp gives it out',
    layouts:
      'spans of OTLP JSON and protobuf files; stable and older HTTP conventions; the route where there is no path',
    times: 'nanoseconds since 1970; end less start',
    sizes: 'whole messages (`http.request.size`), else bodies',
    consumer: '`enduser.id`, else `enduser.pseudo.id`',
    answeredBy: 'not told',
    transport: '`url.scheme`, `http.scheme`, the URL',
  },
  claims: `hasAny(keys, ['otlpSpan', 'otlpRequest'])`,
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`tupleElement(r, 'otlpSpan')`, 's'],
    [`tupleElement(r, 'attributes')`, 'a'],
    [text('http.request.method', 'http.method'), 'named'],
    [
      `if(named = '_OTHER', coalesce(nullIf(a.\`http.request.method_original\`, ''), named), named)`,
      'method',
    ],
    [number('http.response.status_code', 'http.status_code'), 'status'],
    [text('http.url', 'url.full'), 'url'],
    [`ifNull(a.\`url.path\`, '')`, 'path'],
    [`replaceRegexpOne(ifNull(a.\`url.query\`, ''), '^[?]', '')`, 'query'],
    // The template stands in for a path that was not recorded. Some frameworks write it without its first slash.
    [`replaceRegexpOne(ifNull(a.\`http.route\`, ''), '^([^/])', '/\\\\1')`, 'route'],
    [
      `multiIf(path != '', if(query = '', path, concat(path, '?', query)), a.\`http.target\` != '',
        assumeNotNull(a.\`http.target\`), url != '', url, route)`,
      'target',
    ],
    [`lower(coalesce(nullIf(a.\`url.scheme\`, ''), nullIf(a.\`http.scheme\`, ''), protocol(url)))`, 'scheme'],
    [text('network.peer.address', 'net.sock.peer.addr', 'net.peer.ip'), 'peer'],
    [text('client.address', 'http.client_ip'), 'client'],
    [withPort(text('server.address'), `ifNull(a.\`server.port\`, '')`), 'server'],
    [withPort(text('net.host.name'), `ifNull(a.\`net.host.port\`, '')`), 'localServer'],
  ],
  accepts: `s.kind = 'server' AND s.start > 0 AND method != '' AND target != '' AND status BETWEEN 100 AND 599 AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`r.otlpRequest IS NOT NULL`, 'not_a_trace'],
    [`s.kind != 'server' OR s.kind IS NULL`, 'not_server_span'],
    [`method = ''`, 'not_http'],
    [`s.start = 0 OR JSONExtractString(line, 'otlpSpan', 'start') = ''`, 'no_time'],
    [`s.start IS NULL`, 'bad_time'],
    [`target = ''`, 'no_request'],
    [`status = 0`, 'no_response'],
    [
      `NOT JSONHas(line, 'attributes', 'http.response.status_code') AND NOT JSONHas(line, 'attributes', 'http.status_code')`,
      'no_status',
    ],
    [`status IS NULL OR status NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `fromUnixTimestamp64Milli(toInt64(intDiv(assumeNotNull(s.start), 1000000)), 'UTC')`,
    method: `method`,
    target: `target`,
    status: `assumeNotNull(status)`,
    host: `coalesce(nullIf(server, ''), nullIf(a.\`http.host\`, ''), nullIf(localServer, ''),
      nullIf(a.\`http.server_name\`, ''), domain(url))`,
    scheme: `if(scheme IN ('https', 'http'), scheme, '')`,
    latencyMs: `if(s.end >= s.start, toFloat64(s.end - s.start) / 1000000, NULL)`,
    requestBytes: number('http.request.size', 'http.request.body.size', 'http.request_content_length'),
    responseBytes: number('http.response.size', 'http.response.body.size', 'http.response_content_length'),
    // SDKs call a service that nobody named \`unknown_service:node\`.
    service: `if(startsWith(r.resource.\`service.name\`, 'unknown_service'), '', ifNull(r.resource.\`service.name\`, ''))`,
    consumer: text('enduser.id', 'enduser.pseudo.id'),
    // The conventions take the client's address from what the client may have written into X-Forwarded-For.
    clientAddress: nearestPublicAddress('peer', 'client'),
    requestHeaders: `r.requestHeaders`,
    responseHeaders: `r.responseHeaders`,
    requestHeaderVisibility: `if(empty(r.requestHeaders), 'none', 'some')`,
    responseHeaderVisibility: `if(empty(r.responseHeaders), 'none', 'some')`,
  },
};
