import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { hideEscapedQuotes, METHOD_PATTERN, unescapedTarget } from '../../expressions/request-line.ts';

const TIME = '[0-9]{1,2}/[^/ ]{1,9}/[0-9]{4}:[0-9:]* [^\\\\] ]*';
const HTTP_START = `^\\\\[${TIME}\\\\] [^"]* - [^ "]+ [^ "]+ [^ "]+ "`;
const STREAM_START = `^\\\\[${TIME}\\\\] \\\\[Client [^\\\\]]*\\\\] `;
/** After the target; callers cannot write a quote or come before it. */
const DETAILS =
  '^ \\\\[Client ([^\\\\]]*)\\\\] (?:\\\\[[A-Z][A-Za-z-]* [^\\\\]]*\\\\] )*?\\\\[Length ([^\\\\]]*)\\\\] \\\\[Gzip [^\\\\]]*\\\\](?: \\\\[Sent-to ([^\\\\]]*)\\\\])? $';

/** The layouts `proxy` and `standard` that Nginx Proxy Manager sets for its hosts. */
export const format: TrafficFormat = {
  id: 'nginx-proxy-manager',
  title: 'Nginx Proxy Manager',
  reference:
    'https://github.com/NginxProxyManager/nginx-proxy-manager/blob/develop/docker/rootfs/etc/nginx/conf.d/include/log-proxy.conf',
  headers: { request: 'none', response: 'none' },
  states: {
    signs: 'the time in brackets, statuses, method, scheme, host, then [Client …]',
    layouts: 'proxy hosts; redirection, 404 and default hosts',
    times: 'day/month/year with zone at the end of the request; no duration',
    sizes: 'body of the response',
    consumer: 'not told',
    answeredBy: 'the status of the upstream, of proxy hosts',
    transport: 'the scheme of the connection',
  },
  claims: `match(line, '${HTTP_START}') OR match(line, '${STREAM_START}')`,
  parse: [
    [`splitByChar('"', ${hideEscapedQuotes('line')})`, 'p'],
    [`position(p[1], ']')`, 'time_end'],
    [`substring(p[1], 2, time_end - 2)`, 'stamp'],
    [`parseDateTimeOrNull(toLowCardinality(stamp), '%d/%b/%Y:%H:%i:%s %z', 'UTC')`, 'at'],
    // `HIT 502, 200 200 - GET https host `: how the cache and the upstreams answered is only there on proxy hosts.
    [`splitByChar(' ', substring(p[1], time_end + 2))`, 'w'],
    [`toUInt16OrNull(w[-6])`, 'code'],
    [`w[-4]`, 'verb'],
    [`extractGroups(p[3], '${DETAILS}')`, 'g'],
  ],
  accepts: `at IS NOT NULL AND code BETWEEN 100 AND 599 AND w[-5] = '-' AND notEmpty(g) AND length(p) >= 5
    AND match(verb, '${METHOD_PATTERN}') AND p[2] != ''`,
  reasons: [
    [`match(line, '${STREAM_START}')`, 'stream_record'],
    [`length(p) = 2 OR length(p) = 4`, 'unbalanced_quotes'],
    [`w[-5] != '-' OR empty(g) OR length(p) < 5`, 'not_in_layout'],
    [`at IS NULL`, 'bad_time'],
    [`code = 0`, 'no_response'],
    [`p[2] = '' OR verb IN ('', '-')`, 'empty_request'],
    [`NOT match(verb, '${METHOD_PATTERN}')`, 'malformed_request'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `toDateTime64(assumeNotNull(at), 3, 'UTC')`,
    method: `verb`,
    target: unescapedTarget('p[2]'),
    status: `assumeNotNull(code)`,
    host: `if(w[-2] = '-', '', w[-2])`,
    scheme: `if(w[-3] IN ('https', 'http'), w[-3], '')`,
    responseBytes: `toUInt64OrNull(g[2])`,
    clientAddress: `if(g[1] IN ('-', 'unix:'), '', g[1])`,
    // Two more words: a cache that hit, missed or was not asked, and what the upstreams answered.
    answeredBy: `multiIf(length(w) < 8, '', w[1] = 'HIT', '', w[-7] = '-', if(code IN (400, 408, 499), '', 'gateway'),
      toUInt16OrNull(w[-7]) = code, 'upstream', '')`,
  },
};
