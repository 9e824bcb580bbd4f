import type { TrafficExample } from '../../../model/traffic-format.ts';

const ID = '7d1f0c52-8a3b-4f7e-9c11-2b6a5d4e3f20';
const SERVER_NAME = 'outbound_.8080_._.users.shop.svc.cluster.local';
const service = 'users.shop.svc.cluster.local';
const byUpstream = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7?full=1',
  status: 200,
  host: 'api.shop.test',
  latencyMs: 50,
  requestBytes: 0,
  responseBytes: 256,
  clientAddress: '198.51.100.4',
  answeredBy: 'upstream',
};

/** A record with the names of Envoy Gateway. */
const record = {
  start_time: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  'x-envoy-origin-path': '/users/7?full=1',
  protocol: 'HTTP/2',
  response_code: 200,
  response_flags: '-',
  response_code_details: 'via_upstream',
  connection_termination_details: null,
  upstream_transport_failure_reason: null,
  bytes_received: 0,
  bytes_sent: 256,
  duration: 50,
  'x-envoy-upstream-service-time': null,
  'x-forwarded-for': '198.51.100.4',
  'user-agent': 'curl/8.5.0',
  'x-request-id': ID,
  ':authority': 'api.shop.test',
  upstream_host: '10.8.0.21:8080',
  upstream_cluster: 'httproute/shop/users/rule/0',
  upstream_local_address: '10.8.0.2:51216',
  downstream_local_address: '10.8.0.2:10443',
  downstream_remote_address: '198.51.100.4:59292',
  requested_server_name: null,
  route_name: 'httproute/shop/users/rule/0/match/0/api_shop_test',
};
const jsonRead = { ...byUpstream, service: 'httproute/shop/users', clientAddress: '198.51.100.4:59292' };

/** The record with other keys; `undefined` takes a key out. */
const line = (changes: object) => JSON.stringify({ ...record, ...changes });

/** The record as `json_format` of Istio writes it: everything as text, `-` for what is not. */
const istioRecord = {
  start_time: record.start_time,
  method: 'GET',
  path: '/users/7?full=1',
  protocol: 'HTTP/1.1',
  response_code: '200',
  response_flags: '-',
  response_code_details: 'via_upstream',
  bytes_received: '0',
  bytes_sent: '256',
  duration: '50',
  upstream_service_time: '25',
  x_forwarded_for: '-',
  authority: 'api.shop.test',
  upstream_host: '10.8.0.21:8080',
  upstream_cluster: 'inbound|8080||',
  upstream_local_address: '127.0.0.6:41854',
  downstream_local_address: '10.8.0.21:8080',
  downstream_remote_address: '10.8.0.9:37652',
  requested_server_name: SERVER_NAME,
  route_name: 'default',
};
const istioLine = (changes: object = {}) => JSON.stringify({ ...istioRecord, ...changes });
const outbound = { upstream_cluster: `outbound|8080||${service}`, requested_server_name: '-' };

const accepted: readonly TrafficExample[] = [
  { name: 'JSON of Envoy Gateway', line: line({}), exchange: jsonRead },
  {
    name: 'JSON of Envoy Gateway: redirected by a route',
    line: line({
      response_code: 301,
      response_code_details: 'direct_response',
      upstream_cluster: null,
      upstream_host: null,
    }),
    exchange: { ...jsonRead, status: 301, service: '', answeredBy: 'gateway' },
  },
  {
    name: 'JSON with the few keys that an operator chose',
    line: '{"start_time":"2026-01-05T10:00:00.250Z","method":"GET","x-envoy-origin-path":"/users/7?full=1","response_code":200,"user-agent":"-","downstream_remote_address":"198.51.100.4:59292",":authority":"api.shop.test"}',
    exchange: {
      ...byUpstream,
      latencyMs: null,
      requestBytes: null,
      responseBytes: null,
      answeredBy: '',
      clientAddress: '198.51.100.4:59292',
    },
  },
  {
    name: 'JSON of Istio: the sidecar of the service',
    line: istioLine(),
    exchange: { ...byUpstream, scheme: 'https', service, clientAddress: '10.8.0.9:37652' },
  },
  {
    name: 'JSON of Istio: a gateway',
    line: istioLine({ ...outbound, downstream_remote_address: '10.8.1.1:9', x_forwarded_for: '203.0.113.9' }),
    exchange: { ...byUpstream, service, clientAddress: '203.0.113.9', vantage: 'envoy-outbound' },
  },
  {
    name: 'JSON of Istio without the key that would tell a sidecar from a gateway',
    line: istioLine({ ...outbound, x_forwarded_for: undefined }),
    exchange: { ...byUpstream, service, clientAddress: '10.8.0.9:37652', vantage: 'envoy-outbound' },
  },
  {
    name: 'JSON of Contour, with the names of operators in it',
    line: '{"@timestamp":"2026-01-05T10:00:00.250Z","authority":"api.shop.test","bytes_received":0,"bytes_sent":256,"downstream_remote_address":"10.8.0.3:4711","downstream_tls_version":"TLSv1.3","downstream_peer_uri_san":"spiffe://shop.test/ns/web/sa/cart","duration":50,"method":"GET","path":"/users/7?full=1","protocol":"HTTP/2","response_code":200,"response_flags":"-","upstream_cluster":"shop/users/80/da39a3ee5e","upstream_host":"10.8.0.21:8080","upstream_service_time":"25","x_forwarded_for":"198.51.100.4"}',
    exchange: {
      ...byUpstream,
      scheme: 'https',
      service: 'shop/users/80/da39a3ee5e',
      consumer: 'spiffe://shop.test/ns/web/sa/cart',
      credentialSeen: true,
    },
  },
  {
    name: 'JSON: an upstream without anything that tells who answered',
    line: line({ response_code_details: null, response_code: 504 }),
    exchange: { ...jsonRead, status: 504, answeredBy: '' },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'a TCP connection in JSON',
    line: line({ method: null, 'x-envoy-origin-path': null, protocol: null, response_code: 0 }),
    rejected: 'tcp_connection',
  },
  {
    name: 'Istio: a call that leaves the mesh',
    line: istioLine({ upstream_cluster: 'PassthroughCluster' }),
    rejected: 'client_side_record',
  },
  {
    name: 'JSON of Istio: the sidecar of the caller',
    line: istioLine(outbound),
    rejected: 'client_side_record',
  },
  { name: 'no time', line: line({ start_time: null }), rejected: 'no_time' },
  { name: 'a time that is a word', line: line({ start_time: 'yesterday' }), rejected: 'bad_time' },
  { name: 'no status', line: line({ response_code: null }), rejected: 'no_status' },
  { name: 'a cut record', line: line({}).slice(0, -40), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: line({ 'user-agent': 'caf?' }).replace('caf?', 'caf\udce9'),
    rejected: 'bad_utf8',
  },
];

export const jsonExamples: readonly TrafficExample[] = [...accepted, ...rejected];
