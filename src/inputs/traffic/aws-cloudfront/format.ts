import type { TrafficFormat } from '../../../model/traffic-format.ts';
import {
  cell,
  fieldsDirectiveSteps,
  HAS_CLOUDFRONT_NAMES,
  NAMES_CLOUDFRONT,
} from '../../expressions/fields-directive.ts';
import { nearestPublicAddress } from '../../expressions/forwarded-client.ts';
import { METHOD_PATTERN } from '../../expressions/request-line.ts';

/** In this order where a line does not say its fields. */
const STANDARD_FIELDS = `date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer)
  cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken
  x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields
  c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end`;
const REAL_TIME_FIELDS = `timestamp c-ip time-to-first-byte sc-status sc-bytes cs-method cs-protocol cs-host cs-uri-stem
  cs-bytes x-edge-location x-edge-request-id x-host-header time-taken cs-protocol-version c-ip-version cs-user-agent
  cs-referer cs-cookie cs-uri-query x-edge-response-result-type x-forwarded-for ssl-protocol ssl-cipher x-edge-result-type
  fle-encrypted-fields fle-status sc-content-type sc-content-len sc-range-start sc-range-end c-port
  x-edge-detailed-result-type c-country cs-accept-encoding cs-accept cache-behavior-path-pattern cs-headers
  cs-header-names cs-headers-count`;

/** Names in JSON records, and the patterns of the same names in a list of fields. */
const READ = {
  day: 'date',
  clock: 'time',
  stamp: 'timestamp',
  stampMs: 'timestamp(ms)',
  peer: 'c-ip',
  verb: 'cs-method',
  stem: 'cs-uri-stem',
  query: 'cs-uri-query',
  code: 'sc-status',
  wantedHost: 'x-host-header',
  viewerHost: 'cs-host',
  distribution: 'cs(Host)',
  protocol: 'cs-protocol',
  tls: 'ssl-protocol',
  taken: 'time-taken',
  sent: 'sc-bytes',
  received: 'cs-bytes',
  forwarded: 'x-forwarded-for',
  cookie: 'cs(Cookie)',
  realTimeCookie: 'cs-cookie',
  headerNames: 'cs-header-names',
  late: 'x-edge-result-type',
  early: 'x-edge-response-result-type',
  detail: 'x-edge-detailed-result-type',
} as const;
const OWN_KEYS = [
  'x-edge-location',
  'x-edge-request-id',
  READ.late,
  READ.early,
  READ.detail,
  READ.wantedHost,
];
const RECORD = [...new Set([...Object.values(READ), ...OWN_KEYS])]
  .map((name) => `\`${name}\` String`)
  .join(', ');
const HAS_OWN_VALUE = OWN_KEYS.map((name) => `tupleElement(r, '${name}') != ''`).join(' OR ');
const REAL_TIME = `match(line, '^[0-9]{10}(\\\\.[0-9]{1,6})?\\\\t[0-9A-Fa-f.:]{3,45}\\\\t[0-9.-]+\\\\t([0-9]{3}|-)\\\\t')`;
const STANDARD = `match(line, '^[0-9]{4}-[0-9]{2}-[0-9]{2}\\\\t[0-9:]{8}\\\\t[A-Z]{3}[0-9A-Z-]{1,12}\\\\t')`;
const HAS_PROTOCOL = `protocol IN ('http', 'https', 'ws', 'wss')`;
/** A day: no request is served longer. */
const MAX_SECONDS = 86_400;

/** A value is in the record or among the cells, never in both. */
function value(name: string): string {
  const pattern = name.toLowerCase().replaceAll(/[()]/g, (bracket) => `\\\\${bracket}`);
  return `concat(tupleElement(r, '${name}'), ${cell(pattern)})`;
}

export const format: TrafficFormat = {
  id: 'aws-cloudfront',
  title: 'AWS CloudFront standard and real-time logs',
  reference:
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html',
  headers: { request: 'some', response: 'none' },
  states: {
    signs: 'the names or the order of its fields; a tab-separated row of 26 to 33 columns',
    layouts: 'standard logs with and without #Fields, JSON (v2), real-time logs with their first fields',
    times: 'UTC, when the answer was sent: the time taken is subtracted; seconds',
    sizes: 'whole messages',
    consumer: 'not told',
    answeredBy: 'the result type: Miss and RefreshHit came from the origin; refusals by their names',
    transport: '`cs-protocol`',
  },
  claims: `${NAMES_CLOUDFRONT} OR ${STANDARD} OR ${REAL_TIME}
    OR (hasAny(keys, [${OWN_KEYS.map((key) => `'${key}'`).join(', ')}])
      AND hasAny(keys, ['cs-method', 'cs-uri-stem', 'sc-status']))`,
  parse: [
    [`startsWith(line, '{')`, 'is_json'],
    [`JSONExtract(if(is_json, line, ''), 'Tuple(${RECORD})')`, 'r'],
    [`match(line, '^[0-9]{10}[.\\\\t]')`, 'is_real_time'],
    ...fieldsDirectiveSteps(`if(is_real_time, '${REAL_TIME_FIELDS}', '${STANDARD_FIELDS}')`),
    [`splitByChar('\\t', if(is_json, '', trim(TRAILING '\\r' FROM substring(line, cut + 1))))`, 'cells'],
    ...Object.entries(READ).map(([alias, name]) => [value(name), alias] as const),
    [
      `if(stamp = '' AND stampMs = '', toDateTime64(parseDateTimeOrNull(toLowCardinality(concat(day, ' ', clock)),
        '%Y-%m-%d %H:%i:%s', 'UTC'), 3, 'UTC'), parseDateTime64BestEffortOrNull(concat(stamp, stampMs), 3, 'UTC'))`,
      'ended',
    ],
    [`toFloat64OrNull(taken)`, 'duration'],
    [`if(duration BETWEEN 0 AND ${MAX_SECONDS}, duration, NULL)`, 'took'],
    [`toUInt16OrNull(code)`, 'status'],
    // What CloudFront escaped is no part of the request: \`%20\` of a request is written as \`%2520\`.
    [
      `replaceAll(if(query IN ('', '-') OR position(stem, '?') > 0, stem, concat(stem, '?', query)), '%25', '%')`,
      'wanted',
    ],
    [`replaceAll(forwarded, '%20', ' ')`, 'hops'],
    [`concat(cookie, realTimeCookie)`, 'cookies'],
    [`if(early = '', late, early)`, 'outcome'],
  ],
  accepts: `ended IS NOT NULL AND status BETWEEN 100 AND 599 AND match(verb, '${METHOD_PATTERN}') AND wanted NOT IN ('', '-')
    AND if(is_json, ${HAS_OWN_VALUE}, length(cells) >= least(fields, 26) AND ${HAS_CLOUDFRONT_NAMES}) AND (NOT is_real_time OR ${HAS_PROTOCOL})`,
  reasons: [
    [`position(names, ' x-event ') > 0`, 'streaming_event'],
    [`is_real_time AND NOT ${HAS_PROTOCOL}`, 'unknown_layout'],
    [`NOT is_json AND length(cells) < least(fields, 26)`, 'too_few_fields'],
    [`day = '' AND stamp = '' AND stampMs = ''`, 'no_time'],
    [`ended IS NULL`, 'bad_time'],
    [`verb IN ('', '-') OR wanted IN ('', '-')`, 'no_request'],
    [`NOT match(verb, '${METHOD_PATTERN}')`, 'malformed_request'],
    [`code IN ('000', '0')`, 'no_response'],
    [`code IN ('', '-')`, 'no_status'],
    [`1`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(ended - toIntervalMillisecond(toUInt32(round(if(duration BETWEEN 0 AND ${MAX_SECONDS}, assumeNotNull(duration), 0) * 1000))))`,
    method: `verb`,
    target: `wanted`,
    status: `assumeNotNull(status)`,
    // Real-time logs have the viewer's Host header under another name, and the distribution under this one.
    host: `multiIf(viewerHost NOT IN ('', '-'), viewerHost, wantedHost NOT IN ('', '-'), wantedHost,
      distribution NOT IN ('', '-'), distribution, '')`,
    scheme: `multiIf(protocol IN ('https', 'wss'), 'https', protocol IN ('http', 'ws'), 'http', tls NOT IN ('', '-'), 'https', '')`,
    latencyMs: `took * 1000`,
    requestBytes: `toUInt64OrNull(received)`,
    responseBytes: `toUInt64OrNull(sent)`,
    clientAddress: `if(peer = '-', '', ${nearestPublicAddress('peer', 'hops')})`,
    credentialSeen: `match(headerNames, '(?i)(^|%0A|\\\\n)(authorization|x-api-key)(%0A|\\\\n|$)')`,
    requestHeaders: `if(cookies IN ('', '-'), CAST(map(), 'Map(String, String)'), map('cookie', cookies))`,
    requestHeaderVisibility: `if(cookies IN ('', '-'), 'none', 'some')`,
    // A Hit came from the cache: nobody was asked. An Error can be the answer of the origin.
    answeredBy: `multiIf(outcome IN ('LimitExceeded', 'CapacityExceeded', 'Redirect', 'FunctionGeneratedResponse',
        'LambdaGeneratedResponse') OR detail IN ('ClientGeoBlocked', 'InvalidRequestBlocked', 'InvalidRequestCertificate',
        'InvalidRequestMethod', 'OriginConnectError', 'OriginDnsError'), 'gateway',
      outcome IN ('Miss', 'RefreshHit'), 'upstream', '')`,
  },
};
