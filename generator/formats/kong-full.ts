import type { Consumer, Exchange, GatewayService } from '../exchange.ts';
import { toAscii } from '../json-text.ts';
import { querystring } from '../querystring.ts';
import { uuidOf } from '../values.ts';
import { origin, targetOf } from './kong.ts';

export { carried } from './kong.ts';

export const id = 'kong-full';
export const reads = 'kong';
export const json = true;

const CREATED_AT = 1_767_225_600;
const WORKSPACE = uuidOf('workspace default');

/** One line of Kong's log serializer with every field it has: about 2 kB, for tests rather than benchmarks. */
export function write(exchange: Exchange): string {
  const { startedAt, answeredBy, status, latencyMs, gatewayMs, service, consumer } = exchange;
  const byUpstream = answeredBy === 'upstream';
  const record = {
    request: request(exchange),
    upstream_uri: service === undefined ? '' : exchange.target.slice(service.basePath.length),
    ...(byUpstream && { upstream_status: exchange.upstreamStatuses.join(', ') }),
    response: { status, size: exchange.responseBytes, headers: exchange.responseHeaders },
    latencies: {
      kong: gatewayMs,
      proxy: byUpstream ? latencyMs - gatewayMs : -1,
      request: latencyMs,
      receive: 0,
    },
    tries: tries(exchange),
    ...(service !== undefined && { route: route(service), service: serviceOf(service) }),
    ...(consumer !== undefined && {
      consumer: consumerOf(consumer),
      authenticated_entity: { id: uuidOf(consumer.id) },
    }),
    client_ip: exchange.clientAddress,
    started_at: startedAt,
    source: byUpstream ? 'upstream' : 'kong',
    workspace: WORKSPACE,
    workspace_name: 'default',
  };
  return toAscii(JSON.stringify(record));
}

function request(exchange: Exchange): object {
  const { requestId, method, target, requestBytes, requestHeaders, tls, clientCertificate, scheme, host } =
    exchange;
  return {
    id: requestId,
    method,
    uri: target,
    url: origin(scheme, host) + target,
    size: requestBytes,
    querystring: JSON.parse(querystring(target)),
    headers: requestHeaders,
    ...(tls !== undefined && { tls: { ...tls, client_verify: clientCertificate ? 'SUCCESS' : 'NONE' } }),
  };
}

/** Lua has one kind of table: an empty list is written as an empty object. */
function tries(exchange: Exchange): object {
  const { startedAt, upstreamStatuses, upstreamTargets } = exchange;
  if (upstreamStatuses.length === 0) return {};
  return upstreamStatuses.map((status, attempt) => {
    const target = targetOf(upstreamTargets, startedAt + attempt);
    const failed = attempt < upstreamStatuses.length - 1;
    return {
      ip: target.address,
      port: target.port,
      balancer_start: startedAt + 1,
      balancer_start_ns: (startedAt + 1) * 1e6,
      balancer_latency: 0,
      balancer_latency_ns: 27_904,
      ...(failed && { state: 'failed', code: status }),
    };
  });
}

function route(service: GatewayService): object {
  return {
    id: service.routeId,
    name: service.routeName,
    paths: [service.basePath === '' ? '/' : service.basePath],
    protocols: ['http', 'https'],
    service: { id: service.id },
    strip_path: true,
    preserve_host: false,
    path_handling: 'v0',
    regex_priority: 0,
    https_redirect_status_code: 426,
    request_buffering: true,
    response_buffering: true,
    tags: {},
    created_at: CREATED_AT,
    updated_at: CREATED_AT,
    ws_id: WORKSPACE,
  };
}

function serviceOf(service: GatewayService): object {
  return {
    id: service.id,
    name: service.name,
    host: service.host,
    port: service.port,
    protocol: service.protocol,
    connect_timeout: 60_000,
    read_timeout: 60_000,
    write_timeout: 60_000,
    retries: 5,
    enabled: true,
    created_at: CREATED_AT,
    updated_at: CREATED_AT,
    ws_id: WORKSPACE,
  };
}

function consumerOf(consumer: Consumer): object {
  return { id: consumer.id, username: consumer.name, created_at: CREATED_AT };
}
