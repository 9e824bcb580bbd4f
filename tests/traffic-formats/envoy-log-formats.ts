import { type LogFormatCase, read, some } from './log-format-case.ts';

const DEFAULT =
  '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%"\\n';
const ID = '7d1f0c52-8a3b-4f7e-9c11-2b6a5d4e3f20';
const called = {
  ...read,
  startedAt: '2026-01-05T10:00:00.250Z',
  host: 'api.shop.test',
  latencyMs: 50,
  requestBytes: 0,
  responseBytes: 256,
  answeredBy: 'upstream',
};
const headers = (agent: string) => some({ 'user-agent': agent, 'x-request-id': ID });

const SHORT = '%START_TIME% %REQ(:METHOD)% %REQ(:PATH)% %RESPONSE_CODE%';
const short = { ...read, clientAddress: '' };

const MESH = `${SHORT} %UPSTREAM_CLUSTER% %UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS% "%REQ(X-FORWARDED-FOR)%" %REQUESTED_SERVER_NAME%`;
const SERVER_NAME = 'outbound_.8080_._.users.shop.svc.cluster.local';
const service = 'users.shop.svc.cluster.local';

/** https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage */
export const envoyCases: readonly LogFormatCase[] = [
  {
    name: 'the default format of Envoy',
    format: DEFAULT,
    line: `[2026-01-05T10:00:00.250Z] "GET /users/7 HTTP/1.1" 200 - 0 256 50 25 "198.51.100.4" "curl/8.5.0" "${ID}" "api.shop.test" "10.8.0.21:8080"`,
    exchange: { ...called, ...headers('curl/8.5.0') },
  },
  {
    name: 'the default format of Envoy, quoted as in YAML, and a refusal',
    format: `"${DEFAULT.replaceAll('"', '\\"')}"`,
    line: `[2026-01-05T10:00:00.250Z] "GET /users/7 HTTP/2" 403 UAEX 0 19 1 - "198.51.100.4" "-" "${ID}" "api.shop.test" "-"`,
    exchange: {
      ...called,
      status: 403,
      latencyMs: 1,
      responseBytes: 19,
      answeredBy: 'gateway',
      ...some({ 'x-request-id': ID }),
    },
  },
  {
    name: 'a caller of Envoy cannot write the host, though quotes are not escaped',
    format: DEFAULT,
    line: `[2026-01-05T10:00:00.250Z] "GET /a"b HTTP/1.1" 200 - 0 256 50 25 "198.51.100.4" "x" "y" "evil.test" "10.9.9.9:80" "${ID}" "api.shop.test" "10.8.0.21:8080"`,
    exchange: {
      ...called,
      target: '/a"b',
      ...some({ 'user-agent': 'x', 'x-request-id': `y" "evil.test" "10.9.9.9:80" "${ID}` }),
    },
  },
  {
    name: 'a time of Envoy with zone and seconds since 1970',
    format: `%START_TIME(%Y/%m/%dT%H:%M:%S%z %s)% %REQ(:METHOD)% %REQ(:PATH)% %RESPONSE_CODE%`,
    line: '2026/01/05T10:00:00+0000 1767607200 GET /users/7 200',
    exchange: short,
  },
  {
    name: 'seconds of Envoy since 1970 with three digits of their fraction',
    format: `%START_TIME(%s.%3f)% %REQ(:METHOD)% %REQ(:PATH)% %RESPONSE_CODE%`,
    line: '1767607200.250 GET /users/7 200',
    exchange: { ...short, startedAt: '2026-01-05T10:00:00.250Z' },
  },
  {
    name: 'seconds of Envoy since 1970 with nine digits of their fraction',
    format: `%START_TIME(%s.%f)% %REQ(:METHOD)% %REQ(:PATH)% %RESPONSE_CODE%`,
    line: '1767607200.250604601 GET /users/7 200',
    exchange: { ...short, startedAt: '2026-01-05T10:00:00.250Z' },
  },
  {
    name: 'a time of Envoy with a fraction of one digit between its parts',
    format: `[%START_TIME(%Y-%m-%d %H:%M:%S.%1f %z)%] %REQ(:METHOD)% %REQ(:PATH)% %RESPONSE_CODE%`,
    line: '[2026-01-05 11:30:00.2 +0130] GET /users/7 200',
    exchange: { ...short, startedAt: '2026-01-05T10:00:00.200Z' },
  },
  {
    name: 'TLS of Envoy, and the names of a client certificate',
    format: `${SHORT} %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT% %DOWNSTREAM_TLS_VERSION% "%DOWNSTREAM_PEER_URI_SAN%" "%DOWNSTREAM_PEER_SUBJECT%"`,
    line: '2026-01-05T10:00:00Z GET /users/7 200 198.51.100.4 TLSv1.3 "spiffe://shop.test/ns/web/sa/cart" "CN=cart,O=My Shop"',
    exchange: {
      ...read,
      scheme: 'https',
      consumer: 'spiffe://shop.test/ns/web/sa/cart',
      credentialSeen: true,
    },
  },
  {
    name: 'no TLS of Envoy, and nobody named',
    format: `${SHORT} %DOWNSTREAM_REMOTE_ADDRESS% %DOWNSTREAM_TLS_VERSION% "%DOWNSTREAM_PEER_URI_SAN%"`,
    line: '2026-01-05T10:00:00Z GET /users/7 200 198.51.100.4:51489 - "-"',
    exchange: { ...read, scheme: 'http', clientAddress: '198.51.100.4:51489' },
  },
  {
    name: 'headers both ways, cut to a length, and the bytes on the wire',
    format: `${SHORT} "%REQ(X-API-KEY):4%" "%RESP(X-RATELIMIT-LIMIT)%" %BYTES_SENT% %DOWNSTREAM_WIRE_BYTES_SENT% %DOWNSTREAM_WIRE_BYTES_RECEIVED%`,
    line: '2026-01-05T10:00:00Z GET /users/7 200 "k-12" "60" 256 734 321',
    exchange: {
      ...short,
      requestBytes: 321,
      responseBytes: 734,
      ...some({ 'x-api-key': 'k-12' }),
      responseHeaders: { 'x-ratelimit-limit': '60' },
      responseHeaderVisibility: 'some',
    },
  },
  {
    name: 'everything of Envoy that is read past',
    format: `${SHORT} 100%% %ROUTE_NAME% "%UPSTREAM_TRANSPORT_FAILURE_REASON%" %REQUEST_DURATION% %CEL(request.headers['x-a'])% %DYNAMIC_METADATA(envoy.filters.http.lua:user)% %REQ(X-A?X-B)% %FUTURE_OPERATOR%`,
    line: `2026-01-05T10:00:00Z GET /users/7 200 100% main route "delayed connect error: 111" 12 - {"a":1} b c`,
    exchange: short,
  },
  {
    name: 'the path of Envoy without its query, and the scheme the client saw',
    format:
      '%START_TIME% %REQ(:METHOD)% %REQ_WITHOUT_QUERY(X-ENVOY-ORIGINAL-PATH?:PATH)% %RESPONSE_CODE% %REQ(X-FORWARDED-PROTO)%',
    line: '2026-01-05T10:00:00Z GET /users/%37 200 https',
    exchange: { ...short, target: '/users/%37', scheme: 'https' },
  },
  {
    name: 'details of Envoy say who answered',
    format: `${SHORT} %RESPONSE_CODE_DETAILS%`,
    line: '2026-01-05T10:00:00Z GET /users/7 401 jwt_authn_access_denied{Jwt_is_missing}',
    exchange: { ...short, status: 401, answeredBy: 'gateway' },
  },
  {
    name: 'the sidecar of a service',
    format: MESH,
    line: `2026-01-05T10:00:00Z GET /users/7 200 inbound|8080|| 127.0.0.6:418 10.8.0.9:376 "-" ${SERVER_NAME}`,
    exchange: { ...short, scheme: 'https', service, clientAddress: '10.8.0.9:376' },
  },
  {
    name: 'a gateway of the mesh',
    format: MESH,
    line: `2026-01-05T10:00:00Z GET /users/7 200 outbound|8080||${service} 10.8.0.2:418 10.8.1.1:376 "198.51.100.4" -`,
    exchange: { ...read, service, vantage: 'envoy-outbound' },
  },
  {
    name: 'the sidecar of a caller',
    format: MESH,
    line: `2026-01-05T10:00:00Z GET /users/7 200 outbound|8080||${service} 10.8.0.9:418 10.8.0.9:376 "-" -`,
    rejected: 'client_side_record',
  },
  {
    name: 'a client of Envoy that left before the answer',
    format: SHORT,
    line: '2026-01-05T10:00:00Z GET /users/7 0',
    rejected: 'no_response',
  },
  {
    name: 'a TCP connection of Envoy',
    format: SHORT,
    line: '2026-01-05T10:00:00Z - - -',
    rejected: 'empty_request',
  },
];
