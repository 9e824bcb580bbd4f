import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { rfc3339Time } from '../rfc3339-time.ts';
import { examples } from './examples.ts';

const FIELDS = {
  timestamp: '@timestamp',
  began: 'event.start',
  endedAt: 'event.end',
  spent: 'event.duration',
  spentUs: 'transaction.duration.us',
  kind: 'processor.event',
  dataset: 'event.dataset',
  verb: 'http.request.method',
  answer: 'http.response.status_code',
  sentBytes: 'http.request.bytes',
  sentBody: 'http.request.body.bytes',
  sentText: 'http.request.body.content',
  gotBytes: 'http.response.bytes',
  gotBody: 'http.response.body.bytes',
  gotText: 'http.response.body.content',
  path: 'url.path',
  query: 'url.query',
  original: 'url.original',
  whole: 'url.full',
  domainName: 'url.domain',
  port: 'url.port',
  protocolName: 'url.scheme',
  clientIp: 'client.ip',
  clientName: 'client.address',
  sourceIp: 'source.ip',
  sourceName: 'source.address',
  userName: 'user.name',
  userId: 'user.id',
  tlsVersion: 'tls.version',
  tlsSubject: 'tls.client.subject',
  serviceName: 'service.name',
} as const;

/** The type of an object that may hold these fields, each as one dotted key or in objects within objects. */
function typeOf(paths: readonly string[]): string {
  const within = new Map<string, string[]>();
  for (const path of paths) {
    for (const [head, rest] of splitsOf(path)) within.set(head, [...(within.get(head) ?? []), rest]);
  }
  const leaves = paths.map((path) => `\`${path}\` Nullable(String)`);
  const objects = [...within].map(([head, rests]) => `\`${head}\` ${typeOf(rests)}`);
  return `Tuple(${[...leaves, ...objects].join(', ')})`;
}

/** `a.b.c` as `a` and `b.c`, and as `a.b` and `c`. */
function splitsOf(path: string): (readonly [head: string, rest: string])[] {
  const parts = path.split('.');
  return parts
    .slice(1)
    .map((_, index) => [parts.slice(0, index + 1).join('.'), parts.slice(index + 1).join('.')]);
}

/** The field in each way it may be written in `object`. */
function waysTo(path: string, object: string): string[] {
  const inObjects = splitsOf(path).flatMap(([head, rest]) =>
    waysTo(rest, `tupleElement(${object}, '${head}')`),
  );
  return [`tupleElement(${object}, '${path}')`, ...inObjects];
}

/** Searches give the values of a field as a list; empty where the field is absent. */
function firstOf(value: string): string {
  return `multiIf(NOT startsWith(${value}, '['), ${value}, startsWith(${value}, '["'), JSONExtract(${value}, 1, 'String'),
    match(${value}, '^\\\\[[0-9]+\\\\]$'), substring(${value}, 2, length(${value}) - 2), ${value})`;
}

const RECORD = typeOf(Object.values(FIELDS)).replaceAll("'", "\\'");
const LISTED = Object.entries(FIELDS).map(
  ([name, path]) => [`ifNull(coalesce(${waysTo(path, 'r').join(', ')}), '')`, `${name}Listed`] as const,
);
const VALUES = Object.keys(FIELDS).map((name) => [firstOf(`${name}Listed`), name] as const);

/** RFC 3339, or milliseconds since 1970. */
function timeOf(text: string): string {
  return `if(match(${text}, '^[0-9]{1,14}$'), fromUnixTimestamp64Milli(toInt64OrNull(${text}), 'UTC'), ${rfc3339Time(text)})`;
}

/** Events of the Elastic Common Schema about HTTP requests, as Filebeat, Elastic Agent and APM keep them. */
export const format: TrafficFormat = {
  id: 'ecs',
  title: 'Elastic Common Schema, HTTP events',
  reference: 'https://www.elastic.co/guide/en/ecs/current/ecs-http.html',
  headers: { request: 'none', response: 'none' },
  states: {
    signs: 'ecs.version, or @timestamp beside http.request or http.response',
    layouts: 'ECS documents with nested or dotted names, values or lists; APM transactions',
    times: '`event.start`, else the end less the duration, else `@timestamp`; nanoseconds',
    sizes: 'whole messages, else bodies',
    consumer: '`user.name`, else `user.id`',
    answeredBy: 'not told',
    transport: '`tls.version`, `url.scheme`, the URL',
  },
  // Fields of ECS stand at the top of the document, where callers name nothing.
  claims: `hasAny(keys, ['ecs', 'ecs.version']) OR (has(keys, '@timestamp')
    AND arrayExists(k -> k = 'http' OR startsWith(k, 'http.request') OR startsWith(k, 'http.response'), keys))`,
  parse: [
    [`JSONExtract(line, '${RECORD}')`, 'r'],
    ...LISTED,
    ...VALUES,
    [`toInt64OrNull(spent)`, 'ns'],
    [`coalesce(ns / 1e6, toInt64OrNull(spentUs) / 1e3)`, 'took'],
    [`multiIf(began != '', began, endedAt != '' AND ns > 0, endedAt, timestamp)`, 'stamp'],
    [timeOf('stamp'), 'told'],
    [
      `subtractMilliseconds(told, if(began = '' AND endedAt != '' AND ns > 0, intDiv(assumeNotNull(ns), 1000000), 0))`,
      'at',
    ],
    [
      `multiIf(startsWith(original, '/'), original, path != '', if(query = '', path, concat(path, '?', query)),
        original != '', original, whole)`,
      'wanted',
    ],
    [`toUInt16OrNull(answer)`, 'code'],
  ],
  accepts: `at IS NOT NULL AND verb != '' AND wanted != '' AND code BETWEEN 100 AND 599 AND kind IN ('', 'transaction')
    AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`kind = 'span'`, 'client_span'],
    [`(verb = '' AND answer = '') OR kind NOT IN ('', 'transaction')`, 'not_http'],
    [`stamp = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`verb = '' OR wanted = ''`, 'no_request'],
    [`answer = ''`, 'no_status'],
    [`answer = '0'`, 'no_response'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: 'verb',
    target: 'wanted',
    status: `assumeNotNull(code)`,
    host: `if(domainName = '' OR port IN ('', '80', '443'), domainName, concat(domainName, ':', port))`,
    scheme: `multiIf(tlsVersion != '', 'https', lower(protocolName) IN ('https', 'http'), lower(protocolName),
      match(original, '^(?i)https:'), 'https', match(original, '^(?i)http:'), 'http',
      match(whole, '^(?i)https:'), 'https', match(whole, '^(?i)http:'), 'http', '')`,
    latencyMs: `if(took >= 0, took, NULL)`,
    requestBytes: `toUInt64OrNull(if(sentBytes != '', sentBytes, sentBody))`,
    responseBytes: `toUInt64OrNull(if(gotBytes != '', gotBytes, gotBody))`,
    service: 'serviceName',
    consumer: `multiIf(userName NOT IN ('', '-'), userName, userId != '-', userId, '')`,
    clientAddress: `multiIf(clientIp != '', clientIp, sourceIp != '', sourceIp, clientName != '', clientName, sourceName)`,
    credentialSeen: `tlsSubject != ''`,
    bodies: `if(sentText = '' AND gotText = '', '', concat(sentText, ' ', gotText))`,
    // One index holds what several products saw: `nginx.access`.
    vantage: 'dataset',
  },
  examples,
};
