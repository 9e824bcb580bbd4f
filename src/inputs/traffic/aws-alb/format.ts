import type { TrafficFormat } from '../../../model/traffic-format.ts';
import {
  hideEscapedQuotes,
  METHOD_PATTERN,
  requestLineSteps,
  unescapedTarget,
} from '../../expressions/request-line.ts';

/** Seconds; -1 where the request never came so far. */
const DURATIONS = `[toFloat64OrNull(head[6]), toFloat64OrNull(head[7]), toFloat64OrNull(head[8])]`;

/** A day: no request is served longer. */
const MAX_SECONDS = 86_400;

/** The access log of an Application Load Balancer; fields that AWS adds at the end are passed over. */
export const format: TrafficFormat = {
  id: 'aws-alb',
  title: 'AWS Application Load Balancer access log',
  reference:
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html',
  headers: { request: 'none', response: 'none' },
  states: {
    signs: 'the type of the listener, the time and the name of a load balancer that begins with app/',
    layouts: '29 fields and those added since, known or not; 20 to 25 of older files',
    times: '`request_creation_time`, else `time` less the durations; seconds',
    sizes: 'whole messages',
    consumer: 'not told',
    answeredBy: '`target_status_code`: - when the load balancer answered',
    transport: 'the type of the listener: h2, https, grpcs and wss are encrypted',
  },
  claims: `match(line, '^[a-z][a-z0-9]{1,9} [0-9T:.Z-]{10,30} app/[^ ]+( |$)')`,
  parse: [
    [`splitByChar('"', ${hideEscapedQuotes('line')}, 19)`, 'p'],
    [`splitByChar(' ', p[1])`, 'head'],
    [`splitByChar(' ', p[5])`, 'tls'],
    [`splitByChar(' ', p[11])`, 'made'],
    ...requestLineSteps('p[2]'),
    [DURATIONS, 'durations'],
    [
      `length(head) >= 12 AND isNotNull(durations[1]) AND isNotNull(durations[3]) AND startsWith(head[3], 'app/')`,
      'has_numbers',
    ],
    [
      `if(arrayExists(d -> NOT ifNull(d BETWEEN 0 AND ${MAX_SECONDS}, 0), durations), NULL, arraySum(d -> assumeNotNull(d), durations) * 1000)`,
      'took',
    ],
    [`parseDateTime64BestEffortOrNull(made[3], 6, 'UTC')`, 'created'],
    [`parseDateTime64BestEffortOrNull(head[2], 6, 'UTC')`, 'ended'],
    [`toUInt16OrNull(head[9])`, 'code'],
    // After the host, which begins at the eighth character of http:// and at the ninth of https://.
    [`position(wanted, '/', 9)`, 'slash'],
    [`position(wanted, '://') + 3`, 'authority'],
  ],
  accepts: `coalesce(created, ended) IS NOT NULL AND code BETWEEN 100 AND 599 AND length(p) >= 7 AND length(p) % 2 = 1 AND has_numbers
    AND match(words[1], '${METHOD_PATTERN}') AND wanted != ''`,
  reasons: [
    [`length(p) = 1`, 'no_request'],
    [`length(p) % 2 = 0 OR length(p) < 7`, 'cut_off'],
    [`coalesce(created, ended) IS NULL`, 'bad_time'],
    [`NOT has_numbers`, 'damaged_fields'],
    [`head[9] IN ('-', '0', '000')`, 'no_response'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
    [`1`, 'malformed_request'],
  ],
  columns: {
    startedAt: `toDateTime64(assumeNotNull(coalesce(created,
      ended - toIntervalMillisecond(ifNull(toUInt32(took), 0)))), 3, 'UTC')`,
    method: `words[1]`,
    target: unescapedTarget(`if(slash = 0 OR authority = 3, wanted, substring(wanted, slash))`),
    status: `assumeNotNull(code)`,
    // The name of the TLS session where the request names no host.
    host: `multiIf(slash > authority AND authority > 3, substring(wanted, authority, slash - authority),
      p[8] IN ('', '-'), '', p[8])`,
    scheme: `multiIf(head[1] IN ('https', 'h2', 'grpcs', 'wss'), 'https', head[1] IN ('http', 'ws'), 'http',
      tls[3] NOT IN ('', '-'), 'https', '')`,
    latencyMs: `took`,
    requestBytes: `toUInt64OrNull(head[11])`,
    responseBytes: `toUInt64OrNull(head[12])`,
    clientAddress: `replaceRegexpOne(if(head[4] = '-', '', head[4]), ':[0-9]{1,5}$', '')`,
    // The session of a user was validated before the request went on.
    credentialSeen: `head[10] != '-' AND match(p[12], '(^|,)authenticate,(.*,)?forward$') AND p[16] IN ('', '-')`,
    // 460 is written where the client left; a 400 without any action is broken HTTP, refused by no rule.
    answeredBy: `multiIf(code = 460 OR (code = 400 AND p[12] IN ('', '-')), '', head[10] = '-', 'gateway',
      head[10] = head[9], 'upstream', '')`,
  },
};
