import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { nearestPublicAddress } from '../../expressions/forwarded-client.ts';
import {
  type FieldNames,
  hasName,
  instant,
  jsonFieldSteps,
  milliseconds,
} from '../../expressions/json-fields.ts';
import { METHOD_PATTERN } from '../../expressions/request-line.ts';

/** Dimensions of analytics, then the names of the common logging templates, then flow variables. */
const FIELDS: FieldNames = {
  v_method: ['request_verb', 'requestVerb', 'verb', 'request.verb', 'method'],
  v_uri: ['request_uri', 'requestUri', 'request.uri', 'message.uri'],
  v_url: ['requestUrl', 'request.url', 'url'],
  v_path: ['request_path', 'requestPath', 'request.path', 'message.path', 'path'],
  v_base: ['proxy_basepath', 'proxyBasePath', 'proxy.basepath'],
  v_suffix: ['proxy_pathsuffix', 'proxyPathSuffix', 'proxy.pathsuffix'],
  v_query: ['request.querystring', 'requestQueryString', 'querystring'],
  v_status: [
    ...['response_status_code', 'proxyResponseCode', 'response.status.code', 'responseStatusCode'],
    ...['message.status.code', 'statusCode', 'status'],
  ],
  v_time: [
    ...['client_received_start_timestamp', 'proxyRequestReceived', 'clientReceivedStartTimestamp'],
    ...['client.received.start.timestamp', 'client_received_end_timestamp', 'client.received.end.timestamp'],
    ...['system.timestamp', 'timestamp'],
  ],
  v_end: [
    ...[
      'client_sent_end_timestamp',
      'proxyResponseSent',
      'clientSentEndTimestamp',
      'client.sent.end.timestamp',
    ],
    ...['client_sent_start_timestamp', 'client.sent.start.timestamp'],
  ],
  v_latency: ['total_response_time', 'totalResponseTime'],
  v_request_size: ['request_size', 'requestSize'],
  v_response_size: ['response_size', 'responseSize'],
  v_host: ['x_forwarded_host', 'request.header.host', 'requestHost', 'host'],
  v_scheme: [
    'client.scheme',
    'clientScheme',
    'x_forwarded_proto',
    'request.header.x-forwarded-proto',
    'scheme',
  ],
  v_proxy: ['apiproxy', 'apiProxy', 'apiproxy.name'],
  v_who: [
    ...['developer_app', 'developerApp', 'developer.app.name', 'client_id', 'clientId'],
    ...['developer_email', 'developerEmail', 'developer.email'],
  ],
  v_peer: ['client_ip', 'clientIp', 'client.ip', 'proxy.client.ip', 'ax_resolved_client_ip'],
  v_forwarded: ['x_forwarded_for_ip', 'x_forwarded_for', 'request.header.x-forwarded-for'],
  v_policy: ['ax_execution_fault_policy_name'],
  v_policy_error: ['policy_error'],
  v_fault: ['faultName', 'fault.name'],
  v_fault_code: ['ax_edge_execution_fault_code', 'ax_execution_fault_code', 'fault_code'],
  v_target_error: ['target_error'],
  v_target_status: ['target_response_code', 'targetResponseCode', 'target.response.status.code'],
  v_target_sent: [
    ...['target_sent_start_timestamp', 'targetRequestSent', 'target.sent.start.timestamp'],
    ...['target_sent_end_timestamp', 'target.sent.end.timestamp'],
  ],
};

/** Names that no other log has; of each record there are two. */
const OWN = [
  ...[
    'request_verb',
    'response_status_code',
    'client_received_start_timestamp',
    'apiproxy',
    'apiproxy_revision',
  ],
  ...['proxy_basepath', 'proxy_pathsuffix', 'developer_app', 'target_response_code', 'gateway_flow_id'],
  ...[
    'ax_resolved_client_ip',
    'ax_execution_fault_policy_name',
    'apiProxy',
    'apiProxyRevision',
    'developerApp',
  ],
  ...[
    'proxyRequestReceived',
    'proxyResponseSent',
    'proxyResponseCode',
    'targetRequestSent',
    'targetResponseCode',
  ],
  ...[
    'faultName',
    'apiproxy.name',
    'apiproxy.revision',
    'request.verb',
    'proxy.basepath',
    'proxy.pathsuffix',
  ],
  ...['client.received.start.timestamp', 'developer.app.name'],
];
const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

const CONTENT = ['request.content', 'response.content', 'requestcontent', 'responsecontent'];
/** Whether a flag of analytics is set; a metric counts to 1 for one call. */
const isSet = (flag: string) => `lower(${flag}) IN ('1', '1.0', 'true')`;
/** The fault that answers of the target raise when they are errors. */
const TARGET_FAULT = `endsWith(concat(v_fault, v_fault_code), 'ErrorResponseCode')`;

/** Apigee has no access log of its own: its analytics, and what MessageLogging policies write. */
export const format: TrafficFormat = {
  id: 'apigee',
  title: 'Apigee analytics and message logging',
  reference: 'https://cloud.google.com/apigee/docs/api-platform/analytics/analytics-reference',
  headers: { request: 'none', response: 'none' },
  states: {
    signs:
      'two of the names of analytics records or of the common message template, such as request_verb, apiproxy, proxyResponseCode',
    layouts:
      'analytics records and exports (JSON, CSV), JSON templates of MessageLogging; X, hybrid, Edge, Microgateway',
    times: 'milliseconds since 1970, RFC 3339, `2026-01-05 10:00:00 UTC`; milliseconds',
    sizes: 'bodies',
    consumer: 'developer app, else client id, else developer',
    answeredBy: 'the policy or fault that ended the call, the status of the target',
    transport: 'the URL, X-Forwarded-Proto, `client.scheme`',
  },
  claims: `length(arrayIntersect(keys, [${list(OWN)}])) >= 2`,
  parse: [
    ...jsonFieldSteps(FIELDS),
    [instant('v_time'), 'at'],
    [instant('v_end'), 'ended'],
    [
      `multiIf(v_uri != '', v_uri, v_url != '', v_url, v_path != '', v_path, concat(v_base, v_suffix))`,
      'asked',
    ],
    [
      `if(asked = '' OR v_query = '' OR position(asked, '?') > 0, asked, concat(asked, '?', v_query))`,
      'target',
    ],
    [`toUInt16OrNull(replaceOne(v_status, '.0', ''))`, 'code'],
    [`toUInt16OrNull(replaceOne(v_target_status, '.0', ''))`, 'target_code'],
    // A template may take the status of the message for that of the target, which was never asked.
    [
      `target_code = code AND (v_target_sent != '' OR NOT ${hasName('target_sent_start_timestamp', 'targetrequestsent', 'target.sent.start.timestamp')})`,
      'by_target',
    ],
  ],
  accepts: `at IS NOT NULL AND code BETWEEN 100 AND 599 AND match(v_method, '${METHOD_PATTERN}') AND target != ''
    AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`v_time = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`v_method = '' OR target = ''`, 'no_request'],
    [`NOT match(v_method, '${METHOD_PATTERN}')`, 'malformed_request'],
    [`v_status = ''`, 'no_status'],
    [`code = 0`, 'no_response'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: 'assumeNotNull(at)',
    method: 'v_method',
    target: 'target',
    status: 'assumeNotNull(code)',
    host: `if(v_host = '', domainRFC(v_url), v_host)`,
    scheme: `multiIf(startsWith(lower(v_url), 'https:') OR startsWith(lower(v_scheme), 'https'), 'https',
      startsWith(lower(v_url), 'http:') OR startsWith(lower(v_scheme), 'http'), 'http', '')`,
    latencyMs: `coalesce(${milliseconds('v_latency', 1)}, if(ended >= at, toFloat64(dateDiff('millisecond', at, ended)), NULL))`,
    requestBytes: `toUInt64OrNull(v_request_size)`,
    responseBytes: `toUInt64OrNull(v_response_size)`,
    service: 'v_proxy',
    consumer: 'v_who',
    clientAddress: nearestPublicAddress('v_peer', 'v_forwarded'),
    answeredBy: `multiIf(ifNull(by_target, 0) AND NOT ${isSet('v_policy_error')}, 'upstream',
      ${TARGET_FAULT} OR ${isSet('v_target_error')} OR code IN (502, 503, 504), '',
      v_policy != '' OR ${isSet('v_policy_error')} OR v_fault != '' OR v_fault_code != '', 'gateway', '')`,
    schemaValidated: `if(startsWith(v_fault_code, 'steps.oasvalidation'), true, CAST(NULL, 'Nullable(Bool)'))`,
    bodies: `arrayStringConcat(mapValues(mapFilter((name, text) -> lower(name) IN (${list(CONTENT)}), own)), ' ')`,
  },
};
