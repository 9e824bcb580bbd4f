import type { Client } from './clients.ts';
import type { Exchange, Planted, UpstreamTarget } from './exchange.ts';
import { LIMIT_VARIANTS, STATUS_LINE_BYTES, startLine } from './headers.ts';
import type { Outcome } from './outcome.ts';
import { element, type Random } from './random.ts';
import { drawLatency, type Scene } from './scene.ts';
import { hex32, isSensitive, makeValue, type SensitiveKind } from './values.ts';
import type { Operation } from './world.ts';

const NOTHING_SENSITIVE: readonly SensitiveKind[] = [];
const NO_STATUSES: readonly number[] = [];
const NO_TARGETS: readonly UpstreamTarget[] = [];

export interface Call {
  readonly startedAt: number;
  readonly operation: Operation;
  readonly outcome: Outcome;
  readonly client: Client;
  /** The operation's own, HEAD, or OPTIONS for a preflight. */
  readonly method: string;
}

/** The exchange of one call of an operation. */
export function operationExchange(scene: Scene, call: Call): Exchange {
  const { random } = scene;
  const { operation, outcome, client, method } = call;
  const { service } = operation;
  const { status, scheme, answeredBy } = outcome;
  const secure = scheme === 'https';
  const byUpstream = answeredBy === 'upstream';
  const sensitive: SensitiveKind[] = [];
  const target = makeTarget(operation, random, sensitive);
  const clientCertificate = service.credential === 'certificate' && outcome.identified && secure;
  const credentialed = service.credential === 'certificate' ? clientCertificate : outcome.credentialed;
  const content = contentOf(method);
  const request = scene.requestHeaders({ service, client, credentialed, content });
  const response = scene.responseHeaders(operation, status, random.below(LIMIT_VARIANTS));
  const bodyBytes = responseBody(operation, status, method, random);
  const gatewayMs = 1 + random.below(3);
  return {
    startedAt: call.startedAt,
    requestId: hex32(random),
    method,
    target,
    host: service.host,
    scheme,
    httpVersion: client.profile.httpVersion,
    tls: secure ? client.profile.tls : undefined,
    clientCertificate,
    clientAddress: client.address,
    status,
    answeredBy,
    upstreamStatuses: byUpstream ? upstreamStatuses(scene, outcome) : NO_STATUSES,
    upstreamTargets: byUpstream ? service.targets : NO_TARGETS,
    latencyMs: gatewayMs + (byUpstream ? drawLatency(operation.latencyMs, random) : 0),
    gatewayMs,
    requestBytes:
      request.bytes + startLine(method, target) + (content === 'body' ? 80 + random.below(600) : 0),
    responseBytes: response.bytes + bodyBytes + STATUS_LINE_BYTES,
    responseBodyBytes: bodyBytes,
    service: service.gateway,
    consumer: outcome.identified ? client.consumer : undefined,
    requestHeaders: request.headers,
    responseHeaders: response.headers,
    schemaValidated: schemaValidated(operation, outcome, method),
    credentialed,
    planted: plantedOf(scene, operation, method),
    sensitive: sensitive.length === 0 ? NOTHING_SENSITIVE : sensitive,
  };
}

function contentOf(method: string): 'none' | 'body' | 'preflight' {
  if (method === 'OPTIONS') return 'preflight';
  return method === 'POST' || method === 'PUT' || method === 'PATCH' ? 'body' : 'none';
}

function plantedOf(scene: Scene, operation: Operation, method: string): Planted {
  if (method === operation.method) return operation.planted;
  const documented = operation.service.described ? false : 'unknown';
  return scene.planted({ ...operation.planted, method, documented });
}

function makeTarget(operation: Operation, random: Random, sensitive: SensitiveKind[]): string {
  let target = element(operation.literals, 0);
  for (const [position, { kind }] of operation.parameters.entries()) {
    target += makeValue(kind, random) + element(operation.literals, position + 1);
    if (isSensitive(kind)) sensitive.push(kind);
  }
  let mark = '?';
  for (const { name, value, share } of operation.query) {
    if (share < 1 && !random.chance(share)) continue;
    target += value === 'flag' ? mark + name : `${mark}${name}=${makeValue(value, random)}`;
    mark = '&';
    if (isSensitive(value) && !sensitive.includes(value)) sensitive.push(value);
  }
  return target;
}

function responseBody(operation: Operation, status: number, method: string, random: Random): number {
  if (method === 'HEAD' || status === 204 || status === 304) return 0;
  if (status >= 300) return 40 + random.below(80);
  return Math.floor(operation.bodyBytes * (0.5 + random.fraction()));
}

function upstreamStatuses(scene: Scene, outcome: Outcome): readonly number[] {
  return outcome.retried ? [502, outcome.status] : scene.statuses(outcome.status);
}

/** Preflights, refusals and redirects come before validation; upstreams do not tell the gateway what they check. */
function schemaValidated(operation: Operation, { status }: Outcome, method: string): boolean | undefined {
  if (method === 'OPTIONS' || operation.validation === 'upstream') return undefined;
  if ([301, 401, 403, 426, 429].includes(status)) return undefined;
  return operation.validation === 'gateway';
}
