import type { TrafficFormat } from '../../../model/traffic-format.ts';

// One JSONExtract over the whole line: a second one would parse the line again (1.2 M lines/s against 0.44 M).
const RECORD = `Tuple(
  started_at Nullable(Int64),
  client_ip Nullable(String),
  request Tuple(method Nullable(String), uri Nullable(String), url Nullable(String), size Nullable(UInt64),
    tls Tuple(version Nullable(String), client_verify Nullable(String)), headers Map(String, String)),
  response Tuple(status Nullable(UInt16), size Nullable(UInt64), headers Map(String, String)),
  latencies Tuple(request Nullable(Float64)),
  consumer Tuple(username Nullable(String), custom_id Nullable(String), id Nullable(String)),
  authenticated_entity Tuple(consumer_id Nullable(String), id Nullable(String)),
  service Tuple(name Nullable(String), id Nullable(String)),
  source Nullable(String))`;

/** Where key-auth looks for a key unless told otherwise; other header names are known to the store. */
const KEY_AUTH_DEFAULT = `(mapContains(q.headers, 'apikey') OR match(q.uri, '[?&]apikey=[^&]'))`;

/** Kong's log serializer: file-log, http-log, tcp-log, udp-log, loggly and syslog write the same record. */
export const format: TrafficFormat = {
  id: 'kong',
  title: 'Kong Gateway log serializer (JSON)',
  reference: 'https://developer.konghq.com/plugins/file-log/',
  headers: { request: 'full', response: 'full' },
  states: {
    signs: 'two of the keys started_at, latencies, client_ip',
    layouts: 'file-log, http-log, tcp-log, udp-log, loggly, syslog; Kong 0.10 and later',
    times: 'milliseconds since 1970; milliseconds',
    sizes: 'whole messages',
    consumer: 'consumer, else the authenticated entity; not the anonymous consumer of a plugin',
    answeredBy: '`source` (Kong 3.6 and later)',
    transport: 'the TLS session, X-Forwarded-Proto, the URL',
  },
  // The keys must be the record's own: callers choose the names of headers and query parameters in it.
  claims: `length(arrayIntersect(keys, ['started_at', 'latencies', 'client_ip'])) >= 2`,
  own: `r.client_ip IS NOT NULL OR r.latencies.request IS NOT NULL`,
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`tupleElement(r, 'request')`, 'q'],
    [`tupleElement(r, 'response')`, 'a'],
    [`ifNull(q.url, '')`, 'url'],
  ],
  accepts: `r.started_at >= 0 AND q.method != '' AND q.uri != '' AND a.status BETWEEN 100 AND 599 AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`JSONHas(line, 'session') AND NOT JSONHas(line, 'request')`, 'stream_record'],
    [`JSONType(line, 'started_at') = 'Null'`, 'no_time'],
    [`r.started_at IS NULL OR r.started_at < 0`, 'bad_time'],
    [`q.method IS NULL OR q.method = '' OR q.uri IS NULL OR q.uri = ''`, 'no_request'],
    [`JSONType(line, 'response', 'status') = 'Null'`, 'no_status'],
    [`a.status IS NULL OR a.status NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `fromUnixTimestamp64Milli(assumeNotNull(r.started_at), 'UTC')`,
    method: `assumeNotNull(q.method)`,
    target: `assumeNotNull(q.uri)`,
    status: `assumeNotNull(a.status)`,
    host: `if(mapContains(q.headers, 'host'), q.headers['host'], domain(url))`,
    // Behind a proxy that ends TLS, Kong sees http; what the client saw is in the header that proxy adds.
    scheme: `multiIf(q.tls.version IS NOT NULL OR startsWith(url, 'https:'), 'https',
      startsWith(lower(q.headers['x-forwarded-proto']), 'https'), 'https', startsWith(url, 'http:'), 'http', '')`,
    latencyMs: `r.latencies.request`,
    requestBytes: `q.size`,
    responseBytes: `a.size`,
    service: `coalesce(r.service.name, r.service.id, '')`,
    // A plugin's \`anonymous\` consumer stands for a caller who was let in without a credential.
    consumer: `if(q.headers['x-anonymous-consumer'] = 'true', '', coalesce(r.consumer.username, r.consumer.custom_id,
      r.consumer.id, r.authenticated_entity.consumer_id, r.authenticated_entity.id, ''))`,
    clientAddress: `ifNull(r.client_ip, '')`,
    credentialSeen: `ifNull(q.tls.client_verify = 'SUCCESS', 0) OR ifNull(${KEY_AUTH_DEFAULT}, 0)`,
    requestHeaders: `q.headers`,
    responseHeaders: `a.headers`,
    // custom_fields_by_lua can take the headers out of the record; a real exchange always has some.
    requestHeaderVisibility: `if(empty(q.headers), 'none', 'full')`,
    responseHeaderVisibility: `if(empty(a.headers), 'none', 'full')`,
    answeredBy: `multiIf(r.source = 'upstream', 'upstream', r.source = 'kong', 'gateway', '')`,
  },
};
