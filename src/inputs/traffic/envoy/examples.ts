import type { TrafficExample } from '../../../model/traffic-format.ts';
import { jsonExamples } from './json-examples.ts';

const AT = '[2026-01-05T10:00:00.250Z]';
const ASKED = '"GET /users/7?full=1 HTTP/1.1"';
const ID = '7d1f0c52-8a3b-4f7e-9c11-2b6a5d4e3f20';
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7?full=1',
  status: 200,
  host: 'api.shop.test',
  latencyMs: 50,
  requestBytes: 0,
  responseBytes: 256,
  clientAddress: '198.51.100.4',
};

/** A line of the default text; what is not given is as in a call that an upstream answered. */
function text(changes: Readonly<Record<string, string>> = {}): string {
  const { at, asked, status, numbers, from, agent, host, upstream } = {
    at: AT,
    asked: ASKED,
    status: '200 -',
    numbers: '0 256 50 25',
    from: '198.51.100.4',
    agent: 'curl/8.5.0',
    host: 'api.shop.test',
    upstream: '10.8.0.21:8080',
    ...changes,
  };
  return `${at} ${asked} ${status} ${numbers} "${from}" "${agent}" "${ID}" "${host}" "${upstream}"`;
}

/** An answer of Envoy itself: no upstream, no service time. */
const own = (status: string) => text({ status, numbers: '0 19 1 -', upstream: '-' });
const ownRead = { ...read, latencyMs: 1, responseBytes: 19 };

const byUpstream = { ...read, answeredBy: 'upstream' };

const defaultText: readonly TrafficExample[] = [
  { name: 'the default text', line: text(), exchange: byUpstream },
  { name: 'Emissary puts ACCESS before it', line: `ACCESS ${text()}`, exchange: byUpstream },
  { name: 'a line that ends with a carriage return', line: `${text()}\r`, exchange: byUpstream },
  {
    name: 'HTTP/2, and an upstream with its protocol as older versions write it',
    line: text({ asked: '"POST /users HTTP/2"', upstream: 'tcp://10.8.0.21:8080' }),
    exchange: { ...byUpstream, method: 'POST', target: '/users' },
  },
  {
    name: 'a caller without X-Forwarded-For',
    line: text({ from: '-' }),
    exchange: { ...byUpstream, clientAddress: '' },
  },
  {
    name: 'several proxies before Envoy',
    line: text({ from: '192.0.2.77, 203.0.113.9,10.0.0.8' }),
    exchange: { ...byUpstream, clientAddress: '203.0.113.9' },
  },
  {
    name: 'IPv6, with and without port',
    line: text({ from: '2001:db8::7, [fd00::8]:4711', upstream: '[fd00::21]:8080' }),
    exchange: { ...byUpstream, clientAddress: '2001:db8::7' },
  },
  {
    name: 'quotes in the user agent are not escaped',
    line: text({ agent: 'my "quoted" agent' }),
    exchange: byUpstream,
  },
  {
    name: 'a caller who writes fields of his own names no host',
    line: text({ agent: 'x" "y" "evil.test" "10.9.9.9:80' }),
    exchange: { ...byUpstream, host: '' },
  },
  {
    name: 'quotes and a backslash in the target',
    line: text({ asked: '"GET /a"b\\c HTTP/1.1"' }),
    exchange: { ...byUpstream, target: '/a"b\\c' },
  },
  {
    name: 'no duration and no sizes',
    line: text({ numbers: '- - - -' }),
    exchange: { ...byUpstream, latencyMs: null, requestBytes: null, responseBytes: null },
  },
  {
    name: 'external authorization denied',
    line: own('403 UAEX'),
    exchange: { ...ownRead, status: 403, answeredBy: 'gateway' },
  },
  {
    name: 'limited by rate',
    line: own('429 RL'),
    exchange: { ...ownRead, status: 429, answeredBy: 'gateway' },
  },
  {
    name: 'the rate limit service failed',
    line: own('500 RLSE'),
    exchange: { ...ownRead, status: 500, answeredBy: 'gateway' },
  },
  { name: 'no route', line: own('404 NR'), exchange: { ...ownRead, status: 404, answeredBy: 'gateway' } },
  {
    name: 'a refusal without flag asked no upstream',
    line: own('401 -'),
    exchange: { ...ownRead, status: 401, answeredBy: 'gateway' },
  },
  {
    name: 'a request that Envoy could not accept shows no rule',
    line: own('400 DPE'),
    exchange: { ...ownRead, status: 400 },
  },
  {
    name: 'a failure on the way to the upstream shows no rule',
    line: text({ status: '503 UF,URX', numbers: '0 91 30 -' }),
    exchange: { ...read, status: 503, latencyMs: 30, responseBytes: 91 },
  },
  {
    name: 'an upstream that does not say how long it took, and one that failed so',
    line: text({ numbers: '0 256 50 -' }),
    exchange: byUpstream,
  },
  {
    name: 'a 503 without service time is of either',
    line: text({ status: '503 -', numbers: '0 256 50 -' }),
    exchange: { ...read, status: 503 },
  },
  {
    name: 'a 400 of the upstream',
    line: text({ status: '400 -' }),
    exchange: { ...byUpstream, status: 400 },
  },
];

/** Istio's text: details after the flags, addresses after the upstream host. */
function istio(details: string, hops: string, changes: Readonly<Record<string, string>> = {}): string {
  const { status = '200 -', numbers = '0 256 50 25', ...rest } = changes;
  return `${text({ status: `${status} ${details}`, numbers, ...rest })} ${hops}`;
}
const VIA = 'via_upstream - "-"';
const SERVER_NAME = 'outbound_.8080_._.users.shop.svc.cluster.local';
const SERVER = `inbound|8080|| 127.0.0.6:41854 10.8.0.21:8080 10.8.0.9:37652 ${SERVER_NAME} default`;
const CLIENT =
  'outbound|8080||users.shop.svc.cluster.local 10.8.0.9:37652 10.96.4.2:8080 10.8.0.9:46520 - default';
const INGRESS =
  'outbound|8080||users.shop.svc.cluster.local 10.8.0.2:37652 10.8.0.2:8443 198.51.100.4:50122 api.shop.test -';
const service = 'users.shop.svc.cluster.local';

const istioText: readonly TrafficExample[] = [
  {
    name: 'Istio: the sidecar of the service, behind mutual TLS',
    line: istio(VIA, SERVER),
    exchange: { ...byUpstream, scheme: 'https', service },
  },
  {
    name: 'Istio: the sidecar of the service without TLS',
    line: istio(VIA, SERVER.replace(SERVER_NAME, '-'), { from: '-' }),
    exchange: { ...byUpstream, clientAddress: '10.8.0.9:37652' },
  },
  {
    name: 'Istio before 1.9: no details',
    line: istio('"-" "-"', SERVER),
    exchange: { ...byUpstream, scheme: 'https', service },
  },
  {
    name: 'Istio 1.1: only the status of Mixer',
    line: istio('"-"', SERVER.replace('inbound|8080||', `inbound|8080|http|${service}`)),
    exchange: { ...byUpstream, scheme: 'https', service },
  },
  {
    name: 'Istio: an ingress gateway counts apart from the sidecars',
    line: istio(VIA, INGRESS),
    exchange: {
      ...byUpstream,
      scheme: 'https',
      service,
      clientAddress: '198.51.100.4:50122',
      vantage: 'envoy-outbound',
    },
  },
  {
    name: 'Istio: a gateway that asked nobody cannot be told from a sidecar',
    line: istio(
      'no_healthy_upstream - "-"',
      `outbound|8080||${service} - 10.8.0.2:8080 198.51.100.4:50122 - -`,
      {
        status: '503 UH',
        numbers: '0 19 1 -',
        upstream: '-',
      },
    ),
    exchange: {
      ...ownRead,
      status: 503,
      service,
      clientAddress: '198.51.100.4:50122',
      answeredBy: 'gateway',
      vantage: 'envoy-outbound',
    },
  },
  {
    name: 'Istio: an authorization policy refuses',
    line: istio('rbac_access_denied_matched_policy[none] - "-"', SERVER.replace('127.0.0.6:41854', '-'), {
      status: '403 -',
      numbers: '0 19 1 -',
      upstream: '-',
    }),
    exchange: { ...ownRead, status: 403, scheme: 'https', service, answeredBy: 'gateway' },
  },
  {
    name: 'Istio: no token',
    line: istio('jwt_authn_access_denied{Jwt_is_missing} - "-"', '- - 10.8.0.2:8080 198.51.100.4:50122 - -', {
      status: '401 -',
      numbers: '0 19 1 -',
      upstream: '-',
    }),
    exchange: { ...ownRead, status: 401, clientAddress: '198.51.100.4:50122', answeredBy: 'gateway' },
  },
  {
    name: 'Istio: the connection to the service broke',
    line: istio(
      'upstream_reset_before_response_started{connection_failure,delayed_connect_error:_111} - "delayed connect error: 111"',
      SERVER,
      { status: '503 UF', numbers: '0 19 1 -' },
    ),
    exchange: { ...ownRead, status: 503, scheme: 'https', service },
  },
  {
    name: 'Istio: what comes in for no known port',
    line: istio(VIA, 'InboundPassthroughClusterIpv4 127.0.0.6:4185 10.8.0.21:9 10.8.0.9:3765 - default'),
    exchange: byUpstream,
  },
  {
    name: 'Istio: a waypoint, asked over its internal listener',
    line: istio(
      VIA,
      `inbound-vip|8080|http|${service}; envoy://internal_client_address/ 10.96.4.2:8080 10.8.0.9:3765 - default`,
    ),
    exchange: { ...byUpstream, service },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'a TCP connection',
    line: text({
      asked: '"- - -"',
      status: '0 UF',
      numbers: '0 0 30 -',
      from: '-',
      agent: '-',
    }),
    rejected: 'tcp_connection',
  },
  {
    name: 'Istio: the sidecar of the caller; that of the service logs the call too',
    line: istio(VIA, CLIENT, { from: '-' }),
    rejected: 'client_side_record',
  },
  {
    name: 'Istio: a caller behind a sidecar who forwards the header',
    line: istio(VIA, CLIENT),
    rejected: 'client_side_record',
  },
  { name: 'a client that left before the answer', line: own('0 DC'), rejected: 'no_response' },
  { name: 'a day that does not exist', line: text({ at: '[2026-02-30T10:00:00Z]' }), rejected: 'bad_time' },
  {
    name: 'bytes that were no request',
    line: text({ asked: '"- - HTTP/1.1"', status: '400 DPE' }),
    rejected: 'no_request',
  },
  {
    name: 'a method that is none',
    line: text({ asked: '"g=t / HTTP/1.1"' }),
    rejected: 'malformed_request',
  },
  {
    name: 'a tunnel of the ambient mesh',
    line: text({ asked: '"CONNECT - HTTP/2"' }),
    rejected: 'no_path',
  },
  { name: 'a status out of range', line: text({ status: '700 -' }), rejected: 'bad_status' },
  { name: 'a line cut in the user agent', line: text().slice(0, 110), rejected: 'not_in_layout' },
  { name: 'a line cut in the request', line: text().slice(0, 36), rejected: 'not_in_layout' },
  {
    name: 'a format of the operator that begins in the same way',
    line: `${AT} ${ASKED} 200 "api.shop.test"`,
    rejected: 'not_in_layout',
  },
  {
    name: 'what Envoy says of itself',
    line: '[2026-01-05 10:00:00.250][1][info][main] [source/server/server.cc:990] starting main dispatch loop',
    rejected: 'unknown_format',
  },
];

export const examples: readonly TrafficExample[] = [
  ...defaultText,
  ...istioText,
  ...jsonExamples,
  ...rejected,
];
