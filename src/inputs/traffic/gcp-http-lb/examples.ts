import type { TrafficExample } from '../../../model/traffic-format.ts';

/** An entry of a global load balancer; most cases below differ from it in one thing. */
const httpRequest = {
  latency: '0.045250s',
  remoteIp: '203.0.113.9',
  requestMethod: 'GET',
  requestSize: '512',
  requestUrl: 'https://api.shop.test/orders/42?dry=1',
  responseSize: '734',
  serverIp: '10.20.0.4',
  status: 200,
  userAgent: 'shop-app/3.1',
};
const jsonPayload = {
  '@type': 'type.googleapis.com/google.cloud.loadbalancing.type.LoadBalancerLogEntry',
  backendTargetProjectNumber: 'projects/1234567890',
  cacheDecision: ['RESPONSE_HAS_CONTENT_TYPE', 'CACHE_MODE_USE_ORIGIN_HEADERS'],
  remoteIp: '203.0.113.9',
  statusDetails: 'response_sent_by_backend',
  tls: { cipher: 'TLS_CHACHA20_POLY1305_SHA256', protocol: 'TLSv1.3' },
};
const labels = {
  backend_service_name: 'orders-backend',
  forwarding_rule_name: 'shop-https',
  project_id: 'shop-prod',
  target_proxy_name: 'shop-proxy',
  url_map_name: 'shop-map',
  zone: 'global',
};
const record = {
  httpRequest,
  insertId: '1a2b3c4d5e6f7',
  jsonPayload,
  logName: 'projects/shop-prod/logs/requests',
  receiveTimestamp: '2026-01-05T10:00:01.360361140Z',
  resource: { labels, type: 'http_load_balancer' },
  severity: 'INFO',
  spanId: '0123456789abcdef',
  timestamp: '2026-01-05T10:00:00.250637Z',
  trace: 'projects/shop-prod/traces/0123456789abcdef0123456789abcdef',
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: 'https://api.shop.test/orders/42?dry=1',
  status: 200,
  host: 'api.shop.test',
  scheme: 'https',
  latencyMs: 45.25,
  requestBytes: 512,
  responseBytes: 734,
  service: 'orders-backend',
  clientAddress: '203.0.113.9',
  answeredBy: 'upstream',
};

/** The entry with other top-level keys; `undefined` takes a key out. */
function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

function withRequest(changes: object): string {
  return line({ httpRequest: { ...httpRequest, ...changes } });
}

/** An answer with other words on how it came to be. */
function answered(status: number, details: object): string {
  return line({ httpRequest: { ...httpRequest, status }, jsonPayload: { ...jsonPayload, ...details } });
}

const accepted: readonly TrafficExample[] = [
  { name: 'an entry of a global load balancer', line: line({}), exchange: read },
  {
    name: 'numbers as numbers, an address with its port, no latency',
    line: withRequest({
      requestSize: 512,
      responseSize: 734,
      status: '200',
      remoteIp: '203.0.113.9:51622',
      latency: undefined,
    }),
    exchange: { ...read, clientAddress: '203.0.113.9:51622', latencyMs: null },
  },
  {
    name: 'an answer from the cache',
    line: line({
      httpRequest: { ...httpRequest, cacheHit: true, cacheLookup: true },
      jsonPayload: { ...jsonPayload, statusDetails: 'response_from_cache' },
    }),
    exchange: { ...read, answeredBy: '' },
  },
  {
    name: 'the security policy denies',
    line: answered(403, {
      statusDetails: 'denied_by_security_policy',
      enforcedSecurityPolicy: { name: 'shop', configuredAction: 'DENY', outcome: 'DENY', priority: 1000 },
    }),
    exchange: { ...read, status: 403, answeredBy: 'gateway' },
  },
  {
    name: 'the body is denied, told only by the outcome',
    line: answered(403, { statusDetails: '', enforcedSecurityPolicy: { outcome: 'DENY' } }),
    exchange: { ...read, status: 403, answeredBy: 'gateway' },
  },
  {
    name: 'a policy in preview denies nothing',
    line: answered(200, {
      enforcedSecurityPolicy: { configuredAction: 'ALLOW', outcome: 'ACCEPT' },
      previewSecurityPolicy: { configuredAction: 'DENY', outcome: 'DENY' },
    }),
    exchange: read,
  },
  {
    name: 'the identity check asks for a login',
    line: answered(302, { statusDetails: 'handled_by_identity_aware_proxy' }),
    exchange: { ...read, status: 302, answeredBy: 'gateway' },
  },
  {
    name: 'no backend is healthy; a regional load balancer',
    line: line({
      httpRequest: { ...httpRequest, status: 503 },
      jsonPayload: { statusDetails: 'failed_to_pick_backend' },
      resource: {
        type: 'http_external_regional_lb_rule',
        labels: { backend_target_name: 'orders-regional' },
      },
    }),
    exchange: { ...read, status: 503, service: 'orders-regional', answeredBy: 'gateway' },
  },
  {
    name: 'a client certificate that was verified',
    line: answered(200, { mtls: { clientCertPresent: true, clientCertChainVerified: true } }),
    exchange: { ...read, credentialSeen: true },
  },
  {
    name: 'plain HTTP, another port',
    line: line({
      httpRequest: { ...httpRequest, requestUrl: 'http://api.shop.test:8080/' },
      jsonPayload: { statusDetails: 'response_sent_by_backend' },
    }),
    exchange: {
      ...read,
      target: 'http://api.shop.test:8080/',
      host: 'api.shop.test:8080',
      scheme: 'http',
    },
  },
  {
    name: 'an entry of Cloud Run',
    line: line({
      jsonPayload: undefined,
      logName: 'projects/shop-prod/logs/run.googleapis.com%2Frequests',
      resource: { type: 'cloud_run_revision', labels: { service_name: 'orders' } },
    }),
    exchange: { ...read, service: 'orders', answeredBy: '' },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'an entry of an audit log',
    line: line({ httpRequest: undefined, jsonPayload: undefined, protoPayload: { methodName: 'get' } }),
    rejected: 'no_http_request',
  },
  { name: 'no timestamp', line: line({ timestamp: undefined }), rejected: 'no_time' },
  { name: 'a timestamp that is none', line: line({ timestamp: 1767607200 }), rejected: 'bad_time' },
  { name: 'no URL', line: withRequest({ requestUrl: undefined }), rejected: 'no_request' },
  {
    name: 'the client left before an answer',
    line: answered(0, { statusDetails: 'client_disconnected_before_any_response' }),
    rejected: 'no_response',
  },
  { name: 'no status', line: withRequest({ status: undefined }), rejected: 'no_status' },
  { name: 'a status out of range', line: withRequest({ status: 700 }), rejected: 'bad_status' },
  { name: 'an entry that was cut', line: line({}).slice(0, -30), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: withRequest({ requestUrl: 'https://api.shop.test/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
