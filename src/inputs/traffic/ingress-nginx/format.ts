import type { TrafficFormat } from '../../../model/traffic-format.ts';
import {
  hideEscapedQuotes,
  METHOD_PATTERN,
  requestLineSteps,
  unescapedTarget,
} from '../../expressions/request-line.ts';
import { HAS_UPSTREAM_INFO, UPSTREAM_INFO } from '../../expressions/upstream-info.ts';

const TIME = '[0-9]{1,2}/[^/ ]{1,9}/[0-9]{4}:[0-9:]* [^\\\\] ]*';
/** Who calls and when, up to the request. */
const HTTP_START = `^[^"{\\\\[ ][^" ]* - [^"]*\\\\[${TIME}\\\\] "`;
const STREAM_START = `^(\\\\[[0-9A-Fa-f.:]+\\\\] )?\\\\[${TIME}\\\\] (TCP|UDP) [0-9]{3} `;

/** Names of upstreams that are no service of the cluster. */
const NO_SERVICE = `('', '-', 'upstream-default-backend', 'internal')`;

/** `upstreaminfo`, what the controller writes unless told otherwise: nginx escapes quotes in all of it. */
export const format: TrafficFormat = {
  id: 'ingress-nginx',
  title: 'ingress-nginx controller (upstreaminfo)',
  reference: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/log-format/',
  headers: { request: 'none', response: 'none' },
  states: {
    signs:
      'a combined line that ends with the upstream in brackets, its addresses, sizes, durations and statuses',
    layouts: 'log-format-upstream as it is by default, 0.9 and later',
    times: 'day/month/year with zone at the end of the request, minus the seconds it took; seconds',
    sizes: 'whole request, body of the response',
    consumer: 'the user of HTTP authentication',
    answeredBy: 'the status of the upstream',
    transport: 'not told',
  },
  claims: `(match(line, '${HTTP_START}') AND ${HAS_UPSTREAM_INFO}) OR match(line, '${STREAM_START}')`,
  parse: [
    [`splitByChar('"', ${hideEscapedQuotes('line')})`, 'p'],
    [`extractGroups(trim(TRAILING '\\r' FROM p[7]), '${UPSTREAM_INFO}')`, 'g'],
    [`substring(p[1], -28, 26)`, 'stamp'],
    [`parseDateTimeOrNull(toLowCardinality(stamp), '%d/%b/%Y:%H:%i:%s %z', 'UTC')`, 'logged'],
    [`toFloat64OrNull(g[2])`, 'seconds'],
    [`splitByChar(' ', substring(p[1], 1, length(p[1]) - 30))`, 'names'],
    // Before 0.21 the address of the client stood once more in brackets.
    [`if(length(names) >= 5 AND startsWith(names[3], '[') AND endsWith(names[3], ']'), 5, 3)`, 'user_at'],
    ...requestLineSteps('p[2]'),
    [`splitByChar(' ', p[3])`, 'sizes'],
    [`toUInt16OrNull(sizes[2])`, 'code'],
    [`extract(g[7], '([0-9]{3})$')`, 'last_status'],
  ],
  accepts: `logged IS NOT NULL AND code BETWEEN 100 AND 599 AND length(p) = 7 AND notEmpty(g)
    AND match(words[1], '${METHOD_PATTERN}') AND wanted != ''`,
  reasons: [
    [`match(line, '${STREAM_START}')`, 'stream_record'],
    [`length(p) != 7 OR empty(g)`, 'not_in_layout'],
    [`logged IS NULL`, 'bad_time'],
    [`p[2] IN ('', '-')`, 'empty_request'],
    [`NOT match(words[1], '${METHOD_PATTERN}') OR wanted = ''`, 'malformed_request'],
    [`code = 0`, 'no_response'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `subtractMilliseconds(toDateTime64(assumeNotNull(logged), 3, 'UTC'),
      if(seconds < 1e6, toInt64(round(assumeNotNull(seconds) * 1000)), 0))`,
    method: `words[1]`,
    target: unescapedTarget('wanted'),
    status: `assumeNotNull(code)`,
    latencyMs: `round(seconds * 1000, 3)`,
    requestBytes: `toUInt64OrNull(g[1])`,
    responseBytes: `toUInt64OrNull(sizes[3])`,
    service: `if(g[3] IN ${NO_SERVICE}, '', g[3])`,
    consumer: `if(names[user_at] = '-', '', arrayStringConcat(arraySlice(names, user_at), ' '))`,
    clientAddress: `if(user_at = 5, trim(BOTH '[]' FROM names[3]), names[1])`,
    // A 400, a 408 and a 499 are about the connection; the default backend may be a service of the operator.
    answeredBy: `multiIf(g[3] = 'upstream-default-backend', '',
      g[4] = '-', if(code IN (400, 408, 499), '', 'gateway'),
      toUInt16OrNull(last_status) = code, 'upstream', '')`,
  },
};
