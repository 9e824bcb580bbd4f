import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { isoInstant } from '../../expressions/iso-instant.ts';

const RECORD = `Tuple(
  timestamp Nullable(String),
  httpRequest Tuple(requestMethod Nullable(String), requestUrl Nullable(String), requestSize Nullable(UInt64),
    status Nullable(UInt16), responseSize Nullable(UInt64), remoteIp Nullable(String), latency Nullable(String)),
  jsonPayload Tuple(statusDetails Nullable(String), tls Tuple(protocol Nullable(String)),
    mtls Tuple(clientCertChainVerified Nullable(Bool)), enforcedSecurityPolicy Tuple(outcome Nullable(String))),
  resource Tuple(labels Tuple(backend_service_name Nullable(String), backend_target_name Nullable(String),
    service_name Nullable(String))))`;

/** What statusDetails says where the load balancer, its firewall or its identity check made the answer. */
const OWN_ANSWERS =
  '^((body_)?(denied|throttled|redirected|rejected)_by_|handled_by_identity_aware_proxy$|failed_to_|backend_timeout$|backend_connection_closed_before|http_version_not_supported|headers_too_long|invalid_|malformed_|missing_host|request_loop|uri_too_long)';

/** Cloud Logging's entries for HTTP requests, as the load balancers of Google Cloud write them. */
export const format: TrafficFormat = {
  id: 'gcp-http-lb',
  title: 'Google Cloud load balancer request logs (LogEntry)',
  reference: 'https://cloud.google.com/load-balancing/docs/https/https-logging-monitoring',
  headers: { request: 'none', response: 'none' },
  states: {
    signs: 'two of the keys insertId, logName, receiveTimestamp, httpRequest',
    layouts: 'LogEntry with httpRequest, as sinks and gcloud write it; Cloud Run writes it too',
    times: 'start of the request, RFC 3339; seconds as text',
    sizes: 'whole messages',
    consumer: 'not told',
    answeredBy: 'statusDetails and the outcome of the security policy',
    transport: 'the TLS session, the URL',
  },
  // Keys of every LogEntry, so that entries of other kinds get a true reason.
  claims: `length(arrayIntersect(keys, ['insertId', 'logName', 'receiveTimestamp', 'httpRequest'])) >= 2`,
  parse: [
    [`JSONExtract(line, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`tupleElement(r, 'httpRequest')`, 'q'],
    [`tupleElement(r, 'jsonPayload')`, 'details'],
    [`ifNull(r.timestamp, '')`, 'stamp'],
    [isoInstant('stamp'), 'at'],
    [`ifNull(q.requestUrl, '')`, 'asked'],
    [`toFloat64OrNull(trim(TRAILING 's' FROM ifNull(q.latency, '')))`, 'seconds'],
    [`ifNull(details.statusDetails, '')`, 'outcome'],
  ],
  accepts: `at IS NOT NULL AND q.requestMethod != '' AND asked != '' AND q.status BETWEEN 100 AND 599 AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`NOT JSONHas(line, 'httpRequest')`, 'no_http_request'],
    [`stamp = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`ifNull(q.requestMethod, '') = '' OR asked = ''`, 'no_request'],
    [`q.status = 0`, 'no_response'],
    [`JSONType(line, 'httpRequest', 'status') = 'Null'`, 'no_status'],
    [`q.status IS NULL OR q.status NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `assumeNotNull(q.requestMethod)`,
    target: `asked`,
    status: `assumeNotNull(q.status)`,
    host: `extract(asked, '^[A-Za-z]+://(?:[^/?#@]*@)?([^/?#]*)')`,
    scheme: `multiIf(ifNull(details.tls.protocol, '') != '' OR startsWith(asked, 'https:'), 'https',
      startsWith(asked, 'http:'), 'http', '')`,
    latencyMs: `if(seconds BETWEEN 0 AND 86400, seconds * 1000, NULL)`,
    requestBytes: `q.requestSize`,
    responseBytes: `q.responseSize`,
    service: `coalesce(nullIf(r.resource.labels.backend_service_name, ''),
      nullIf(r.resource.labels.backend_target_name, ''), r.resource.labels.service_name, '')`,
    clientAddress: `ifNull(q.remoteIp, '')`,
    credentialSeen: `ifNull(details.mtls.clientCertChainVerified, false)`,
    answeredBy: `multiIf(outcome = 'response_sent_by_backend', 'upstream',
      details.enforcedSecurityPolicy.outcome = 'DENY' OR match(outcome, '${OWN_ANSWERS}'), 'gateway', '')`,
  },
};
