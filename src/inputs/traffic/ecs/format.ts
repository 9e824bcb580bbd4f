import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { rfc3339Time } from '../../expressions/rfc3339-time.ts';

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
  destinationName: 'destination.domain',
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

const PATHS = Object.values(FIELDS);
const HEADS = [...new Set(PATHS.map((path) => path.split('.')[0]))];
const LITERAL_PATHS = literals(PATHS);

function literals(texts: readonly (string | undefined)[]): string {
  return `[${texts.map((text) => `'${text}'`).join(', ')}]`;
}

/** `Tuple(http Tuple(request Tuple(method String)))`: each path as objects in one another. */
function nestedTuple(paths: readonly string[]): string {
  const inner = new Map<string, string[]>();
  for (const path of paths) {
    const [head = '', ...rest] = path.split('.');
    inner.set(head, [...(inner.get(head) ?? []), ...(rest.length === 0 ? [] : [rest.join('.')])]);
  }
  const elements = [...inner].map(
    ([head, rest]) => `\`${head}\` ${rest.length === 0 ? 'String' : nestedTuple(rest)}`,
  );
  return `Tuple(${elements.join(', ')})`;
}

/** Each field in objects and, beside them, under its dotted name. */
const RECORD = `${nestedTuple(PATHS).slice(0, -1)}, ${PATHS.filter((path) => path.includes('.'))
  .map((path) => `\`${path}\` String`)
  .join(', ')})`;
/** The objects on the way to the fields. */
const NODES = [...new Set(PATHS.flatMap(ancestors))];
const INNER_NODES = NODES.filter((path) => path.includes('.')).map((path) => path.replaceAll('.', '[.]'));
const NAMES = [...new Set(PATHS.flatMap((path) => path.split('.')))];
/** Whether there may be objects under dotted names, dotted names within objects, or lists; it may be wrong if not. */
const IS_MIXED = `match(line, '"(${INNER_NODES.join('|')})" *:|"(request|response|body|duration|client)[.]|[".](${NAMES.join('|')})" *: *\\\\[')`;

function ancestors(path: string): readonly string[] {
  const names = path.split('.');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('.'));
}

/** Names and values in which each object is replaced by what is in it; text that a field holds stays text. */
function openedOnce(entries: string): string {
  return `arrayFlatten(arrayMap(x -> if(startsWith(x.2, '{') AND NOT has(${LITERAL_PATHS}, x.1),
    arrayMap(y -> (concat(x.1, '.', y.1), y.2), JSONExtractKeysAndValues(x.2, 'String')), [x]), ${entries}))`;
}

function nodeName(path: string): string {
  return path === '' ? 'n' : `n_${path.replaceAll('.', '_')}`;
}

/** A step for each object: what is read from small tuples is analysed sooner. */
function elementIn(path: string): string {
  const at = path.lastIndexOf('.');
  return `tupleElement(${nodeName(path.slice(0, Math.max(at, 0)))}, '${path.slice(at + 1)}')`;
}

/** A field is there in one spelling, and the empty text is the least: 31 `if` took 70 ms more to analyse. */
function either(path: string): string {
  return path.includes('.') ? `greatest(${elementIn(path)}, tupleElement(n, '${path}'))` : elementIn(path);
}

/** Searches give the values of a field as a list. */
const FIRST_OF_LIST = `multiIf(NOT startsWith(v, '['), v, startsWith(v, '["'), JSONExtract(v, 1, 'String'),
  match(v, '^\\\\[[0-9]+\\\\]$'), substring(v, 2, length(v) - 2), v)`;

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
  // An accepted line has a method, which stands in `http` or under a name that begins with `http.request`.
  own: `timestamp != ''`,
  parse: [
    // Names may be nested, dotted, or dotted within objects. One tuple has the first two; opening objects one after the
    // other gives the same for all, as dotted names, and takes three times as long: it is for the lines that need it.
    [IS_MIXED, 'is_mixed'],
    [`if(is_mixed, line, '')`, 'mixed'],
    [
      `arrayFilter(x -> has(${literals(HEADS)}, splitByChar('.', x.1)[1]), JSONExtractKeysAndValues(mixed, 'String'))`,
      'opened1',
    ],
    [openedOnce('opened1'), 'opened2'],
    [openedOnce('opened2'), 'opened3'],
    [openedOnce('opened3'), 'opened4'],
    [
      `mapApply((k, v) -> (k, ${FIRST_OF_LIST}),
        CAST(arrayFilter(x -> has(${LITERAL_PATHS}, x.1), opened4), 'Map(String, String)'))`,
      'm',
    ],
    [`JSONExtract(if(is_mixed, toJSONString(m), line), '${RECORD}')`, 'n'],
    ...NODES.map((path) => [elementIn(path), nodeName(path)] as const),
    ...Object.entries(FIELDS).map(([name, path]) => [either(path), name] as const),
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
    host: `multiIf(domainName = '', destinationName, port IN ('', '80', '443'), domainName, concat(domainName, ':', port))`,
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
};
