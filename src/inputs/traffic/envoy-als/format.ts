import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { envoyAnsweredBy, envoyService, envoyVantage, isClientSide } from '../../expressions/envoy-record.ts';
import { nearestPublicAddress } from '../../expressions/forwarded-client.ts';
import { METHOD_PATTERN } from '../../expressions/request-line.ts';

const ADDRESS = 'Tuple(socketAddress Tuple(address Nullable(String)))';
const RECORD = `Tuple(
  commonProperties Tuple(startTime Nullable(String), duration Nullable(String),
    timeToFirstUpstreamRxByte Nullable(String), timeToLastDownstreamTxByte Nullable(String),
    downstreamRemoteAddress ${ADDRESS}, upstreamRemoteAddress ${ADDRESS}, upstreamLocalAddress ${ADDRESS},
    upstreamCluster Nullable(String), responseFlags Map(String, String),
    intermediateLogEntry Nullable(Bool), accessLogType Nullable(String),
    tlsProperties Tuple(tlsVersion Nullable(String), tlsSniHostname Nullable(String), peerCertificateProperties
      Tuple(subjectAltName Array(Tuple(uri Nullable(String), dns Nullable(String))), subject Nullable(String)))),
  request Tuple(requestMethod Nullable(String), scheme Nullable(String), authority Nullable(String),
    path Nullable(String), originalPath Nullable(String), forwardedFor Nullable(String),
    requestHeadersBytes Nullable(UInt64), requestBodyBytes Nullable(UInt64), requestHeaders Map(String, String)),
  response Tuple(responseCode Nullable(UInt16), responseHeadersBytes Nullable(UInt64),
    responseBodyBytes Nullable(UInt64), responseCodeDetails Nullable(String), responseHeaders Map(String, String)))`;

/** The flags that text logs write for these, as far as they say who answered; any other is a failure. */
const FLAGS = {
  unauthorizedDetails: 'UAEX',
  rateLimited: 'RL',
  rateLimitServiceError: 'RLSE',
  noRouteFound: 'NR',
  noHealthyUpstream: 'UH',
  upstreamOverflow: 'UO',
  faultInjected: 'FI',
  invalidEnvoyRequestHeaders: 'IH',
  noClusterFound: 'NC',
  overloadManager: 'OM',
  noFilterConfigFound: 'NFCF',
  responseFromCacheFilter: 'RFCF',
};

const RFC_3339 =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$';

/** One list of ClickHouse for the keys or the values of the flags. */
const listOf = (texts: readonly string[]) => `[${texts.map((text) => `'${text}'`).join(', ')}]`;

/** Zero values are left out of protojson, so that what is not there is not, and `-` stands for it. */
const given = (value: string) => `if(ifNull(${value}, '') = '', '-', assumeNotNull(${value}))`;

const CLIENT_SIDE = isClientSide({
  cluster: 'cluster',
  downstreamRemote: 'peer',
  upstreamLocal: 'upstreamLocal',
  forwardedFor: 'forwardedFor',
});

/** `HTTPAccessLogEntry` as protojson, one per line; `envoy-als-message` takes them out of messages with several. */
export const format: TrafficFormat = {
  id: 'envoy-als',
  title: 'Envoy gRPC access log service (protojson)',
  reference: 'https://www.envoyproxy.io/docs/envoy/latest/api-v3/data/accesslog/v3/accesslog.proto',
  headers: { request: 'some', response: 'some' },
  states: {
    signs: 'commonProperties',
    layouts: 'HTTPAccessLogEntry of API v2 and v3, one per line or in messages of the stream',
    times: 'RFC 3339; seconds',
    sizes: 'headers and bodies',
    consumer: 'the first name, else the subject, of the client certificate',
    answeredBy: 'responseCodeDetails, else the response flags and the upstream address',
    transport: 'the TLS session, the scheme of the request',
  },
  claims: `has(keys, 'commonProperties')`,
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`tupleElement(r, 'commonProperties')`, 'c'],
    [`tupleElement(r, 'request')`, 'q'],
    [`tupleElement(r, 'response')`, 'a'],
    [`tupleElement(c, 'tlsProperties')`, 'tls'],
    [`tls.peerCertificateProperties`, 'certificate'],
    [
      `coalesce(nullIf(tupleElement(certificate.subjectAltName[1], 'uri'), ''),
        nullIf(tupleElement(certificate.subjectAltName[1], 'dns'), ''), certificate.subject, '')`,
      'certified',
    ],
    [
      `if(match(c.startTime, '${RFC_3339}'), parseDateTime64BestEffortOrNull(ifNull(c.startTime, ''), 3, 'UTC'), NULL)`,
      'at',
    ],
    [given('c.upstreamCluster'), 'cluster'],
    [given('c.downstreamRemoteAddress.socketAddress.address'), 'peer'],
    [given('c.upstreamLocalAddress.socketAddress.address'), 'upstreamLocal'],
    [given('c.upstreamRemoteAddress.socketAddress.address'), 'upstream'],
    [given('q.forwardedFor'), 'forwardedFor'],
    [given('tls.tlsSniHostname'), 'serverName'],
    [given('a.responseCodeDetails'), 'details'],
    [
      `if(empty(c.responseFlags), '-', arrayStringConcat(arrayMap(f -> transform(f, ${listOf(Object.keys(FLAGS))},
        ${listOf(Object.values(FLAGS))}, '?'), mapKeys(c.responseFlags)), ','))`,
      'flags',
    ],
    // What asks for a tunnel has no path; the host it names is its target.
    [
      `coalesce(nullIf(q.originalPath, ''), q.path, if(q.requestMethod = 'CONNECT', q.authority, ''), '')`,
      'wanted',
    ],
    [`ifNull(q.requestMethod, '')`, 'verb'],
    [`match(ifNull(c.accessLogType, ''), '(?i)(start|periodic|connected|^upstream)')`, 'is_of_part'],
    [CLIENT_SIDE, 'is_client_side'],
  ],
  accepts: `at IS NOT NULL AND match(verb, '${METHOD_PATTERN}') AND verb != 'METHOD_UNSPECIFIED' AND wanted != ''
    AND a.responseCode BETWEEN 100 AND 599 AND NOT is_client_side AND ifNull(c.intermediateLogEntry, 0) = 0
    AND NOT is_of_part AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`JSONHas(line, 'connectionProperties') AND NOT JSONHas(line, 'request')`, 'tcp_connection'],
    [`is_client_side`, 'client_side_record'],
    [`c.intermediateLogEntry = 1 OR is_of_part`, 'intermediate_entry'],
    [`c.startTime IS NULL`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`wanted = '' AND verb = ''`, 'no_request'],
    [`verb IN ('', 'METHOD_UNSPECIFIED')`, 'no_method'],
    [`wanted = '' OR NOT match(verb, '${METHOD_PATTERN}')`, 'malformed_request'],
    [`JSONType(line, 'response', 'responseCode') = 'Null' OR a.responseCode = 0`, 'no_response'],
    [`a.responseCode IS NULL OR a.responseCode NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `verb`,
    target: `wanted`,
    status: `assumeNotNull(a.responseCode)`,
    host: `ifNull(q.authority, '')`,
    scheme: `multiIf(tls.tlsVersion IS NOT NULL OR serverName != '-' OR certified != '', 'https',
      lower(q.scheme) IN ('https', 'http'), lower(assumeNotNull(q.scheme)), '')`,
    latencyMs: `round(toFloat64OrNull(trim(TRAILING 's' FROM coalesce(c.timeToLastDownstreamTxByte, c.duration, ''))) * 1000, 6)`,
    // A body of zero bytes is left out, headers never are.
    requestBytes: `q.requestHeadersBytes + ifNull(q.requestBodyBytes, 0)`,
    responseBytes: `a.responseHeadersBytes + ifNull(a.responseBodyBytes, 0)`,
    service: envoyService('cluster', 'serverName'),
    consumer: `certified`,
    clientAddress: nearestPublicAddress(
      `if(peer = '-', '', peer)`,
      `if(forwardedFor = '-', '', forwardedFor)`,
    ),
    credentialSeen: `certified != ''`,
    requestHeaders: `q.requestHeaders`,
    responseHeaders: `a.responseHeaders`,
    // Operators choose the headers to log.
    requestHeaderVisibility: `if(empty(q.requestHeaders), 'none', 'some')`,
    responseHeaderVisibility: `if(empty(a.responseHeaders), 'none', 'some')`,
    answeredBy: envoyAnsweredBy({
      details: 'details',
      flags: 'flags',
      upstream: 'upstream',
      serviceTime: `if(c.timeToFirstUpstreamRxByte IS NULL, '-', '0')`,
      status: 'assumeNotNull(a.responseCode)',
    }),
    vantage: envoyVantage('cluster'),
  },
};
