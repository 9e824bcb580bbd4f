import type { TrafficExample } from '../../../model/traffic-format.ts';

/** A record of v2; most cases below differ from it in one thing. */
const properties = {
  instanceId: 'appgw_2',
  clientIP: '203.0.113.9',
  clientPort: 45057,
  httpMethod: 'GET',
  originalRequestUriWithArgs: '/orders/42?dry=1',
  requestUri: '/v1/orders/42',
  requestQuery: 'dry=1',
  userAgent: 'shop-app/3.1',
  httpStatus: 200,
  httpVersion: 'HTTP/1.1',
  receivedBytes: 512,
  sentBytes: 734,
  clientResponseTime: 0,
  timeTaken: 0.045,
  WAFEvaluationTime: '0.000',
  WAFMode: 'Detection',
  transactionId: '0123456789abcdef0123456789abcdef',
  sslEnabled: 'on',
  sslCipher: 'ECDHE-RSA-AES256-GCM-SHA384',
  sslProtocol: 'TLSv1.2',
  sslClientVerify: 'NONE',
  sslClientCertificateFingerprint: '',
  sslClientCertificateIssuerName: '',
  serverRouted: '10.4.0.4:443',
  serverStatus: '200',
  serverResponseLatency: '0.040',
  originalHost: 'api.shop.test',
  host: 'orders.internal.test',
  error_info: 'ERRORINFO_NO_ERROR',
  contentType: 'application/json',
};
const record = {
  timeStamp: '2026-01-05T10:00:00+00:00',
  resourceId: '/SUBSCRIPTIONS/0A1B/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.NETWORK/APPLICATIONGATEWAYS/SHOP',
  listenerName: 'public',
  ruleName: 'orders-rule',
  backendPoolName: 'orders-pool',
  backendSettingName: 'orders-https',
  operationName: 'ApplicationGatewayAccess',
  category: 'ApplicationGatewayAccessLog',
  properties,
};
const read = {
  startedAt: '2026-01-05T09:59:59.955Z',
  method: 'GET',
  target: '/orders/42?dry=1',
  status: 200,
  host: 'api.shop.test',
  scheme: 'https',
  latencyMs: 45,
  requestBytes: 512,
  responseBytes: 734,
  service: 'orders-pool',
  clientAddress: '203.0.113.9',
  answeredBy: 'upstream',
};

/** What v1 writes. */
const firstGeneration = {
  instanceId: 'ApplicationGatewayRole_IN_0',
  clientIP: '203.0.113.9',
  clientPort: 46886,
  httpMethod: 'GET',
  requestUri: '/orders/42',
  requestQuery:
    'dry=1&X-AzureApplicationGateway-CACHE-HIT=0&SERVER-ROUTED=10.4.0.4&X-AzureApplicationGateway-LOG-ID=0a1b&SERVER-STATUS=404',
  userAgent: '-',
  httpStatus: 404,
  httpVersion: 'HTTP/1.0',
  receivedBytes: 65,
  sentBytes: 553,
  timeTaken: 205,
  sslEnabled: 'off',
  host: 'api.shop.test',
  originalHost: 'api.shop.test',
};
const firstRecord = {
  resourceId: record.resourceId,
  operationName: 'ApplicationGatewayAccess',
  time: '2026-01-05T10:00:00Z',
  category: 'ApplicationGatewayAccessLog',
  properties: firstGeneration,
};

/** A row of the Log Analytics table, as query tools print it. */
const row = {
  TimeGenerated: '2026-01-05T10:00:00Z',
  ListenerName: 'public',
  RuleName: 'orders-rule',
  BackendPoolName: 'orders-pool',
  InstanceId: 'appgw_2',
  ClientIp: '203.0.113.9',
  HttpMethod: 'GET',
  OriginalRequestUriWithArgs: '/orders/42?dry=1',
  RequestUri: '/v1/orders/42',
  HttpStatus: '200',
  ReceivedBytes: '512',
  SentBytes: '734',
  TimeTaken: '0.045',
  SslEnabled: 'on',
  SslProtocol: 'TLSv1.2',
  SslClientVerify: 'NONE',
  ServerRouted: '10.4.0.4:443',
  ServerStatus: '200',
  OriginalHost: 'api.shop.test',
  ErrorInfo: 'ERRORINFO_NO_ERROR',
  Type: 'AGWAccessLogs',
};

/** The record with other top-level keys; `undefined` takes a key out. */
function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

function withProperties(changes: object): string {
  return line({ properties: { ...properties, ...changes } });
}

const accepted: readonly TrafficExample[] = [
  { name: 'a record of v2: seconds', line: line({}), exchange: read },
  {
    name: 'a record of v1: milliseconds, and the server in the query',
    line: JSON.stringify(firstRecord),
    exchange: {
      startedAt: '2026-01-05T09:59:59.795Z',
      method: 'GET',
      target: '/orders/42?dry=1',
      status: 404,
      host: 'api.shop.test',
      latencyMs: 205,
      requestBytes: 65,
      responseBytes: 553,
      clientAddress: '203.0.113.9',
      answeredBy: 'upstream',
    },
  },
  { name: 'a row of the table', line: JSON.stringify(row), exchange: read },
  { name: 'properties as JSON text', line: line({ properties: JSON.stringify(properties) }), exchange: read },
  {
    name: 'an instance that does not tell the unit of its times',
    line: withProperties({ instanceId: '' }),
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.000Z', latencyMs: null },
  },
  {
    name: 'without the original URI',
    line: withProperties({ originalRequestUriWithArgs: undefined, originalHost: '' }),
    exchange: { ...read, target: '/v1/orders/42?dry=1', host: 'orders.internal.test' },
  },
  {
    name: 'a client certificate that was verified',
    line: withProperties({ sslClientVerify: 'SUCCESS' }),
    exchange: { ...read, credentialSeen: true },
  },
  {
    name: 'a listener of plain HTTP, a rule without pool',
    line: line({
      backendPoolName: '',
      properties: { ...properties, sslEnabled: 'off', sslProtocol: '', sslCipher: '', sslClientVerify: '' },
    }),
    exchange: { ...read, scheme: 'http', service: 'orders-rule' },
  },
  {
    name: 'the firewall blocks: no server was asked',
    line: withProperties({ httpStatus: 403, serverRouted: '', serverStatus: '', WAFMode: 'Prevention' }),
    exchange: { ...read, status: 403, answeredBy: 'gateway' },
  },
  {
    name: 'a server that is too slow',
    line: withProperties({
      httpStatus: 504,
      serverStatus: '504',
      error_info: 'ERRORINFO_UPSTREAM_TIMED_OUT',
    }),
    exchange: { ...read, status: 504, answeredBy: 'gateway' },
  },
  {
    name: 'a client that left',
    line: withProperties({
      httpStatus: 499,
      serverStatus: '',
      error_info: 'ERRORINFO_CLIENT_CLOSED_REQUEST',
    }),
    exchange: { ...read, status: 499, answeredBy: '' },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'a record of the firewall',
    line: line({
      category: 'ApplicationGatewayFirewallLog',
      properties: { instanceId: 'appgw_2', clientIp: '203.0.113.9', requestUri: '/', action: 'Matched' },
    }),
    rejected: 'waf_record',
  },
  {
    name: 'a record of the performance',
    line: line({
      category: 'ApplicationGatewayPerformanceLog',
      properties: { instanceId: 'ApplicationGatewayRole_IN_1', healthyHostCount: '4', requestCount: '185' },
    }),
    rejected: 'performance_record',
  },
  {
    name: 'a check of the platform',
    line: withProperties({ clientIP: '127.0.0.1' }),
    rejected: 'platform_check',
  },
  { name: 'properties that were cut', line: line({ properties: '{"httpM' }), rejected: 'bad_properties' },
  { name: 'no time', line: line({ timeStamp: undefined }), rejected: 'no_time' },
  { name: 'a time that is none', line: line({ timeStamp: '05/01/2026 10:00' }), rejected: 'bad_time' },
  { name: 'no method', line: withProperties({ httpMethod: '' }), rejected: 'no_request' },
  { name: 'nothing was sent', line: withProperties({ httpStatus: 0 }), rejected: 'no_response' },
  { name: 'no status', line: withProperties({ httpStatus: null }), rejected: 'no_status' },
  { name: 'a status out of range', line: withProperties({ httpStatus: 99 }), rejected: 'bad_status' },
  { name: 'a record that was cut', line: line({}).slice(0, -30), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: withProperties({ originalRequestUriWithArgs: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
