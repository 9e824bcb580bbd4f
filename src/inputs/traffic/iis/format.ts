import type { TrafficFormat } from '../../../model/traffic-format.ts';
import {
  cell,
  fieldsDirectiveSteps,
  HAS_CLOUDFRONT_NAMES,
  NAMES_CLOUDFRONT,
} from '../../expressions/fields-directive.ts';
import { nearestPublicAddress } from '../../expressions/forwarded-client.ts';
import { METHOD_PATTERN } from '../../expressions/request-line.ts';

/** The data of IIS's Windows event 6200: the names of the log's fields, without brackets. */
const EVENT_DATA = [
  'date',
  'time',
  'cs-method',
  'cs-uri-stem',
  'cs-uri-query',
  'sc-status',
  'sc-substatus',
  'cs-host',
  'cs-username',
  'c-ip',
  'cs-bytes',
  'sc-bytes',
  'time-taken',
  'csCookie',
] as const;
const EVENT = `Tuple(windowsEvent Tuple(provider String, eventId String, data Tuple(${EVENT_DATA.map((name) => `\`${name}\` String`).join(', ')})))`;
const PROVIDER = 'Microsoft-Windows-IIS-Logging';

/** Values between quotes, as Imperva writes them, or between tabs, with \`+\` for blanks as IIS has it. */
const PLAIN = `multiIf(startsWith(data, '"'),
    replaceAll(replaceAll(substring(data, 2, length(data) - 2), ' ', '+'), '"+"', ' '),
  position(substring(data, 1, greatest(position(data, ' '), 1)), '\\t') > 0 OR position(data, ' ') = 0,
    replaceAll(replaceAll(data, ' ', '+'), '\\t', ' '), data)`;

/**
 * Statuses that IIS documents as its own, by their substatus: logon and access lists, request filtering, address and rate
 * restrictions, missing handlers, full queues. 401.5 and 500.0 can be the application's.
 */
const OWN_ANSWER = `(status = 401 AND detail BETWEEN 1 AND 4) OR (status IN (403, 404) AND (detail BETWEEN 1 AND 22
  OR detail BETWEEN 501 AND 503)) OR (status = 503 AND detail BETWEEN 2 AND 4)`;
/** A week in milliseconds: no request is served longer. */
const MAX_DURATION_MS = 604_800_000;

/** A value of the event's data or of the named field, which are never both there. */
function value(name: (typeof EVENT_DATA)[number], ...others: readonly string[]): string {
  return `concat(tupleElement(event, '${name}'), ${cell(name.toLowerCase(), ...others)})`;
}

export const format: TrafficFormat = {
  id: 'iis',
  title: 'IIS and other W3C extended logs',
  reference: 'https://learn.microsoft.com/en-us/windows/win32/http/w3c-logging',
  headers: { request: 'some', response: 'none' },
  states: {
    signs: 'a #Fields directive before the line, or an event of Microsoft-Windows-IIS-Logging',
    layouts: 'files with #Fields, in any order; Windows events of IIS; quoted values (Imperva)',
    times: 'UTC, when the answer was sent: the time taken is subtracted; whole milliseconds',
    sizes: 'whole messages',
    consumer: 'the authenticated user',
    answeredBy: 'the substatus, where IIS documents it as its own refusal',
    transport: 'custom fields for X-Forwarded-Proto, HTTPS or CRYPT_PROTOCOL; not the port',
  },
  claims: `(startsWith(line, '#Fields:') AND position(line, '\\x1f') > 0
      AND NOT ${NAMES_CLOUDFRONT})
    OR (has(keys, 'windowsEvent') AND JSONExtractString(line, 'windowsEvent', 'provider') = '${PROVIDER}')`,
  parse: [
    [`startsWith(line, '{')`, 'is_json'],
    [`tupleElement(JSONExtract(if(is_json, line, ''), '${EVENT}'), 'windowsEvent')`, 'windows_event'],
    [`tupleElement(windows_event, 'data')`, 'event'],
    ...fieldsDirectiveSteps(`''`),
    [`if(is_json, '', substring(line, cut + 1))`, 'data'],
    [`splitByChar(' ', ${PLAIN})`, 'cells'],
    [`concat(${value('date')}, ' ', substring(${value('time')}, 1, 8))`, 'stamp'],
    [cell('cs-start'), 'start'],
    [value('cs-method'), 'verb'],
    [value('cs-uri-stem'), 'stem'],
    [value('cs-uri-query'), 'query'],
    [cell('cs-uri'), 'uri'],
    [value('sc-status'), 'code'],
    [`toUInt16OrNull(${value('sc-substatus')})`, 'detail'],
    [value('cs-host', 'cs\\\\(host\\\\)'), 'named_host'],
    [value('cs-username'), 'user'],
    [value('c-ip'), 'peer'],
    [`replaceAll(${cell('x-forwarded-for', 'cs\\\\(x-forwarded-for\\\\)', 's-xff')}, '+', ' ')`, 'forwarded'],
    [`lower(${cell('x-forwarded-proto', 'cs\\\\(x-forwarded-proto\\\\)', 'cs-uri-scheme')})`, 'protocol'],
    [`lower(${cell('https')})`, 'secure'],
    [cell('crypt-protocol', 'crypt_protocol'), 'cipher'],
    [`concat(tupleElement(event, 'csCookie'), ${cell('cs\\\\(cookie\\\\)')})`, 'cookie'],
    [cell('cs\\\\(authorization\\\\)', 'authorization'), 'authorization'],
    [cell('sc-action'), 'action'],
    [`toUInt64OrNull(${value('time-taken')})`, 'took'],
    [`parseDateTimeOrNull(toLowCardinality(stamp), '%Y-%m-%d %H:%i:%s', 'UTC')`, 'ended'],
    [
      `coalesce(fromUnixTimestamp64Milli(if(length(start) = 13, toInt64OrNull(start), NULL), 'UTC'),
        toDateTime64(ended, 3, 'UTC') - toIntervalMillisecond(if(took <= ${MAX_DURATION_MS}, toInt64(took), 0)),
        toDateTime64(ended, 3, 'UTC'))`,
      'started',
    ],
    [`toUInt16OrNull(code)`, 'status'],
    [`if(query IN ('', '-'), '', concat('?', query))`, 'asked'],
    // IIS decodes the path, so that a mark in it begins no query.
    [
      `multiIf(stem NOT IN ('', '-'), concat(if(multiSearchAny(stem, ['?', '#']) AND (is_json OR position(names, ' cs-uri-query ') > 0),
          replaceAll(replaceAll(stem, '?', '%3F'), '#', '%23'), stem), asked),
        uri IN ('', '-'), '', startsWith(uri, '/') OR position(uri, '://') > 0, concat(uri, asked),
        position(uri, '/') = 0, concat('/', asked), concat(substring(uri, position(uri, '/')), asked))`,
      'wanted',
    ],
  ],
  accepts: `started IS NOT NULL AND status BETWEEN 100 AND 599 AND match(verb, '${METHOD_PATTERN}') AND wanted != ''
    AND if(is_json, windows_event.provider = '${PROVIDER}' AND windows_event.eventId = '6200',
      length(cells) = fields AND NOT ${HAS_CLOUDFRONT_NAMES})`,
  reasons: [
    [`is_json AND windows_event.eventId != '6200'`, 'other_event'],
    [`NOT is_json AND position(names, ' cs-method ') = 0`, 'not_http'],
    [`NOT is_json AND length(cells) != fields`, 'wrong_field_count'],
    [`startsWith(stamp, ' ') OR endsWith(stamp, ' ')`, 'no_time'],
    [`started IS NULL`, 'bad_time'],
    [`verb IN ('', '-') OR wanted = ''`, 'no_request'],
    [`NOT match(verb, '${METHOD_PATTERN}')`, 'malformed_request'],
    [`code IN ('0', '000')`, 'no_response'],
    [`code IN ('', '-')`, 'no_status'],
    [`1`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(started)`,
    method: `verb`,
    target: `wanted`,
    status: `assumeNotNull(status)`,
    host: `multiIf(named_host NOT IN ('', '-'), named_host, stem NOT IN ('', '-') OR position(uri, '://') > 0, '',
      splitByChar('/', uri)[1])`,
    scheme: `multiIf(startsWith(protocol, 'https') OR secure = 'on' OR cipher NOT IN ('', '-', '0'), 'https',
      protocol = 'http' OR secure = 'off', 'http', '')`,
    latencyMs: `toFloat64(took)`,
    requestBytes: `toUInt64OrNull(${value('cs-bytes')})`,
    responseBytes: `toUInt64OrNull(${value('sc-bytes')})`,
    consumer: `if(user IN ('', '-'), '', replaceAll(user, '+', ' '))`,
    clientAddress: `if(peer = '-', '', ${nearestPublicAddress('peer', 'forwarded')})`,
    requestHeaders: `if(cookie IN ('', '-') AND authorization IN ('', '-'), CAST(map(), 'Map(String, String)'),
      mapFilter((k, v) -> v NOT IN ('', '-'), map('cookie', cookie, 'authorization', authorization)))`,
    requestHeaderVisibility: `if(cookie IN ('', '-') AND authorization IN ('', '-'), 'none', 'some')`,
    // The actions are Imperva's.
    answeredBy: `multiIf(${OWN_ANSWER} OR match(action, '^REQ_(BLOCKED|CHALLENGE)'), 'gateway', action = 'REQ_PASSED', 'upstream', '')`,
  },
};
