/**
 * What any Envoy log tells of a request: expressions over text values. In all of them `-` says that the log has
 * no such value, and the empty text that the log does not tell.
 */

/** Envoy made these answers itself without asking an upstream, or instead of it. */
const GATEWAY_FLAGS = ['UAEX', 'RL', 'RLSE', 'NR', 'FI', 'IH', 'NC', 'UH', 'UO', 'OM', 'NFCF', 'RFCF'];
/** Details of broken HTTP and of failures after an upstream was asked: they say nothing of the gateway's rules. */
const NO_RULE =
  '^(upstream_|downstream_|http[0-9]\\\\.|[a-z_]*timeout|response_payload|internal_redirect|via_|filter_removed)';

interface Answer {
  readonly details: string;
  readonly flags: string;
  /** The host that was asked. */
  readonly upstream: string;
  /** `x-envoy-upstream-service-time`, which only an answer of an upstream has. */
  readonly serviceTime: string;
  readonly status: string;
}

/** `gateway`, `upstream` or empty; a 400 of Envoy itself is about the form of HTTP. */
export function envoyAnsweredBy({ details, flags, upstream, serviceTime, status }: Answer): string {
  const gatewayFlags = GATEWAY_FLAGS.map((flag) => `'${flag}'`).join(', ');
  return `multiIf(${details} = 'via_upstream', 'upstream',
    ${status} = 400 AND ${details} IN ('', '-') AND match(${serviceTime}, '^[0-9]+$'), 'upstream',
    ${status} = 400, '',
    ${details} NOT IN ('', '-'), if(match(${details}, '${NO_RULE}'), '', 'gateway'),
    hasAny(splitByChar(',', ${flags}), [${gatewayFlags}]), 'gateway',
    match(${serviceTime}, '^[0-9]+$'), 'upstream',
    ${flags} != '-', '',
    ${upstream} = '-', 'gateway',
    ${upstream} != '' AND ${status} NOT IN (502, 503, 504), 'upstream', '')`;
}

/** The service that a cluster of Envoy stands for; Istio names an inbound one by its port, and the service in the SNI. */
export function envoyService(cluster: string, serverName: string): string {
  return `multiIf(${cluster} IN ('', '-'), '',
    match(${cluster}, '^(inbound|outbound)[a-z-]*\\\\|'), if(splitByChar('|', ${cluster})[4] != '',
      trim(TRAILING ';' FROM splitByChar('|', ${cluster})[4]),
      extract(${serverName}, '^outbound_\\\\.[0-9]+_\\\\.[^_]*_\\\\.(.+)$')),
    match(${cluster}, '^(Inbound)?(Passthrough|BlackHole)Cluster'), '',
    replaceRegexpOne(${cluster}, '/rule/-?[0-9]+$', ''))`;
}

interface Hop {
  readonly cluster: string;
  readonly downstreamRemote: string;
  readonly upstreamLocal: string;
  readonly forwardedFor: string;
}

/**
 * Whether the sidecar of the caller wrote the record. Istio logs a call there and again at the sidecar of the service,
 * and the second one speaks for it. A gateway too writes `outbound|`, but its callers have addresses of their own
 * and it always adds `X-Forwarded-For`; behind a sidecar the caller has the address of the sidecar itself.
 */
export function isClientSide({ cluster, downstreamRemote, upstreamLocal, forwardedFor }: Hop): string {
  return `(${isOutbound(cluster)} AND (${forwardedFor} = '-'
    OR (${upstreamLocal} NOT IN ('', '-') AND ${addressOf(upstreamLocal)} = ${addressOf(downstreamRemote)})))`;
}

/** What leaves by a cluster of Istio for another service may be logged there again: it counts apart. */
export function envoyVantage(cluster: string): string {
  return `if(${isOutbound(cluster)}, 'envoy-outbound', '')`;
}

function isOutbound(cluster: string): string {
  return `match(${cluster}, '^(outbound\\\\||PassthroughCluster$|BlackHoleCluster$)')`;
}

function addressOf(addressAndPort: string): string {
  return `replaceRegexpOne(${addressAndPort}, ':[0-9]+$', '')`;
}
