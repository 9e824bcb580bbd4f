import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { HAS_FOREIGN_TAIL } from '../../expressions/common-log-tails.ts';
import { isAddressList, nearestPublicAddress } from '../../expressions/forwarded-client.ts';
import {
  hideEscapedQuotes,
  METHOD_PATTERN,
  requestLineSteps,
  unescapedTarget,
} from '../../expressions/request-line.ts';

/** Everything before the time: `client ident user`, with `vhost:port` before it in vhost_combined. */
const NAMES_BEFORE_IDENT = `multiIf(length(names) <= 3, 1,
  has(arraySlice(names, 2), '-'), indexOf(arraySlice(names, 2), '-'),
  match(names[1], '^[A-Za-z0-9._-]+:[0-9]{1,5}$'), 2, 1)`;
const HOST_NAME =
  '^(([A-Za-z0-9_-]+\\\\.)+[A-Za-z0-9_-]*[A-Za-z_-][A-Za-z0-9_-]*|localhost|[A-Za-z0-9._-]+:[0-9]{1,5})(:[0-9]{1,5})?$';

/**
 * nginx `combined`, Apache `common`, `combined` and `vhost_combined`, with or without further fields after
 * them. Quotes that the server escaped (`\"`) are set aside before splitting.
 */
export const format: TrafficFormat = {
  id: 'combined',
  title: 'nginx and Apache common, combined and vhost_combined',
  reference: 'https://httpd.apache.org/docs/2.4/logs.html#accesslog',
  headers: { request: 'none', response: 'none' },
  states: {
    signs: 'three names, then the time in brackets, day/month/year',
    layouts: 'common, combined, vhost_combined, nginx main; further fields after them',
    times: 'day/month/year with zone; no duration',
    sizes: 'body of the response',
    consumer: 'the user of HTTP authentication',
    answeredBy: 'not told',
    transport: 'not told',
  },
  // Three names and the bracketed time, before any quote; HAProxy's time has a fraction and is not meant.
  claims: `match(line, '^[^"{\\\\[ #][^" ]* [^" ]+ (?:[^"\\\\\\\\]|\\\\\\\\.)*\\\\[[0-9]{1,2}/[^/ ]{1,9}/[0-9]{4}:[0-9:]*( |$)')
    AND NOT ${HAS_FOREIGN_TAIL}`,
  // What others write behind the line ends in no quote.
  own: `length(names) >= 3 AND names[1] != '' AND names[2] != '' AND substring(line, 1, 1) NOT IN ('"', '{', '[', '#')
    AND (endsWith(line, '"') OR NOT ${HAS_FOREIGN_TAIL})`,
  parse: [
    [`splitByChar('"', ${hideEscapedQuotes('line')}, 9)`, 'p'],
    [`p[1]`, 'head'],
    [`substring(head, -28, 26)`, 'stamp'],
    [`parseDateTimeOrNull(toLowCardinality(stamp), '%d/%b/%Y:%H:%i:%s %z', 'UTC')`, 'at'],
    [`splitByChar(' ', substring(head, 1, length(head) - 30))`, 'names'],
    [NAMES_BEFORE_IDENT, 'lead'],
    [`trim(TRAILING ',' FROM names[lead])`, 'peer'],
    ...requestLineSteps('p[2]'),
    [`splitByChar(' ', p[3])`, 'sizes'],
    [`toUInt16OrNull(sizes[2])`, 'code'],
  ],
  accepts: `at IS NOT NULL AND code BETWEEN 100 AND 599 AND length(p) >= 3 AND length(p) % 2 = 1
    AND match(words[1], '${METHOD_PATTERN}') AND wanted != ''`,
  reasons: [
    [`length(p) = 1`, 'no_request'],
    [`length(p) % 2 = 0`, 'unbalanced_quotes'],
    [`at IS NULL`, 'bad_time'],
    [`p[2] IN ('', '-')`, 'empty_request'],
    [`NOT match(words[1], '${METHOD_PATTERN}') OR wanted = ''`, 'malformed_request'],
    [`match(sizes[2], '^[0-9]+$')`, 'bad_status'],
    [`code IS NULL`, 'no_status'],
  ],
  columns: {
    startedAt: `toDateTime64(assumeNotNull(at), 3, 'UTC')`,
    method: `words[1]`,
    target: unescapedTarget('wanted'),
    status: `assumeNotNull(code)`,
    host: `if(lead = 2 AND match(names[1], '${HOST_NAME}'), names[1], '')`,
    // Apache writes `-` for an answer without a body.
    responseBytes: `if(sizes[3] = '-', 0, toUInt64OrNull(trim(TRAILING '\\r' FROM sizes[3])))`,
    // The format that nginx ships as `main` puts X-Forwarded-For in quotes after the user agent.
    clientAddress: `multiIf(peer IN ('-', 'unix:'), '', p[7] = ' ' AND ${isAddressList('p[8]')},
      ${nearestPublicAddress('peer', 'p[8]')}, peer)`,
    // The user name may hold spaces: everything after the ident field.
    consumer: `if(names[lead + 2] = '-', '', arrayStringConcat(arraySlice(names, lead + 2), ' '))`,
  },
};
