import type { TrafficFormat } from '../../../model/traffic-format.ts';
import {
  hideEscapedQuotes,
  METHOD_PATTERN,
  requestLineSteps,
  unescapedTarget,
} from '../../expressions/request-line.ts';

/** Seconds; -1 where the request never came so far. */
const DURATIONS = `[toFloat64OrNull(head[5]), toFloat64OrNull(head[6]), toFloat64OrNull(head[7])]`;

/** A day: no request is served longer. */
const MAX_SECONDS = 86_400;

/** The access log of a Classic Load Balancer, with or without the three fields that were added in 2014. */
export const format: TrafficFormat = {
  id: 'aws-elb',
  title: 'AWS Classic Load Balancer access log',
  reference: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html',
  headers: { request: 'none', response: 'none' },
  states: {
    signs: 'the time, the name of a load balancer, client and back end with their ports, three durations',
    layouts: '15 fields; 12 without user agent, cipher and protocol',
    times: 'ISO 8601, when the request came in; seconds',
    sizes: 'bodies',
    consumer: 'not told',
    answeredBy: '`backend_status_code`: - when the load balancer answered',
    transport: 'the cipher, else the scheme of the URL',
  },
  // The time, the name, two addresses with ports and three durations.
  claims: `match(line, '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z? [^ "]+ [^ "]+:[0-9]+ (-|[^ "]+:[0-9]+) (-1|[0-9.]+) (-1|[0-9.]+) ')`,
  parse: [
    [`splitByChar('"', ${hideEscapedQuotes('line')}, 7)`, 'p'],
    [`splitByChar(' ', p[1])`, 'head'],
    [`splitByChar(' ', p[5])`, 'tls'],
    ...requestLineSteps('p[2]'),
    [DURATIONS, 'durations'],
    [`length(head) >= 11 AND isNotNull(durations[1]) AND isNotNull(durations[3])`, 'has_numbers'],
    [
      `if(arrayExists(d -> NOT ifNull(d BETWEEN 0 AND ${MAX_SECONDS}, 0), durations), NULL, arraySum(d -> assumeNotNull(d), durations) * 1000)`,
      'took',
    ],
    [`parseDateTime64BestEffortOrNull(head[1], 6, 'UTC')`, 'at'],
    [`toUInt16OrNull(head[8])`, 'code'],
    // After the host, which begins at the eighth character of http:// and at the ninth of https://.
    [`position(wanted, '/', 9)`, 'slash'],
    [`position(wanted, '://') + 3`, 'authority'],
  ],
  accepts: `at IS NOT NULL AND code BETWEEN 100 AND 599 AND length(p) >= 3 AND length(p) % 2 = 1 AND has_numbers
    AND match(words[1], '${METHOD_PATTERN}') AND wanted != ''`,
  reasons: [
    [`length(p) = 1`, 'no_request'],
    [`length(p) % 2 = 0`, 'cut_off'],
    [`at IS NULL`, 'bad_time'],
    [`NOT has_numbers`, 'damaged_fields'],
    [`startsWith(p[2], '- - -')`, 'tcp_connection'],
    [`head[8] IN ('-', '0', '000')`, 'no_response'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
    [`1`, 'malformed_request'],
  ],
  columns: {
    startedAt: `toDateTime64(assumeNotNull(at), 3, 'UTC')`,
    method: `words[1]`,
    target: unescapedTarget(`if(slash = 0 OR authority = 3, wanted, substring(wanted, slash))`),
    status: `assumeNotNull(code)`,
    host: `if(slash > authority AND authority > 3, substring(wanted, authority, slash - authority), '')`,
    scheme: `multiIf(tls[2] NOT IN ('', '-') OR startsWith(wanted, 'https:'), 'https', startsWith(wanted, 'http:'), 'http', '')`,
    latencyMs: `took`,
    requestBytes: `toUInt64OrNull(head[10])`,
    responseBytes: `toUInt64OrNull(head[11])`,
    clientAddress: `replaceRegexpOne(head[3], ':[0-9]{1,5}$', '')`,
    // 460 is written where the client left; a 400 without an instance is broken HTTP, refused by no rule.
    answeredBy: `multiIf(code = 460 OR (code = 400 AND head[9] = '-'), '', head[9] = '-', 'gateway',
      head[9] = head[8], 'upstream', '')`,
  },
};
