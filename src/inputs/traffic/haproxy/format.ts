import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { METHOD_PATTERN, requestLineSteps } from '../../expressions/request-line.ts';

const MONTHS = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const TIMERS = '^-?[0-9]+/-?[0-9]+/-?[0-9]+/-?[0-9]+/[+]?-?[0-9]+$';
const TCP_TIMERS = '^-?[0-9]+/-?[0-9]+/[+]?-?[0-9]+$';
const COUNTERS = '^[0-9]+/[0-9]+/[0-9]+/[0-9]+/[+]?[0-9]+$';
/** Errors of HTTP itself, which HAProxy answers whatever its rules are. */
const NO_RULE = '(400, 408)';

/**
 * `option httplog` and `option httpslog`. Whatever callers choose stands between quotes or in braces, where HAProxy
 * writes quotes and bytes that are not printable as `#XX`.
 */
export const format: TrafficFormat = {
  id: 'haproxy',
  title: 'HAProxy HTTP log (httplog, httpslog)',
  reference: 'https://docs.haproxy.org/dev/configuration.html#8.2.3',
  headers: { request: 'none', response: 'none' },
  states: {
    signs: 'address and port, then the time in brackets with milliseconds',
    layouts: 'option httplog, option httpslog; captured headers and cookies are not named and are left out',
    times: 'day/month/year with milliseconds, without zone: taken for UTC; milliseconds',
    sizes: 'whole response',
    consumer: 'not told',
    answeredBy: 'the server and the termination state',
    transport: 'the tilde after the frontend, the TLS version',
  },
  // The client with its port, and a time with milliseconds and without zone.
  claims: `match(line, '^[^ "{\\\\[]+:[0-9]+ \\\\[[0-9]{2}/(${MONTHS})/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}\\\\] ')`,
  parse: [
    [`splitByChar('"', trim(TRAILING '\\r' FROM line))`, 'p'],
    [`splitByChar(' ', p[1])`, 'w'],
    [
      `parseDateTimeOrNull(toLowCardinality(substring(w[2], 2, 20)), '%d/%b/%Y:%H:%i:%s', 'UTC')`,
      'second_of_start',
    ],
    [
      `addMilliseconds(toDateTime64(second_of_start, 3, 'UTC'), ifNull(toInt64OrNull(substring(w[2], 23, 3)), 0))`,
      'at',
    ],
    [`splitByChar('/', w[4])`, 'target_names'],
    [`target_names[1]`, 'backend'],
    [`arrayStringConcat(arraySlice(target_names, 2), '/')`, 'server'],
    [`trim(TRAILING '~' FROM w[3])`, 'frontend'],
    // A captured cookie may hold blanks, and then the state is not where it should be.
    [`if(match(w[10], '^[A-Za-z-]{4}$') AND match(w[11], '${COUNTERS}'), w[10], '')`, 'ending'],
    ...requestLineSteps('p[2]'),
    [`toInt32OrNull(w[6])`, 'code'],
    [`splitByChar('/', p[3])[-2]`, 'tls_version'],
  ],
  accepts: `at IS NOT NULL AND code BETWEEN 100 AND 599 AND length(p) = 3 AND match(w[5], '${TIMERS}')
    AND match(words[1], '${METHOD_PATTERN}') AND wanted != ''`,
  reasons: [
    // The bind line ends in a colon; an error-log-format like that of httpslog has counters instead of a server.
    [
      `length(p) = 1 AND (endsWith(w[3], ':') OR endsWith(w[4], ':') OR match(w[4], '^[0-9]+/[0-9]+$'))`,
      'connection_error',
    ],
    [`length(p) = 1 AND match(w[5], '${TCP_TIMERS}')`, 'tcp_connection'],
    [`length(p) = 1`, 'no_request'],
    [`length(p) = 2`, 'unbalanced_quotes'],
    [`length(p) > 3 OR NOT match(w[5], '${TIMERS}')`, 'not_in_layout'],
    [`code <= 0`, 'no_response'],
    [`at IS NULL`, 'bad_time'],
    [`p[2] = ''`, 'empty_request'],
    [`NOT match(words[1], '${METHOD_PATTERN}') OR wanted = ''`, 'malformed_request'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `words[1]`,
    target: `if(position(wanted, '#') = 0, wanted, replaceRegexpAll(wanted, '#([0-9A-F]{2})', '%\\\\1'))`,
    status: `toUInt16(assumeNotNull(code))`,
    scheme: `if(endsWith(w[3], '~') OR tls_version NOT IN ('', '-'), 'https', 'http')`,
    // With logasap the line is written before the answer ends, which a plus sign says.
    latencyMs: `if(startsWith(splitByChar('/', w[5])[5], '+'), NULL, toFloat64OrNull(nullIf(splitByChar('/', w[5])[5], '-1')))`,
    responseBytes: `if(startsWith(w[7], '+'), NULL, toUInt64OrNull(w[7]))`,
    // Where a frontend refuses before it chose a backend, its own name stands there.
    service: `if(server = '<NOSRV>' AND backend = frontend, '', backend)`,
    clientAddress: `if(startsWith(w[1], 'unix:'), '', replaceRegexpOne(w[1], ':[0-9]+$', ''))`,
    answeredBy: `multiIf(server = '<CACHE>', '',
      startsWith(server, '<') OR startsWith(ending, 'P') OR startsWith(ending, 'L'), if(code IN ${NO_RULE}, '', 'gateway'),
      startsWith(ending, '-'), 'upstream', '')`,
  },
};
