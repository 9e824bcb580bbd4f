import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { envoyAnsweredBy, envoyService, envoyVantage, isClientSide } from '../../expressions/envoy-record.ts';
import { nearestPublicAddress } from '../../expressions/forwarded-client.ts';
import { METHOD_PATTERN } from '../../expressions/request-line.ts';

/** The names that Istio, Envoy Gateway and Contour give to a value; the first that is there speaks. */
const NAMES = {
  stamp: ['start_time', '@timestamp', 'ts'],
  verb: ['method', ':method'],
  wanted: ['path', 'x-envoy-origin-path', 'x-envoy-original-path', ':path', 'uri_path'],
  protocol: ['protocol'],
  status: ['response_code'],
  flags: ['response_flags'],
  details: ['response_code_details'],
  received: ['bytes_received'],
  sent: ['bytes_sent'],
  took: ['duration'],
  serviceTime: ['upstream_service_time', 'x-envoy-upstream-service-time'],
  forwardedFor: ['x_forwarded_for', 'x-forwarded-for'],
  authority: ['authority', ':authority'],
  upstream: ['upstream_host'],
  cluster: ['upstream_cluster'],
  upstreamLocal: ['upstream_local_address'],
  downstreamRemote: ['downstream_remote_address'],
  serverName: ['requested_server_name'],
  tlsVersion: ['downstream_tls_version'],
  peer: ['downstream_peer_uri_san', 'downstream_peer_subject'],
} as const;
type Value = keyof typeof NAMES;

const RECORD = `Tuple(${Object.values(NAMES)
  .flat()
  .map((name) => `\`${name}\` Nullable(String)`)
  .join(', ')})`;

/** Names of operators of Envoy that no other log has for a key of its own. */
const OWN_KEYS = [
  'response_flags',
  'response_code_details',
  'downstream_remote_address',
  'downstream_local_address',
  'upstream_cluster',
  'upstream_local_address',
  'requested_server_name',
  'connection_termination_details',
  'upstream_transport_failure_reason',
  'x-envoy-origin-path',
  'x-envoy-upstream-service-time',
];

const ISO = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\\\.[0-9]+)?(Z|[+-][0-9]{2}:?[0-9]{2})$';
const TEXT_START = '^(ACCESS )?\\\\[[0-9]{4}-[0-9]{2}-[0-9]{2}T[^\\\\]" ]*\\\\] "';

/** Here it matters whether the log has no such value, or does not tell. */
const TOLD: readonly Value[] = ['flags', 'upstream', 'forwardedFor'];

/** A value of a JSON record, empty where there is none; `-` where its key alone is there and that matters. */
function json(value: Value): string {
  const given = NAMES[value].map((name) => `nullIf(tupleElement(r, '${name}'), '')`);
  const isNamed = NAMES[value].map((name) => `'"${name}":'`);
  const absent = TOLD.includes(value) ? `if(multiSearchAny(line, [${isNamed.join(', ')}]), '-', '')` : `''`;
  return `coalesce(${given.join(', ')}, ${absent})`;
}

/** A value of either layout as text. */
function either(value: Value, text: string): readonly [string, string] {
  return [`if(is_json, ${json(value)}, ${text})`, value];
}

/** Quoted fields count from the end: Envoy does not escape the quotes that callers write into the fields before. */
const HAS_ALL_FIELDS = `length(t) >= numbers_at + 10 AND t[-3] = ' ' AND (length(rest) = 7 OR rest = [''])`;
/** Either a caller wrote whole fields, or the format has more of them than the known layouts. */
const IS_AMBIGUOUS = `length(t) > numbers_at + 10 AND t[numbers_at + 4] = ' ' AND t[numbers_at + 6] = ' '`;

const CLIENT_SIDE = isClientSide({
  cluster: 'cluster',
  downstreamRemote: 'downstreamRemote',
  upstreamLocal: 'upstreamLocal',
  forwardedFor: 'forwardedFor',
});

/**
 * Envoy's default text, the longer one of Istio, and JSON with the names of Istio, Envoy Gateway or Contour. A path
 * has no blank, so that everything up to the protocol is known before a caller's text can follow.
 */
export const format: TrafficFormat = {
  id: 'envoy',
  title: 'Envoy access log (text and JSON; Istio, Envoy Gateway, Contour)',
  reference: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage',
  headers: { request: 'none', response: 'none' },
  states: {
    signs:
      'the time in brackets, then the request line in quotes; two of the keys that Envoy, Istio, Envoy Gateway and Contour use',
    layouts: "Envoy's default, Istio's since 1.1, Emissary's; JSON of Istio, Envoy Gateway, Contour",
    times: 'RFC 3339; milliseconds',
    sizes: 'bodies',
    consumer: 'the client certificate, where JSON has it',
    answeredBy: 'response_code_details, else the response flags and the upstream host',
    transport: 'the server name of the TLS session, the TLS version',
  },
  claims: `match(line, '${TEXT_START}') OR length(arrayIntersect(keys, [${OWN_KEYS.map((key) => `'${key}'`).join(', ')}])) >= 2`,
  parse: [
    [`startsWith(line, '{')`, 'is_json'],
    [`JSONExtract(if(is_json, line, ''), '${RECORD}')`, 'r'],
    [`if(is_json, '', trim(TRAILING '\\r' FROM line))`, 'written'],
    [`position(written, ' HTTP/')`, 'protocol_at'],
    [`if(protocol_at = 0, written, substring(written, 1, protocol_at - 1))`, 'head'],
    [`substring(head, position(head, '] "') + 3)`, 'asked'],
    [`position(asked, ' ')`, 'blank_at'],
    [`splitByChar('"', if(protocol_at = 0, '', substring(written, protocol_at)))`, 't'],
    // ' 200 - 0 5 12 9 ', Istio: ' 200 - via_upstream - ', older: ' 200 - '; there a quoted text or two come between.
    [`splitByChar(' ', t[2])`, 'n'],
    [`multiIf(length(n) = 8, 2, length(splitByChar(' ', t[4])) = 6, 4, 6)`, 'numbers_at'],
    [`splitByChar(' ', trim(BOTH ' ' FROM t[numbers_at]))`, 'numbers'],
    [`splitByChar(' ', t[-1])`, 'rest'],
    [HAS_ALL_FIELDS, 'is_whole'],
    [IS_AMBIGUOUS, 'is_ambiguous'],
    either('stamp', `extract(head, '\\\\[([^\\\\]]*)\\\\]')`),
    either('verb', `substring(asked, 1, greatest(blank_at, 1) - 1)`),
    either('wanted', `substring(asked, blank_at + 1)`),
    either('status', 'n[2]'),
    either('flags', 'n[3]'),
    either('details', `if(length(n) = 6, n[4], '')`),
    either('received', 'numbers[-4]'),
    either('sent', 'numbers[-3]'),
    either('took', 'numbers[-2]'),
    either('serviceTime', 'numbers[-1]'),
    either('forwardedFor', 't[numbers_at + 1]'),
    either('authority', `if(is_ambiguous, '', t[-4])`),
    either('upstream', `if(is_ambiguous, '', t[-2])`),
    either('cluster', 'rest[2]'),
    either('upstreamLocal', 'rest[3]'),
    either('downstreamRemote', 'rest[5]'),
    either('serverName', 'rest[6]'),
    either('tlsVersion', `''`),
    either('peer', `''`),
    [`if(match(stamp, '${ISO}'), parseDateTime64BestEffortOrNull(stamp, 3, 'UTC'), NULL)`, 'at'],
    [`toUInt16OrNull(status)`, 'code'],
    [CLIENT_SIDE, 'is_client_side'],
  ],
  accepts: `at IS NOT NULL AND code BETWEEN 100 AND 599 AND match(verb, '${METHOD_PATTERN}') AND wanted != ''
    AND NOT is_client_side AND (is_json OR is_whole)`,
  reasons: [
    [`is_json AND NOT isValidUTF8(line)`, 'bad_utf8'],
    [`is_json AND NOT isValidJSON(line)`, 'bad_json'],
    [
      `if(is_json, verb IN ('', '-') AND ${json('protocol')} IN ('', '-') AND status IN ('', '-', '0'),
        match(line, '^[^"]*"- - -"'))`,
      'tcp_connection',
    ],
    [`NOT is_json AND NOT is_whole`, 'not_in_layout'],
    [`is_client_side`, 'client_side_record'],
    [`code = 0`, 'no_response'],
    [`stamp IN ('', '-')`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`verb IN ('', '-') OR wanted = ''`, 'no_request'],
    [`NOT match(verb, '${METHOD_PATTERN}')`, 'malformed_request'],
    [`status IN ('', '-')`, 'no_status'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `verb`,
    target: `wanted`,
    status: `assumeNotNull(code)`,
    host: `if(authority = '-', '', authority)`,
    scheme: `if(serverName NOT IN ('', '-') OR tlsVersion NOT IN ('', '-'), 'https', '')`,
    latencyMs: `toFloat64OrNull(took)`,
    requestBytes: `toUInt64OrNull(received)`,
    responseBytes: `toUInt64OrNull(sent)`,
    service: envoyService('cluster', 'serverName'),
    consumer: `if(peer = '-', '', peer)`,
    clientAddress: nearestPublicAddress(
      `if(downstreamRemote = '-' OR startsWith(downstreamRemote, 'envoy:'), '', downstreamRemote)`,
      `if(forwardedFor = '-', '', forwardedFor)`,
    ),
    credentialSeen: `peer NOT IN ('', '-')`,
    answeredBy: envoyAnsweredBy({
      details: 'details',
      flags: 'flags',
      upstream: 'upstream',
      serviceTime: 'serviceTime',
      status: 'code',
    }),
    vantage: envoyVantage('cluster'),
  },
};
