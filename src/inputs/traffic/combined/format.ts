import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { examples } from './examples.ts';

/**
 * nginx `combined`, Apache `common`, `combined` and `vhost_combined`.
 * Quotes escaped by the server (`\"`) are set aside before splitting and put back in the target.
 */
export const format: TrafficFormat = {
  id: 'combined',
  title: 'nginx and Apache common, combined and vhost_combined',
  reference: 'https://httpd.apache.org/docs/2.4/logs.html#accesslog',
  headers: { request: 'none', response: 'none' },
  // The bracketed time before the first quote is what makes the line one of these.
  claims: `match(line, '^[^"{\\\\[]+\\\\[[0-9]{1,2}/[A-Za-z]{3}/[0-9]{4}:')`,
  parse: [
    [
      `splitByChar('"', if(position(line, '\\\\') = 0, line,
        replaceAll(replaceAll(line, '\\\\\\\\', '\\x01'), '\\\\"', '\\x02')), 7)`,
      'p',
    ],
    [`p[1]`, 'head'],
    [`substring(head, -28, 26)`, 'stamp'],
    [`substring(head, 1, length(head) - 29)`, 'who'],
    [`splitByChar(' ', p[2])`, 'rq'],
    [`splitByChar(' ', p[3])`, 'sb'],
    [`parseDateTimeOrNull(toLowCardinality(stamp), '%d/%b/%Y:%H:%i:%s %z', 'UTC')`, 'at'],
    [`splitByChar(' ', who)`, 'names'],
    // vhost_combined puts `host:port` before the client; a client is an address, a name or `-`.
    [`length(names) >= 4 AND match(names[1], '^[A-Za-z0-9._-]+:[0-9]{1,5}$')`, 'has_vhost'],
    [`toUInt16OrNull(sb[2])`, 'code'],
    [
      `if(length(rq) = 3, rq[2], arrayStringConcat(arraySlice(rq, 2, if(startsWith(rq[-1], 'HTTP/'), -1, NULL)), ' '))`,
      'wanted',
    ],
  ],
  accepts: `at IS NOT NULL AND code BETWEEN 100 AND 599 AND length(p) IN (3, 7)
    AND match(rq[1], '^[A-Z][A-Z_-]{1,19}$') AND match(wanted, '^(/|\\\\*$|https?://.)')`,
  reasons: [
    [`NOT isValidUTF8(line) AND length(p) < 3`, 'bad_utf8'],
    [`length(p) < 3`, 'no_request_quotes'],
    [`at IS NULL`, 'bad_time'],
    [`length(p) NOT IN (3, 7)`, 'truncated'],
    [`p[2] IN ('', '-')`, 'empty_request'],
    [`NOT match(rq[1], '^[A-Z][A-Z_-]{1,19}$')`, 'malformed_request'],
    [`NOT match(wanted, '^(/|\\\\*$|https?://.)')`, 'odd_target'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'no_status'],
  ],
  columns: {
    startedAt: `toDateTime64(assumeNotNull(at), 3, 'UTC')`,
    method: `rq[1]`,
    target: `if(position(line, '\\\\') = 0, wanted, replaceAll(replaceAll(wanted, '\\x02', '"'), '\\x01', '\\\\'))`,
    status: `assumeNotNull(code)`,
    host: `if(has_vhost, names[1], '')`,
    responseBytes: `toUInt64OrNull(sb[3])`,
    clientAddress: `names[1 + has_vhost]`,
    // The user name may hold spaces: everything after the ident field.
    consumer: `if(names[3 + has_vhost] = '-' AND length(names) = 3 + has_vhost, '',
      arrayStringConcat(arraySlice(names, 3 + has_vhost), ' '))`,
  },
  examples,
};
