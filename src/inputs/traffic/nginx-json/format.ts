import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { GENERIC_CALL } from '../../expressions/generic-call.ts';
import {
  type FieldNames,
  hasName,
  instant,
  jsonFieldSteps,
  milliseconds,
} from '../../expressions/json-fields.ts';
import { METHOD_PATTERN, requestLineSteps } from '../../expressions/request-line.ts';
import { lineColumns, targetText } from '../../log-format/line-columns.ts';
import type { CapturedField } from '../../log-format/line-pattern.ts';
import { nginxVariable } from '../../log-format/nginx-variables.ts';

/**
 * Variables of nginx with the names they have in logs: their own, those of the log format that ingress-nginx
 * documents, and those of the templates that circulate for the Elastic stack.
 */
const VARIABLES: FieldNames = {
  request_method: ['request_method', 'method', 'verb', 'http_method'],
  request: ['request', 'request_line'],
  request_uri: ['request_uri'],
  uri: ['uri', 'document_uri'],
  args: ['args', 'query_string', 'request_query', 'query'],
  status: ['status', 'status_code', 'http_status', 'response_status', 'response'],
  request_time: ['request_time', 'duration', 'responsetime', 'response_time'],
  upstream_response_time: ['upstream_response_time', 'upstream_time', 'upstreamtime'],
  upstream_status: ['upstream_status'],
  upstream_addr: ['upstream_addr', 'upstreamhost', 'upstream_host'],
  bytes_sent: ['bytes_sent'],
  body_bytes_sent: ['body_bytes_sent', 'body_bytes', 'size'],
  request_length: ['request_length'],
  proxy_protocol_addr: ['proxy_protocol_addr'],
  remote_addr: ['remote_addr', 'clientip', 'client_ip', 'remote_ip', 'src_ip', 'ip', 'realip_remote_addr'],
  http_x_forwarded_for: ['http_x_forwarded_for', 'proxy_add_x_forwarded_for', 'x_forwarded_for', 'xff'],
  remote_user: ['remote_user', 'jwt_claim_sub'],
  http_host: ['http_host', 'host', 'vhost', 'domain', 'ssl_server_name', 'server_name'],
  proxy_upstream_name: ['service_name', 'proxy_upstream_name'],
  scheme: ['scheme', 'request_scheme'],
  https: ['https'],
  ssl_protocol: ['ssl_protocol', 'tls_protocol'],
  ssl_client_verify: ['ssl_client_verify'],
  http_x_forwarded_proto: ['http_x_forwarded_proto', 'x_forwarded_proto'],
};
/** The finest first; a shipper may have added its own `@timestamp`. */
const TIMES = ['msec', 'time_iso8601', 'time_local', 'ts', '@timestamp', 'timestamp', 'time', 'date'];
/** Where some put the decoded path and others the whole target. */
const PATHS = ['path', 'uri_path', 'url'];

/** Durations that were renamed with their unit, which nginx itself never has. */
const MILLISECONDS = ['duration_ms', 'request_time_ms', 'response_time_ms', 'latency_ms'];
/** A path under the name of the decoded one that is not: it ends in the query, or holds what decoding takes out. */
const IS_RAW_URI = `match(v_uri, '%[0-9A-Fa-f]{2}') OR (position(v_uri, '?') > 0 AND
  (v_args != '' OR NOT ${hasName('args', 'query_string', 'request_query', 'query')}) AND
  endsWith(v_uri, v_args))`;

/** Names that only nginx's variables have; of each log there are two. */
const OWN = [
  'request_method',
  'request_uri',
  'request_time',
  'request_length',
  'remote_addr',
  'remote_user',
  'body_bytes_sent',
  'bytes_sent',
  'time_iso8601',
  'time_local',
  'http_user_agent',
  'http_referer',
  'http_referrer',
  'http_host',
  'http_x_forwarded_for',
  'upstream_addr',
  'upstream_status',
  'upstream_response_time',
  'server_protocol',
  'ssl_protocol',
  'upstreamtime',
  'upstreamhost',
  'responsetime',
];

/** Two of them, told by one in each of two groups: of names of many records that are the same, nobody asks each. */
const OWN_GROUPS = `${[0, 1, 2, 3]
  .map((group) => OWN.filter((_, index) => index % 4 === group))
  .map((names) => `match(spelled, '\\n(${names.join('|')})\\n')`)
  .join(' + ')} >= 2`;

/** `http_*` that are no headers, or have columns of their own, or say nothing of posture. */
const NO_HEADERS = [
  'http_method',
  'http_status',
  'http_version',
  'http_protocol',
  'http_host',
  'http_user_agent',
  'http_referer',
  'http_referrer',
  'http_x_forwarded_for',
];

const captured = Object.keys(VARIABLES).map(
  (name): CapturedField => ({ field: nginxVariable(name), offset: 0, value: `v_${name}` }),
);
const only = (...names: string[]) => captured.filter(({ value }) => names.includes(value.slice(2)));
const { host, latencyMs, requestBytes, responseBytes, service, consumer, clientAddress, credentialSeen } =
  lineColumns(captured);

/** What could be headers, as they were, and only those: lambdas over all variables are what costs most. */
const HEADER_TEXTS = `mapFilter((name, text) -> text != '' AND text != '-' AND
  (startsWith(lower(name), 'http_') OR startsWith(lower(name), 'sent_http_')), own)`;

/** The headers among the variables: nginx writes `-` or nothing for one that was not sent. */
function headers(prefix: string, left: readonly string[] = []): string {
  return `mapApply((name, text) -> (replaceAll(substring(lower(name), ${prefix.length + 1}), '_', '-'), text),
    mapFilter((name, text) -> startsWith(lower(name), '${prefix}')
      AND lower(name) NOT IN ('', ${left.map((name) => `'${name}'`).join(', ')}), header_texts))`;
}

/** Whether the log would tell of a header. */
function visibility(prefix: string, left: readonly string[] = []): string {
  const others = left.length === 0 ? 'named' : `replaceRegexpAll(named, '(?:${left.join('|')})\\n', '\\n')`;
  return `if(match(${others}, '\\n-?${prefix}'), 'some', 'none')`;
}

/** nginx with a `log_format` that writes JSON objects named by its variables. */
export const format: TrafficFormat = {
  id: 'nginx-json',
  title: 'nginx access log as JSON',
  reference: 'https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format',
  headers: { request: 'some', response: 'some' },
  states: {
    signs: 'two names of variables of nginx',
    layouts: 'objects named by variables of nginx; the names of ingress-nginx and Elastic templates',
    times: 'any usual form, at the end of the request, its duration subtracted; seconds',
    sizes: 'whole messages where `bytes_sent` is logged, else the body of the response',
    consumer: 'the user of HTTP authentication, `jwt_claim_sub`',
    answeredBy: 'the status or address of the upstream',
    transport: '`ssl_protocol`, `https`, `scheme`, X-Forwarded-Proto',
  },
  claims: `length(arrayIntersect(keys, [${OWN.map((name) => `'${name}'`).join(', ')}])) >= 2`,
  own: OWN_GROUPS,
  possible: GENERIC_CALL,
  parse: [
    ...jsonFieldSteps({
      ...Object.fromEntries(Object.entries(VARIABLES).map(([name, names]) => [`v_${name}`, names])),
      v_time: TIMES,
      v_path: PATHS,
      v_milliseconds: MILLISECONDS,
    }),
    [`toLowCardinality(concat('\\n', arrayStringConcat(mapKeys(own), '\\n'), '\\n'))`, 'spelled'],
    [HEADER_TEXTS, 'header_texts'],
    ...requestLineSteps('v_request'),
    [`if(v_uri = '', v_path, v_uri)`, 'written_path'],
    [`if(v_request_method = '', words[1], v_request_method)`, 'verb'],
    [
      `multiIf(v_request_uri != '', v_request_uri, wanted != '', wanted,
        v_uri != '' AND NOT (${IS_RAW_URI}), ${targetText(only('uri', 'args'))},
        written_path = '' OR v_args = '' OR position(written_path, '?') > 0, written_path,
        concat(written_path, '?', trim(LEADING '?' FROM v_args)))`,
      'target',
    ],
    [instant('v_time'), 'ended'],
    [`coalesce(${milliseconds('v_milliseconds', 1)}, ${latencyMs})`, 'took'],
    // nginx takes all its times when it writes the line.
    [`subtractMilliseconds(ended, toInt64(least(ifNull(took, 0), 86400000)))`, 'at'],
    [`toUInt16OrNull(v_status)`, 'code'],
  ],
  accepts: `at IS NOT NULL AND code BETWEEN 100 AND 599 AND match(verb, '${METHOD_PATTERN}') AND target != ''`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`v_time = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`verb = '' AND target = ''`, 'empty_request'],
    [`v_request_method = '' AND v_request = ''`, 'no_method'],
    [`NOT match(verb, '${METHOD_PATTERN}') OR target = ''`, 'malformed_request'],
    [`v_status = ''`, 'no_status'],
    [`code = 0`, 'no_response'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: 'verb',
    target: 'target',
    status: `assumeNotNull(code)`,
    host: host ?? `''`,
    // TLS that nginx itself saw is certain; behind a proxy the header that it adds says what the client saw.
    scheme: `multiIf(v_ssl_protocol != '' OR lower(v_https) = 'on' OR lower(v_scheme) = 'https' OR
        startsWith(lower(v_http_x_forwarded_proto), 'https'), 'https',
      lower(v_scheme) = 'http' OR startsWith(lower(v_http_x_forwarded_proto), 'http') OR
        ${hasName('ssl_protocol', 'https')}, 'http', '')`,
    latencyMs: 'took',
    requestBytes: requestBytes ?? 'NULL',
    responseBytes: responseBytes ?? 'NULL',
    service: service ?? `''`,
    consumer: consumer ?? `''`,
    clientAddress: clientAddress ?? `''`,
    credentialSeen: credentialSeen ?? '0',
    requestHeaders: headers('http_', NO_HEADERS),
    responseHeaders: headers('sent_http_'),
    requestHeaderVisibility: visibility('http_', NO_HEADERS),
    responseHeaderVisibility: visibility('sent_http_'),
    // A 400 of nginx itself is about the form of HTTP, and its own 499 and 502 to 504 follow an attempt upstream.
    answeredBy: `multiIf(${hasName('upstream_status')},
        multiIf(v_upstream_status = '', if(code = 400, '', 'gateway'),
          toUInt16OrNull(extract(v_upstream_status, '([0-9]{3})$')) = code, 'upstream', ''),
      ${hasName('upstream_addr')},
        multiIf(v_upstream_addr = '', if(code = 400, '', 'gateway'), code IN (499, 502, 503, 504), '', 'upstream'), '')`,
  },
};
