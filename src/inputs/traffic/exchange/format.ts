import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { examples } from './examples.ts';

const RECORD = `Tuple(
  startedAt Nullable(String), method Nullable(String), target Nullable(String), status Nullable(UInt16),
  host Nullable(String), scheme Nullable(String), latencyMs Nullable(Float64),
  requestBytes Nullable(UInt64), responseBytes Nullable(UInt64), service Nullable(String), consumer Nullable(String),
  clientAddress Nullable(String), clientCertificate Nullable(Bool),
  requestHeaders Map(String, String), requestHeaderVisibility Nullable(String),
  responseHeaders Map(String, String), responseHeaderVisibility Nullable(String),
  answeredBy Nullable(String), schemaValidated Nullable(Bool),
  requestBody Nullable(String), responseBody Nullable(String), vantage Nullable(String))`;

/** Stance's own format: what adapters of other systems write when no unit exists for theirs. */
export const format: TrafficFormat = {
  id: 'exchange',
  title: 'Canonical exchange (NDJSON)',
  reference: 'docs/reference/schemas/exchange.schema.json',
  headers: { request: 'full', response: 'full' },
  claims: `startsWith(line, '{') AND position(line, '"startedAt"') > 0 AND position(line, '"target"') > 0`,
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [
      `if(match(ifNull(r.startedAt, ''), '^[0-9]{1,14}(\\\\.[0-9]+)?$'),
        fromUnixTimestamp64Milli(toInt64OrNull(splitByChar('.', assumeNotNull(r.startedAt))[1]), 'UTC'),
        if(match(ifNull(r.startedAt, ''), '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]+([Zz]|[+-][0-9]{2}:?[0-9]{2})$'),
          parseDateTime64BestEffortOrNull(assumeNotNull(r.startedAt), 3, 'UTC'), NULL))`,
      'at',
    ],
  ],
  accepts: `at IS NOT NULL AND r.method != '' AND r.target != '' AND r.status BETWEEN 100 AND 599 AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`r.startedAt IS NULL`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`r.method IS NULL OR r.method = '' OR r.target IS NULL OR r.target = ''`, 'no_request'],
    [`r.status IS NULL OR r.status NOT BETWEEN 100 AND 599`, 'no_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `assumeNotNull(r.method)`,
    target: `assumeNotNull(r.target)`,
    status: `assumeNotNull(r.status)`,
    host: `ifNull(r.host, '')`,
    scheme: `lower(ifNull(r.scheme, ''))`,
    latencyMs: `r.latencyMs`,
    requestBytes: `r.requestBytes`,
    responseBytes: `r.responseBytes`,
    service: `ifNull(r.service, '')`,
    consumer: `ifNull(r.consumer, '')`,
    clientAddress: `ifNull(r.clientAddress, '')`,
    credentialSeen: `ifNull(r.clientCertificate, false)`,
    requestHeaders: `r.requestHeaders`,
    responseHeaders: `r.responseHeaders`,
    requestHeaderVisibility: `ifNull(r.requestHeaderVisibility, if(empty(r.requestHeaders), 'none', 'full'))`,
    responseHeaderVisibility: `ifNull(r.responseHeaderVisibility, if(empty(r.responseHeaders), 'none', 'full'))`,
    answeredBy: `ifNull(r.answeredBy, '')`,
    schemaValidated: `r.schemaValidated`,
    bodies: `concat(ifNull(r.requestBody, ''), ' ', ifNull(r.responseBody, ''))`,
    vantage: `ifNull(r.vantage, '')`,
  },
  examples,
};
