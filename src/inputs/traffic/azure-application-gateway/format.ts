import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { azureText, badProperties, isAzureCategory } from '../../expressions/azure-record.ts';
import { isoInstant } from '../../expressions/iso-instant.ts';

// `properties` are those of the resource log, the names in Pascal case those of the Log Analytics table.
const RECORD = `Tuple(
  category Nullable(String), time Nullable(String), timeStamp Nullable(String),
  backendPoolName Nullable(String), ruleName Nullable(String),
  properties Tuple(instanceId Nullable(String), clientIP Nullable(String), httpMethod Nullable(String),
    originalRequestUriWithArgs Nullable(String), requestUri Nullable(String), requestQuery Nullable(String),
    httpStatus Nullable(UInt16), receivedBytes Nullable(UInt64), sentBytes Nullable(UInt64),
    timeTaken Nullable(Float64), sslEnabled Nullable(String), sslProtocol Nullable(String),
    sslClientVerify Nullable(String), serverRouted Nullable(String), serverStatus Nullable(String),
    originalHost Nullable(String), host Nullable(String), error_info Nullable(String)),
  TimeGenerated Nullable(String), InstanceId Nullable(String), ClientIp Nullable(String),
  HttpMethod Nullable(String), OriginalRequestUriWithArgs Nullable(String), RequestUri Nullable(String),
  RequestQuery Nullable(String), HttpStatus Nullable(UInt16), ReceivedBytes Nullable(UInt64),
  SentBytes Nullable(UInt64), TimeTaken Nullable(Float64), SslEnabled Nullable(String),
  SslProtocol Nullable(String), SslClientVerify Nullable(String), ServerRouted Nullable(String),
  ServerStatus Nullable(String), OriginalHost Nullable(String), Host Nullable(String), ErrorInfo Nullable(String),
  BackendPoolName Nullable(String), RuleName Nullable(String))`;

const ACCESS_LOG = 'ApplicationGatewayAccessLog';
const WAF_LOG = 'ApplicationGatewayFirewallLog';
const PERFORMANCE_LOG = 'ApplicationGatewayPerformanceLog';
/** Columns of AGWAccessLogs that no other service's table has together. */
const TABLE_KEYS = [
  'HttpStatus',
  'OriginalRequestUriWithArgs',
  'OriginalHost',
  'ServerRouted',
  'SslClientVerify',
];
/** Checks of the platform itself, which the vendor says to ignore. */
const PLATFORM_CLIENT = '127.0.0.1';

function fromRecord(property: string, column: string): string {
  return `coalesce(p.${property}, r.${column}, '')`;
}

/** Application Gateway's access log, of both generations. */
export const format: TrafficFormat = {
  id: 'azure-application-gateway',
  title: 'Azure Application Gateway access logs',
  reference:
    'https://learn.microsoft.com/azure/application-gateway/application-gateway-diagnostics#access-log',
  headers: { request: 'none', response: 'none' },
  states: {
    signs: 'the categories of Application Gateway, or three column names of its table',
    layouts: 'resource log records of v1 and v2; table AGWAccessLogs as JSON',
    times: 'end of the answer, ISO 8601; v1 milliseconds, v2 seconds, taken off for the start',
    sizes: 'whole messages',
    consumer: 'not told',
    answeredBy: 'the error, the server and its status',
    transport: 'the TLS protocol of the client',
  },
  claims: `${isAzureCategory([ACCESS_LOG, WAF_LOG, PERFORMANCE_LOG])}
    OR length(arrayIntersect(keys, ['${TABLE_KEYS.join("', '")}'])) >= 3`,
  parse: [
    azureText,
    [`JSONExtract(text, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`tupleElement(r, 'properties')`, 'p'],
    [`coalesce(r.timeStamp, r.time, r.TimeGenerated, '')`, 'stamp'],
    [isoInstant('stamp'), 'ended'],
    // Only the name of the instance tells the generation, and with it the unit.
    [fromRecord('instanceId', 'InstanceId'), 'instance'],
    [
      `multiIf(startsWith(instance, 'ApplicationGatewayRole_'), 1, startsWith(instance, 'appgw_'), 1000, NULL)
        * coalesce(p.timeTaken, r.TimeTaken)`,
      'elapsed',
    ],
    [`if(elapsed BETWEEN 0 AND 86400000, toNullable(toFloat64(elapsed)), NULL)`, 'milliseconds'],
    [fromRecord('httpMethod', 'HttpMethod'), 'verb'],
    [fromRecord('originalRequestUriWithArgs', 'OriginalRequestUriWithArgs'), 'original'],
    [fromRecord('requestUri', 'RequestUri'), 'uri_path'],
    [fromRecord('requestQuery', 'RequestQuery'), 'noted_query'],
    // v1 adds what it knows of the server to the query.
    [`replaceRegexpOne(noted_query, '&?X-AzureApplicationGateway-.*$', '')`, 'uri_query'],
    [
      `multiIf(original NOT IN ('', '-'), original, uri_query IN ('', '-') OR position(uri_path, '?') > 0, uri_path,
        concat(uri_path, '?', uri_query))`,
      'asked',
    ],
    [`coalesce(p.httpStatus, r.HttpStatus)`, 'code'],
    [
      `toUInt16OrNull(coalesce(p.serverStatus, r.ServerStatus, extract(noted_query, 'SERVER-STATUS=([0-9]+)')))`,
      'server_code',
    ],
    [`coalesce(p.serverRouted, r.ServerRouted)`, 'server'],
    [fromRecord('error_info', 'ErrorInfo'), 'fault'],
    [fromRecord('clientIP', 'ClientIp'), 'client'],
    [`coalesce(p.sslProtocol, r.SslProtocol)`, 'tls'],
    [fromRecord('sslClientVerify', 'SslClientVerify'), 'certificate'],
  ],
  accepts: `ended IS NOT NULL AND verb != '' AND asked != '' AND code BETWEEN 100 AND 599
    AND client != '${PLATFORM_CLIENT}' AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`lower(r.category) = lower('${WAF_LOG}')`, 'waf_record'],
    [`lower(r.category) = lower('${PERFORMANCE_LOG}')`, 'performance_record'],
    badProperties,
    [`client = '${PLATFORM_CLIENT}'`, 'platform_check'],
    [`stamp = ''`, 'no_time'],
    [`ended IS NULL`, 'bad_time'],
    [`verb = '' OR asked = ''`, 'no_request'],
    [`code = 0`, 'no_response'],
    [
      `JSONType(text, 'properties', 'httpStatus') = 'Null' AND JSONType(text, 'HttpStatus') = 'Null'`,
      'no_status',
    ],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(ended) - toIntervalMillisecond(toInt64(round(ifNull(milliseconds, 0))))`,
    method: `verb`,
    target: `asked`,
    status: `assumeNotNull(code)`,
    host: `coalesce(nullIf(p.originalHost, ''), nullIf(r.OriginalHost, ''), p.host, r.Host, '')`,
    scheme: `multiIf(match(ifNull(tls, ''), '^(TLS|SSL)') OR certificate = 'SUCCESS', 'https',
      fault = 'ERRORINFO_HTTP_TO_HTTPS_PORT' OR ifNull(tls = '', 0) AND ${fromRecord('sslEnabled', 'SslEnabled')} = 'off',
      'http', '')`,
    latencyMs: `milliseconds`,
    requestBytes: `coalesce(p.receivedBytes, r.ReceivedBytes)`,
    responseBytes: `coalesce(p.sentBytes, r.SentBytes)`,
    service: `coalesce(nullIf(r.backendPoolName, ''), nullIf(r.BackendPoolName, ''), r.ruleName, r.RuleName, '')`,
    clientAddress: `client`,
    credentialSeen: `certificate = 'SUCCESS'`,
    // A backend that fails gets a status of its own here, so the error goes first.
    answeredBy: `multiIf(fault = 'ERRORINFO_CLIENT_CLOSED_REQUEST', '', fault NOT IN ('', 'ERRORINFO_NO_ERROR'), 'gateway',
      ifNull(server_code = code, 0), 'upstream', server IN ('', '-'), 'gateway', '')`,
  },
};
