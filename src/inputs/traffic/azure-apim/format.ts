import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { azureText, badProperties, isAzureCategory } from '../../expressions/azure-record.ts';
import { nearestPublicAddress } from '../../expressions/forwarded-client.ts';
import { isoInstant } from '../../expressions/iso-instant.ts';

// `properties` are those of the resource log, the names in Pascal case those of the Log Analytics table.
const RECORD = `Tuple(
  category Nullable(String), time Nullable(String), durationMs Nullable(Float64), callerIpAddress Nullable(String),
  properties Tuple(method Nullable(String), url Nullable(String), responseCode Nullable(UInt16),
    backendResponseCode Nullable(UInt16), totalTime Nullable(Float64), requestSize Nullable(UInt64),
    responseSize Nullable(UInt64), apiId Nullable(String), apimSubscriptionId Nullable(String),
    userId Nullable(String), callerIpAddress Nullable(String), clientTlsVersion Nullable(String),
    lastError Tuple(source Nullable(String), section Nullable(String), reason Nullable(String)),
    lastErrorSource Nullable(String), lastErrorSection Nullable(String), lastErrorReason Nullable(String),
    errors Array(Tuple(source Nullable(String))), requestHeaders Nullable(String),
    responseHeaders Nullable(String), requestBody Nullable(String), responseBody Nullable(String)),
  TimeGenerated Nullable(String), Method Nullable(String), Url Nullable(String), ResponseCode Nullable(UInt16),
  BackendResponseCode Nullable(UInt16), TotalTime Nullable(Float64), RequestSize Nullable(UInt64),
  ResponseSize Nullable(UInt64), ApiId Nullable(String), ApimSubscriptionId Nullable(String),
  UserId Nullable(String), CallerIpAddress Nullable(String), ClientTlsVersion Nullable(String),
  LastErrorSource Nullable(String), LastErrorSection Nullable(String), LastErrorReason Nullable(String),
  Errors Nullable(String), RequestHeaders Nullable(String), ResponseHeaders Nullable(String),
  RequestBody Nullable(String), ResponseBody Nullable(String))`;

const GATEWAY_LOGS = 'GatewayLogs';
const OTHER_CATEGORIES = [
  'WebSocketConnectionLogs',
  'DeveloperPortalAuditLogs',
  'GatewayLlmLogs',
  'GatewayMCPLogs',
];
/** Columns of the table that no other service's table has together. */
const TABLE_KEYS = ['CallerIpAddress', 'ResponseCode', 'TotalTime', 'IsRequestSuccess', 'ApiRevision', 'Url'];

/** Policies that hold a message against the API's description; validate-jwt does not. */
const SCHEMA_POLICIES = `'^validate-(content|parameters|headers|status-code|graphql-request|odata-request)$'`;
/** Reasons given only where the caller sent a token or a key. */
const CREDENTIAL_REJECTED = `'^(Token(Audience|Signature|Claim|Issuer|Expired)|JwtInvalid|SubscriptionKeyInvalid)'`;

function fromRecord(property: string, column: string, absent: string): string {
  return `coalesce(p.${property}, r.${column}, ${absent})`;
}

function headers(text: string): string {
  return `if(startsWith(${text}, '{'), JSONExtract(${text}, 'Map(String, String)'), CAST(map(), 'Map(String, String)'))`;
}

/** Azure API Management's gateway logs: resource log records, and rows of the Log Analytics table. */
export const format: TrafficFormat = {
  id: 'azure-apim',
  title: 'Azure API Management gateway logs',
  reference: 'https://learn.microsoft.com/azure/api-management/gateway-log-schema-reference',
  headers: { request: 'some', response: 'some' },
  states: {
    signs: 'the category GatewayLogs, or three column names of the table ApiManagementGatewayLogs',
    layouts: 'resource log records (Event Hubs, storage); table ApiManagementGatewayLogs as JSON',
    times: 'start of the request, ISO 8601; milliseconds',
    sizes: 'whole messages',
    consumer: 'the subscription, else the user',
    answeredBy: 'the last error, and the status of the backend',
    transport: 'the URL; the TLS version of the client',
  },
  claims: `${isAzureCategory([GATEWAY_LOGS, ...OTHER_CATEGORIES])}
    OR length(arrayIntersect(keys, ['${TABLE_KEYS.join("', '")}'])) >= 3`,
  parse: [
    azureText,
    [`JSONExtract(text, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`tupleElement(r, 'properties')`, 'p'],
    [fromRecord('method', 'Method', `''`), 'verb'],
    [fromRecord('url', 'Url', `''`), 'asked'],
    [`coalesce(p.responseCode, r.ResponseCode)`, 'code'],
    [`nullIf(coalesce(p.backendResponseCode, r.BackendResponseCode), 0)`, 'backend_code'],
    [`coalesce(r.durationMs, p.totalTime, r.TotalTime)`, 'elapsed'],
    [`coalesce(r.time, r.TimeGenerated, '')`, 'stamp'],
    [isoInstant('stamp'), 'at'],
    [`coalesce(p.lastError.source, p.lastErrorSource, r.LastErrorSource, '')`, 'fault_source'],
    [`coalesce(p.lastError.reason, p.lastErrorReason, r.LastErrorReason, '')`, 'fault_reason'],
    [`coalesce(p.lastError.section, p.lastErrorSection, r.LastErrorSection, '')`, 'fault_section'],
    [
      `if(r.Errors IS NULL OR r.Errors = '', p.errors,
        JSONExtract(assumeNotNull(r.Errors), 'Array(Tuple(source Nullable(String)))'))`,
      'faults',
    ],
    [headers(fromRecord('requestHeaders', 'RequestHeaders', `''`)), 'sent'],
    [headers(fromRecord('responseHeaders', 'ResponseHeaders', `''`)), 'answered'],
    [`coalesce(r.callerIpAddress, p.callerIpAddress, r.CallerIpAddress, '')`, 'peer'],
  ],
  accepts: `at IS NOT NULL AND verb != '' AND asked != '' AND code BETWEEN 100 AND 599 AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`r.category IS NOT NULL AND lower(r.category) != lower('${GATEWAY_LOGS}')`, 'other_category'],
    badProperties,
    [`stamp = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`verb = '' OR asked = ''`, 'no_request'],
    [`code = 0`, 'no_response'],
    [
      `JSONType(text, 'properties', 'responseCode') = 'Null' AND JSONType(text, 'ResponseCode') = 'Null'`,
      'no_status',
    ],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(at)`,
    method: `verb`,
    target: `asked`,
    status: `assumeNotNull(code)`,
    host: `extract(asked, '^[A-Za-z]+://(?:[^/?#@]*@)?([^/?#]*)')`,
    scheme: `multiIf(startsWith(asked, 'https:') OR match(coalesce(p.clientTlsVersion, r.ClientTlsVersion, ''), '[0-9]'),
      'https', startsWith(asked, 'http:'), 'http', '')`,
    latencyMs: `if(elapsed >= 0, elapsed, NULL)`,
    requestBytes: `coalesce(p.requestSize, r.RequestSize)`,
    responseBytes: `coalesce(p.responseSize, r.ResponseSize)`,
    service: fromRecord('apiId', 'ApiId', `''`),
    consumer: `coalesce(nullIf(p.apimSubscriptionId, ''), nullIf(r.ApimSubscriptionId, ''), p.userId, r.UserId, '')`,
    clientAddress: nearestPublicAddress('peer', `sent['X-Forwarded-For']`),
    credentialSeen: `match(fault_reason, ${CREDENTIAL_REJECTED}) OR match(asked, '[?&]subscription-key=[^&]')
      OR arrayExists(k -> lower(k) = 'ocp-apim-subscription-key', mapKeys(sent))`,
    requestHeaders: `sent`,
    responseHeaders: `answered`,
    // The diagnostic setting names the headers to log.
    requestHeaderVisibility: `if(empty(sent), 'none', 'some')`,
    responseHeaderVisibility: `if(empty(answered), 'none', 'some')`,
    // An error after the backend answered may still have sent on what it answered.
    answeredBy: `multiIf(concat(fault_source, fault_reason) = '', if(ifNull(backend_code = code, 0), 'upstream', ''),
      fault_reason = 'ClientConnectionFailure', '',
      fault_section = 'inbound' OR backend_code IS NULL OR ifNull(backend_code != code, 0), 'gateway', '')`,
    schemaValidated: `if(match(fault_source, ${SCHEMA_POLICIES})
      OR arrayExists(f -> match(ifNull(f.1, ''), ${SCHEMA_POLICIES}), faults), true, NULL)`,
    bodies: `if(coalesce(p.requestBody, p.responseBody, r.RequestBody, r.ResponseBody) IS NULL, '',
      concat(${fromRecord('requestBody', 'RequestBody', `''`)}, ' ', ${fromRecord('responseBody', 'ResponseBody', `''`)}))`,
  },
};
