import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { azureText, badProperties, isAzureCategory } from '../../expressions/azure-record.ts';
import { nearestPublicAddress } from '../../expressions/forwarded-client.ts';
import { isoInstant } from '../../expressions/iso-instant.ts';

const RECORD = `Tuple(
  category Nullable(String), time Nullable(String),
  properties Tuple(httpMethod Nullable(String), requestUri Nullable(String), hostName Nullable(String),
    httpStatusCode Nullable(UInt16), requestBytes Nullable(UInt64), responseBytes Nullable(UInt64),
    timeTaken Nullable(Float64), requestProtocol Nullable(String), securityProtocol Nullable(String),
    clientIp Nullable(String), socketIp Nullable(String), routingRuleName Nullable(String),
    cacheStatus Nullable(String), errorInfo Nullable(String), ErrorInfo Nullable(String),
    originIp Nullable(String), isReceivedFromClient Nullable(Bool)))`;

/** Standard and Premium; classic; the CDN of Microsoft, which writes the same fields. */
const ACCESS_LOGS = ['FrontDoorAccessLog', 'AzureCdnAccessLog'];
const WAF_LOGS = ['FrontDoorWebApplicationFirewallLog', 'WebApplicationFirewallLogs'];
const PROBE_LOGS = ['FrontDoorHealthProbeLog'];

/** Errors that Front Door answers itself: it refused the request, or had no whole answer from the origin. */
const OWN_ANSWERS = [
  'CertificateError',
  'CertificateNameCheckFailed',
  'ClientGeoBlocked',
  'DNSFailure',
  'DNSNameNotResolved',
  'DNSTimeout',
  'InvalidRequest',
  'OriginConnectionAborted',
  'OriginConnectionError',
  'OriginConnectionRefused',
  'OriginInvalidResponse',
  'OriginTimeout',
  'ResponseHeaderTooBig',
  'RestrictedIP',
  'SSLHandshakeError',
  'SSLInvalidCipher',
  'SSLInvalidRootCA',
  'SSLMismatchedSNI',
];

/** Category names differ in case between the tiers. */
function isCategory(categories: readonly string[]): string {
  const names = categories.map((category) => `'${category.toLowerCase()}'`).join(', ');
  return `lower(ifNull(r.category, '')) IN (${names})`;
}

/** Azure Front Door's access log, of all tiers. */
export const format: TrafficFormat = {
  id: 'azure-frontdoor',
  title: 'Azure Front Door and CDN access logs',
  reference: 'https://learn.microsoft.com/azure/frontdoor/monitor-front-door-reference',
  headers: { request: 'none', response: 'none' },
  states: {
    signs: 'the categories of Front Door and its web application firewall',
    layouts: 'resource log records of Standard, Premium, classic and Microsoft CDN',
    times: 'end of the answer, ISO 8601; seconds, taken off for the start',
    sizes: 'whole messages',
    consumer: 'not told',
    answeredBy: 'the error; whether there was an origin',
    transport: 'the protocol of the request, the URL',
  },
  claims: isAzureCategory([...ACCESS_LOGS, ...WAF_LOGS, ...PROBE_LOGS]),
  parse: [
    azureText,
    [`JSONExtract(text, '${RECORD.replace(/\s+/g, ' ')}')`, 'r'],
    [`tupleElement(r, 'properties')`, 'p'],
    [`ifNull(r.time, '')`, 'stamp'],
    [isoInstant('stamp'), 'ended'],
    [`if(p.timeTaken BETWEEN 0 AND 86400, p.timeTaken, NULL)`, 'seconds'],
    [`ifNull(p.requestUri, '')`, 'asked'],
    [`coalesce(p.errorInfo, p.ErrorInfo, '')`, 'fault'],
    [`ifNull(p.originIp, '')`, 'origin'],
    // Where the origin shield answers the edge, the edge writes a record of its own for the client.
    [`ifNull(p.isReceivedFromClient, true)`, 'is_from_client'],
  ],
  accepts: `ended IS NOT NULL AND p.httpMethod != '' AND asked != '' AND p.httpStatusCode BETWEEN 100 AND 599
    AND is_from_client AND ${isCategory(ACCESS_LOGS)} AND startsWith(line, '{')`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [isCategory(WAF_LOGS), 'waf_record'],
    [isCategory(PROBE_LOGS), 'health_probe'],
    badProperties,
    [`NOT is_from_client`, 'origin_shield'],
    [`stamp = ''`, 'no_time'],
    [`ended IS NULL`, 'bad_time'],
    [`ifNull(p.httpMethod, '') = '' OR asked = ''`, 'no_request'],
    [`p.httpStatusCode = 0`, 'no_response'],
    [`JSONType(text, 'properties', 'httpStatusCode') = 'Null'`, 'no_status'],
    [`p.httpStatusCode IS NULL OR p.httpStatusCode NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: `assumeNotNull(ended) - toIntervalMillisecond(toInt64(round(ifNull(seconds, 0) * 1000)))`,
    method: `assumeNotNull(p.httpMethod)`,
    target: `asked`,
    status: `assumeNotNull(p.httpStatusCode)`,
    host: `if(ifNull(p.hostName, '') = '', extract(asked, '^[A-Za-z]+://(?:[^/?#@]*@)?([^/?#]*)'), assumeNotNull(p.hostName))`,
    scheme: `multiIf(lower(p.requestProtocol) IN ('https', 'http'), lower(assumeNotNull(p.requestProtocol)),
      match(ifNull(p.securityProtocol, ''), '^(TLS|SSL)') OR startsWith(asked, 'https:'), 'https',
      startsWith(asked, 'http:'), 'http', '')`,
    latencyMs: `seconds * 1000`,
    requestBytes: `p.requestBytes`,
    responseBytes: `p.responseBytes`,
    service: `if(p.routingRuleName = 'N/A', '', ifNull(p.routingRuleName, ''))`,
    // The client address is taken from X-Forwarded-For where callers sent one; the socket's cannot be made up.
    clientAddress: nearestPublicAddress(`ifNull(p.socketIp, '')`, `ifNull(p.clientIp, '')`),
    answeredBy: `multiIf(fault IN ('${OWN_ANSWERS.join("', '")}'), 'gateway',
      fault NOT IN ('', 'N/A', 'NoError') OR match(ifNull(p.cacheStatus, ''), 'HIT$'), '',
      origin = 'N/A', 'gateway', origin != '', 'upstream', '')`,
  },
};
