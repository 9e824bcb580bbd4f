import type { TrafficExample } from '../../../model/traffic-format.ts';

const address = (text: string, portValue: number) => ({ socketAddress: { address: text, portValue } });

const commonProperties = {
  downstreamRemoteAddress: address('198.51.100.4', 51489),
  downstreamLocalAddress: address('10.8.0.2', 8443),
  startTime: '2026-01-05T10:00:00.250604601Z',
  timeToLastRxByte: '0.000031206s',
  timeToFirstUpstreamRxByte: '0.038010710s',
  timeToLastDownstreamTxByte: '0.040432910s',
  upstreamRemoteAddress: address('10.8.0.21', 8080),
  upstreamLocalAddress: address('10.8.0.2', 37652),
  upstreamCluster: 'users',
  routeName: 'default',
};
const request = {
  requestMethod: 'GET',
  scheme: 'http',
  authority: 'api.shop.test',
  path: '/users/7?full=1',
  userAgent: 'curl/8.5.0',
  forwardedFor: '198.51.100.4',
  requestId: '7d1f0c52-8a3b-4f7e-9c11-2b6a5d4e3f20',
  requestHeadersBytes: '438',
};
const response = { responseCode: 200, responseHeadersBytes: '147', responseBodyBytes: '4415' };
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7?full=1',
  status: 200,
  host: 'api.shop.test',
  scheme: 'http',
  latencyMs: 40.43291,
  requestBytes: 438,
  responseBytes: 4562,
  service: 'users',
  clientAddress: '198.51.100.4',
  answeredBy: 'upstream',
};

interface Changes {
  readonly common?: object;
  readonly asked?: object;
  readonly answered?: object;
}

/** An entry with other values; `undefined` takes a key out. */
function line({ common = {}, asked = {}, answered = {} }: Changes = {}): string {
  return JSON.stringify({
    commonProperties: { ...commonProperties, ...common },
    protocolVersion: 'HTTP11',
    request: { ...request, ...asked },
    response: { ...response, ...answered },
  });
}

/** An answer of Envoy itself: there was no upstream. */
const NOBODY = {
  upstreamRemoteAddress: undefined,
  upstreamLocalAddress: undefined,
  timeToFirstUpstreamRxByte: undefined,
};
const own = (responseCode: number, responseFlags?: object, responseCodeDetails?: string) =>
  line({ common: { ...NOBODY, responseFlags }, answered: { responseCode, responseCodeDetails } });
const ownRead = { ...read, answeredBy: 'gateway' };

const MESH = 'outbound|8080||users.shop.svc.cluster.local';
const service = 'users.shop.svc.cluster.local';

const accepted: readonly TrafficExample[] = [
  { name: 'an entry', line: line(), exchange: read },
  {
    name: 'details, TLS and a client certificate',
    line: line({
      common: {
        tlsProperties: {
          tlsVersion: 'TLSv1_3',
          tlsCipherSuite: 4865,
          tlsSniHostname: 'api.shop.test',
          localCertificateProperties: { subjectAltName: [{ dns: 'api.shop.test' }] },
          peerCertificateProperties: {
            subjectAltName: [{ uri: 'spiffe://shop.test/ns/web/sa/cart' }],
            subject: 'CN=cart',
          },
        },
      },
      answered: { responseCodeDetails: 'via_upstream' },
    }),
    exchange: {
      ...read,
      scheme: 'https',
      consumer: 'spiffe://shop.test/ns/web/sa/cart',
      credentialSeen: true,
    },
  },
  {
    name: 'a client certificate with a subject alone',
    line: line({
      common: { tlsProperties: { peerCertificateProperties: { subject: 'CN=cart,O=Shop' } } },
    }),
    exchange: { ...read, scheme: 'https', consumer: 'CN=cart,O=Shop', credentialSeen: true },
  },
  {
    name: 'headers that the operator asked for',
    line: line({
      asked: { requestHeaders: { authorization: 'REDACTED' } },
      answered: { responseHeaders: { 'x-ratelimit-limit': '60' } },
    }),
    exchange: {
      ...read,
      requestHeaders: { authorization: 'REDACTED' },
      requestHeaderVisibility: 'some',
      responseHeaders: { 'x-ratelimit-limit': '60' },
      responseHeaderVisibility: 'some',
    },
  },
  {
    name: 'a path that a route rewrote',
    line: line({ asked: { path: '/internal/7', originalPath: '/users/7?full=1' } }),
    exchange: read,
  },
  {
    name: 'numbers that are numbers, a body, the duration alone',
    line: line({
      common: { timeToLastDownstreamTxByte: undefined, duration: '1.500s' },
      asked: { requestMethod: 'POST', requestHeadersBytes: 438, requestBodyBytes: 62 },
    }),
    exchange: { ...read, method: 'POST', latencyMs: 1500, requestBytes: 500 },
  },
  {
    name: 'values that are zero are left out',
    line: line({
      common: { timeToLastDownstreamTxByte: undefined },
      asked: { requestHeadersBytes: undefined, authority: undefined, scheme: undefined },
      answered: { responseBodyBytes: undefined },
    }),
    exchange: { ...read, host: '', scheme: '', latencyMs: null, requestBytes: null, responseBytes: 147 },
  },
  {
    name: 'a proxy before Envoy',
    line: line({
      common: { downstreamRemoteAddress: address('10.8.1.9', 4711) },
      asked: { forwardedFor: '192.0.2.77, 203.0.113.9,10.8.1.9' },
    }),
    exchange: { ...read, clientAddress: '203.0.113.9' },
  },
  {
    name: 'external authorization denied',
    line: own(403, { unauthorizedDetails: { reason: 'EXTERNAL_SERVICE' } }),
    exchange: { ...ownRead, status: 403 },
  },
  { name: 'limited by rate', line: own(429, { rateLimited: true }), exchange: { ...ownRead, status: 429 } },
  { name: 'no route', line: own(404, { noRouteFound: true }), exchange: { ...ownRead, status: 404 } },
  {
    name: 'no token, told by the details alone',
    line: own(401, undefined, 'jwt_authn_access_denied{Jwt_is_missing}'),
    exchange: { ...ownRead, status: 401 },
  },
  { name: 'a refusal without flag asked no upstream', line: own(401), exchange: { ...ownRead, status: 401 } },
  {
    name: 'a request that Envoy could not accept shows no rule',
    line: own(400, { downstreamProtocolError: true }, 'http1.codec_error'),
    exchange: { ...ownRead, status: 400, answeredBy: '' },
  },
  {
    name: 'a failure on the way to the upstream shows no rule',
    line: line({
      common: { timeToFirstUpstreamRxByte: undefined, responseFlags: { upstreamConnectionFailure: true } },
      answered: { responseCode: 503 },
    }),
    exchange: { ...read, status: 503, answeredBy: '' },
  },
  {
    name: 'Istio: an ingress gateway counts apart from the sidecars',
    line: line({ common: { upstreamCluster: MESH } }),
    exchange: { ...read, service, vantage: 'envoy-outbound' },
  },
  {
    name: 'Istio: the sidecar of the service',
    line: line({
      common: {
        upstreamCluster: 'inbound|8080||',
        tlsProperties: { tlsVersion: 'TLSv1_3', tlsSniHostname: `outbound_.8080_._.${service}` },
      },
    }),
    exchange: { ...read, scheme: 'https', service },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'a TCP connection',
    line: JSON.stringify({
      commonProperties,
      connectionProperties: { receivedBytes: '311', sentBytes: '2048' },
    }),
    rejected: 'tcp_connection',
  },
  {
    name: 'Istio: the sidecar of the caller; that of the service logs the call too',
    line: line({ common: { upstreamCluster: MESH }, asked: { forwardedFor: undefined } }),
    rejected: 'client_side_record',
  },
  {
    name: 'a stream that goes on',
    line: line({ common: { intermediateLogEntry: true } }),
    rejected: 'intermediate_entry',
  },
  {
    name: 'the start of a request',
    line: line({ common: { accessLogType: 'DownstreamStart' } }),
    rejected: 'intermediate_entry',
  },
  { name: 'no time', line: line({ common: { startTime: undefined } }), rejected: 'no_time' },
  { name: 'a time that is a word', line: line({ common: { startTime: 'now' } }), rejected: 'bad_time' },
  {
    name: 'bytes that were no request',
    line: line({ asked: { requestMethod: undefined, path: undefined }, answered: { responseCode: 400 } }),
    rejected: 'no_request',
  },
  {
    name: 'a method that the protocol does not know',
    line: line({ asked: { requestMethod: undefined } }),
    rejected: 'no_method',
  },
  {
    name: 'a tunnel',
    line: line({ asked: { requestMethod: 'CONNECT', path: undefined } }),
    rejected: 'no_path',
  },
  {
    name: 'a method that is none',
    line: line({ asked: { requestMethod: 'g=t' } }),
    rejected: 'malformed_request',
  },
  { name: 'a call for the whole server', line: line({ asked: { path: '*' } }), rejected: 'no_path' },
  {
    name: 'a client that left before the answer',
    line: line({ answered: { responseCode: undefined } }),
    rejected: 'no_response',
  },
  {
    name: 'a status out of range',
    line: line({ answered: { responseCode: 70000 } }),
    rejected: 'bad_status',
  },
  { name: 'a cut entry', line: line().slice(0, -40), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: line({ asked: { userAgent: 'caf?' } }).replace('caf?', 'caf\udce9'),
    rejected: 'bad_utf8',
  },
  { name: 'a comment', line: '# messages of the access log service', rejected: 'comment' },
];

export const examples: readonly TrafficExample[] = [...accepted, ...rejected];
