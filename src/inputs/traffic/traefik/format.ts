import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { TRAEFIK_TAIL } from '../../expressions/common-log-tails.ts';
import { nearestPublicAddress } from '../../expressions/forwarded-client.ts';
import { requestLineSteps } from '../../expressions/request-line.ts';
import { rfc3339Time } from '../../expressions/rfc3339-time.ts';

/** Names that are Traefik's own; those of headers begin with `request_`, `origin_` or `downstream_`. */
const OWN_KEYS = [
  'StartUTC',
  'StartLocal',
  'DownstreamStatus',
  'DownstreamContentSize',
  'OriginStatus',
  'OriginDuration',
  'RequestCount',
  'RequestAddr',
  'Overhead',
  'entryPointName',
];
/** Statuses that Traefik answers itself when a server cannot be reached or the client has gone. */
const OF_A_FAILED_CALL = '(499, 502, 503, 504)';

function headersOf(prefix: string): string {
  return `mapApply((k, v) -> (substring(k, ${prefix.length + 1}), v), mapFilter((k, v) -> startsWith(k, '${prefix}'), m))`;
}

function someIfAny(prefix: string): string {
  return `if(arrayExists(k -> startsWith(k, '${prefix}'), mapKeys(m)), 'some', 'none')`;
}

/**
 * Traefik's access log in both of its layouts. Of a JSON line `text` is empty and of a text line the map `m` is, so
 * that what they hold is joined: `if` would parse the line again for each column.
 */
export const format: TrafficFormat = {
  id: 'traefik',
  title: 'Traefik access log (JSON and text)',
  reference: 'https://doc.traefik.io/traefik/observability/access-logs/',
  headers: { request: 'some', response: 'some' },
  states: {
    signs:
      'two of the keys that Traefik alone uses; a common log line that ends in router, server and milliseconds',
    layouts: 'JSON and common (text), Traefik 1.7 to 3',
    times: 'RFC 3339 in JSON, whole seconds in text; nanoseconds in JSON, milliseconds in text',
    sizes: 'bodies',
    consumer: 'the user of basic or digest authentication',
    answeredBy: 'the status of the origin and the overhead (JSON); the server asked (text)',
    transport: 'RequestScheme, TLSVersion, X-Forwarded-Proto (JSON)',
  },
  claims: `length(arrayIntersect(keys, ['${OWN_KEYS.join(`', '`)}'])) >= 2
    OR match(line, '^[^"{\\\\[ ][^"]* - [^"]*\\\\[[^\\\\]"]*\\\\] ".*${TRAEFIK_TAIL}')`,
  parse: [
    [`JSONExtract(line, 'Map(String, String)')`, 'm'],
    [`if(startsWith(line, '{'), '', line)`, 'text'],
    [
      `multiIf(m['StartUTC'] != '', m['StartUTC'], m['StartLocal'] != '', m['StartLocal'], m['time'])`,
      'stamp',
    ],
    [`toInt64OrNull(m['Duration'])`, 'ns'],
    // Without its start a record still has the second in which it was written.
    [`if(m['StartUTC'] = '' AND m['StartLocal'] = '' AND ns > 0, intDiv(ns, 1000000), 0)`, 'sinceStart'],
    // Traefik does not escape quotes in the target, the referer and the user agent.
    [`splitByChar('"', text)`, 'p'],
    [`p[1]`, 'head'],
    [`substring(head, 1, length(head) - 30)`, 'names'],
    [
      `coalesce(subtractMilliseconds(${rfc3339Time('stamp')}, assumeNotNull(sinceStart)), toDateTime64(
        parseDateTimeOrNull(toLowCardinality(substring(head, -28, 26)), '%d/%b/%Y:%H:%i:%s %z', 'UTC'), 3, 'UTC'))`,
      'at',
    ],
    [`arrayFirstIndex(x -> match(x, '^ (-|[0-9]+) (-|[0-9]+) $'), p)`, 'sizesAt'],
    [`splitByChar(' ', p[sizesAt])`, 'sizes'],
    ...requestLineSteps(`arrayStringConcat(arraySlice(p, 2, toInt64(sizesAt) - 2), '"')`),
    [`concat(m['RequestMethod'], words[1])`, 'verb'],
    [`concat(m['RequestPath'], wanted)`, 'path'],
    [`concat(m['DownstreamStatus'], sizes[2])`, 'answer'],
    [`toUInt16OrNull(answer)`, 'code'],
    [`toUInt16OrNull(m['OriginStatus'])`, 'originCode'],
    [`if(text = '', concat(m['RouterName'], m['FrontendName']), p[-4])`, 'router'],
  ],
  accepts: `at IS NOT NULL AND code BETWEEN 100 AND 599 AND verb NOT IN ('', '-') AND path NOT IN ('', '-')
    AND (text = '' OR length(p) >= 11)`,
  reasons: [
    [`text = '' AND NOT isValidUTF8(line)`, 'bad_utf8'],
    [`text = '' AND NOT isValidJSON(line)`, 'bad_json'],
    [`at IS NULL AND (if(text = '', stamp = '', endsWith(head, '[-] ')))`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`verb IN ('', '-') OR path IN ('', '-')`, 'no_request'],
    [`answer IN ('', '-')`, 'no_status'],
    [`answer = '0'`, 'no_response'],
    ['1', 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `verb`,
    target: `path`,
    status: `assumeNotNull(code)`,
    host: `if(m['RequestAddr'] != '', m['RequestAddr'], m['RequestHost'])`,
    // Behind a proxy that ends TLS, Traefik sees http; it drops the header of proxies it does not trust.
    scheme: `multiIf(m['TLSVersion'] != '' OR startsWith(lower(m['request_X-Forwarded-Proto']), 'https'), 'https',
      m['RequestScheme'] IN ('https', 'http'), m['RequestScheme'], '')`,
    latencyMs: `coalesce(if(ns >= 0, ns / 1e6, NULL), toFloat64(toUInt32OrNull(splitByString('ms', substring(p[-1], 2))[1])))`,
    requestBytes: `toUInt64OrNull(m['RequestContentSize'])`,
    responseBytes: `toUInt64OrNull(concat(m['DownstreamContentSize'], sizes[3]))`,
    // A call that a middleware refuses has a router and no service yet, and the text layout never names the service.
    // Of nested routers the first one is always named.
    service: `if(router NOT IN ('', '-'), splitByString(' -> ', router)[1], m['ServiceName'])`,
    consumer: `if(text = '', if(m['ClientUsername'] = '-', '', m['ClientUsername']),
      if(endsWith(names, ' - -'), '', arrayStringConcat(arraySlice(splitByString(' - ', names), 2), ' - ')))`,
    // ClientHost is the X-Forwarded-For of a proxy that Traefik trusts, if there is one.
    clientAddress: `${nearestPublicAddress(`m['ClientAddr']`, `concat(m['ClientHost'], splitByString(' - ', names)[1])`)}`,
    credentialSeen: `m['TLSClientSubject'] != ''`,
    requestHeaders: headersOf('request_'),
    responseHeaders: headersOf('downstream_'),
    // Each header is kept, redacted or dropped by the configuration, which the record does not tell.
    requestHeaderVisibility: someIfAny('request_'),
    responseHeaderVisibility: someIfAny('downstream_'),
    // All of the time is overhead where no service was asked, even if the fields of the origin are dropped.
    answeredBy: `multiIf(text != '' AND p[-2] = '-', 'gateway',
      text = '' AND ifNull(originCode, 0) = 0,
        if(m['OriginDuration'] = '0' OR (m['Overhead'] != '' AND m['Overhead'] = m['Duration']), 'gateway', ''),
      (text != '' OR originCode = code) AND code NOT IN ${OF_A_FAILED_CALL}, 'upstream', '')`,
  },
};
