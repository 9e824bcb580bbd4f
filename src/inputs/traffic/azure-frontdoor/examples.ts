import type { TrafficExample } from '../../../model/traffic-format.ts';

/** A record of the Standard and Premium tiers; most cases below differ from it in one thing. */
const properties = {
  trackingReference: '20260105T100000Z-0123456789abcdef',
  httpMethod: 'GET',
  httpVersion: '2.0.0.0',
  requestUri: 'https://api.shop.test:443/orders/42?dry=1',
  sni: 'api.shop.test',
  requestBytes: '512',
  responseBytes: '734',
  userAgent: 'shop-app/3.1',
  clientIp: '203.0.113.9',
  clientPort: '55262',
  socketIp: '203.0.113.9',
  timeToFirstByte: '0.040',
  timeTaken: '0.045',
  requestProtocol: 'HTTPS',
  securityProtocol: 'TLS 1.3',
  rulesEngineMatchNames: [],
  httpStatusCode: '200',
  httpStatusDetails: '200',
  pop: 'PAR',
  cacheStatus: 'CONFIG_NOCACHE',
  errorInfo: 'NoError',
  result: 'N/A',
  endpoint: 'shop-0123.z01.azurefd.net',
  routingRuleName: 'orders-route',
  hostName: 'api.shop.test',
  originUrl: 'https://origin.shop.test:443/orders/42?dry=1',
  originIp: '198.51.100.20:443',
  originName: 'origin.shop.test:443',
};
const record = {
  time: '2026-01-05T10:00:00.2950000Z',
  resourceId: '/SUBSCRIPTIONS/0A1B/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.CDN/PROFILES/SHOP',
  category: 'FrontDoorAccessLog',
  operationName: 'Microsoft.Cdn/Profiles/AccessLog/Write',
  properties,
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: 'https://api.shop.test:443/orders/42?dry=1',
  status: 200,
  host: 'api.shop.test',
  scheme: 'https',
  latencyMs: 45,
  requestBytes: 512,
  responseBytes: 734,
  service: 'orders-route',
  clientAddress: '203.0.113.9',
  answeredBy: 'upstream',
};

/** What the classic tier writes. */
const classic = {
  trackingReference: '20260105T100000Z-fedcba9876543210',
  httpMethod: 'GET',
  httpVersion: '1.1.0.0',
  requestUri: 'https://api.shop.test/orders/42',
  requestBytes: '512',
  responseBytes: '734',
  userAgent: 'shop-app/3.1',
  clientIp: '203.0.113.9',
  socketIp: '203.0.113.9',
  clientPort: '55262',
  timeTaken: '0.045',
  securityProtocol: 'TLS 1.2',
  routingRuleName: 'orders-rule',
  rulesEngineMatchNames: [],
  backendHostname: 'origin.shop.test:443',
  isReceivedFromClient: true,
  httpStatusCode: '200',
  httpStatusDetails: '200',
  pop: 'PAR',
  cacheStatus: 'CONFIG_NOCACHE',
  ErrorInfo: 'NoError',
};
const classicRead = {
  ...read,
  target: 'https://api.shop.test/orders/42',
  service: 'orders-rule',
  answeredBy: '',
};

/** The record with other top-level keys; `undefined` takes a key out. */
function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

function withProperties(changes: object): string {
  return line({ properties: { ...properties, ...changes } });
}

function ofClassic(changes: object, category = 'FrontdoorAccessLog'): string {
  return line({ category, properties: { ...classic, ...changes } });
}

const accepted: readonly TrafficExample[] = [
  { name: 'a record of Standard or Premium', line: line({}), exchange: read },
  { name: 'properties as JSON text', line: line({ properties: JSON.stringify(properties) }), exchange: read },
  { name: 'a record of classic', line: ofClassic({}), exchange: classicRead },
  { name: 'a record of the CDN', line: ofClassic({}, 'AzureCdnAccessLog'), exchange: classicRead },
  {
    name: 'a client that makes up where it comes from',
    line: withProperties({ clientIp: '192.0.2.1' }),
    exchange: read,
  },
  {
    name: 'a request that came through a private link',
    line: withProperties({ socketIp: '10.1.0.4', clientIp: '198.51.100.7' }),
    exchange: { ...read, clientAddress: '198.51.100.7' },
  },
  {
    name: 'a hit in the cache',
    line: withProperties({ cacheStatus: 'HIT', originIp: 'N/A', originUrl: 'N/A' }),
    exchange: { ...read, answeredBy: '' },
  },
  {
    name: 'the firewall or a rule answers: no origin, no cache',
    line: withProperties({ httpStatusCode: '403', cacheStatus: 'N/A', originIp: 'N/A' }),
    exchange: { ...read, status: 403, answeredBy: 'gateway' },
  },
  {
    name: 'the origin is too slow',
    line: withProperties({ httpStatusCode: '504', errorInfo: 'OriginTimeout' }),
    exchange: { ...read, status: 504, answeredBy: 'gateway' },
  },
  {
    name: 'classic refuses a country',
    line: ofClassic({ httpStatusCode: '403', ErrorInfo: 'ClientGeoBlocked' }),
    exchange: { ...classicRead, status: 403, answeredBy: 'gateway' },
  },
  {
    name: 'an error that may be of either side',
    line: withProperties({ httpStatusCode: '502', errorInfo: 'UnspecifiedError' }),
    exchange: { ...read, status: 502, answeredBy: '' },
  },
  {
    name: 'plain HTTP, no route',
    line: withProperties({
      requestUri: 'http://api.shop.test:80/',
      requestProtocol: 'HTTP',
      securityProtocol: 'N/A',
      httpStatusCode: 404,
      routingRuleName: 'N/A',
      originIp: 'N/A',
    }),
    exchange: {
      ...read,
      target: 'http://api.shop.test:80/',
      scheme: 'http',
      status: 404,
      service: '',
      answeredBy: 'gateway',
    },
  },
  {
    name: 'a duration that is missing: the end is the only time',
    line: withProperties({ timeTaken: '' }),
    exchange: { ...read, startedAt: '2026-01-05T10:00:00.295Z', latencyMs: null },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'a record of the firewall',
    line: line({
      category: 'FrontDoorWebApplicationFirewallLog',
      properties: {
        clientIP: '203.0.113.9',
        requestUri: 'https://api.shop.test:443/?q=1',
        ruleName: 'Microsoft_DefaultRuleSet-2.1-SQLI-942100',
        policy: 'shop',
        action: 'Block',
        host: 'api.shop.test',
      },
    }),
    rejected: 'waf_record',
  },
  {
    name: 'a probe of an origin',
    line: line({
      category: 'FrontDoorHealthProbeLog',
      properties: { httpVerb: 'HEAD', result: 'OriginError', httpStatusCode: '400' },
    }),
    rejected: 'health_probe',
  },
  {
    name: 'the origin shield answers the edge',
    line: ofClassic({ isReceivedFromClient: false }),
    rejected: 'origin_shield',
  },
  { name: 'properties that were cut', line: line({ properties: '{"httpM' }), rejected: 'bad_properties' },
  { name: 'no time', line: line({ time: undefined }), rejected: 'no_time' },
  { name: 'a time that is none', line: line({ time: 'today' }), rejected: 'bad_time' },
  { name: 'no URL', line: withProperties({ requestUri: '' }), rejected: 'no_request' },
  { name: 'no properties', line: line({ properties: undefined }), rejected: 'no_request' },
  { name: 'the client got nothing', line: withProperties({ httpStatusCode: '0' }), rejected: 'no_response' },
  { name: 'no status', line: withProperties({ httpStatusCode: null }), rejected: 'no_status' },
  { name: 'a status that is none', line: withProperties({ httpStatusCode: 'N/A' }), rejected: 'bad_status' },
  { name: 'a record that was cut', line: line({}).slice(0, -30), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: withProperties({ requestUri: 'https://api.shop.test/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
