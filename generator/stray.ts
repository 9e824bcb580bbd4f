import type { Exchange, Planted, UpstreamTarget } from './exchange.ts';
import { STATUS_LINE_BYTES, sized, startLine } from './headers.ts';
import type { Random } from './random.ts';
import { drawLatency, type Scene } from './scene.ts';
import { hex32, letters } from './values.ts';
import type { Service } from './world.ts';

/** A request that no operation was made for. */
interface Stray {
  readonly kind: 'probe' | 'malformed';
  readonly method: string;
  readonly target: string;
  readonly status: number;
  /** Whether the target lies below the service's base path, so that the upstream answers. */
  readonly routed: boolean;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const HUNTED = [
  '/.env',
  '/.git/config',
  '/wp-login.php',
  '/phpmyadmin/index.php',
  '/cgi-bin/status',
  '/server-status',
  '/owa/auth.js',
  '/backup.zip',
  '/console/login',
];
/** `%LONG%` becomes 2,000 letters; the rest stands as it arrives. */
const MALFORMED: readonly (readonly [method: string, target: string])[] = [
  ['GET', '/%'],
  ['GET', '//..//..//etc/passwd'],
  ['GET', '/..%2f..%2fetc%2fpasswd'],
  ['GET', 'http://outside.example/proxied?x=1'],
  ['OPTIONS', '*'],
  ['CONNECT', 'outside.example:443'],
  ['GET', '/a b/c'],
  ['GET', '/%00'],
  ['GET', '/"quoted"\\'],
  ['GET', '/straße/ünïcode'],
  ['GET', '/%LONG%'],
  ['GET', '/%ff%fe?%zz=%'],
  ['PROPFIND', '/'],
];

const STRAY_LATENCY_MS = 4;
const STRAY_RESPONSE = sized({ 'content-type': 'application/json' });
const NO_STATUSES: readonly number[] = [];
const NO_TARGETS: readonly UpstreamTarget[] = [];

/** A scanner looking for software that is not there. */
export function probeExchange(scene: Scene, startedAt: number): Exchange {
  const service = scene.service(scene.random);
  return strayExchange(scene, startedAt, service, makeProbe(service, scene.random));
}

/** A target that no client library would send. */
export function malformedExchange(scene: Scene, startedAt: number): Exchange {
  return strayExchange(scene, startedAt, scene.service(scene.random), makeMalformed(scene.random));
}

function makeProbe(service: Service, random: Random): Stray {
  const routed = random.chance(0.4);
  const path = random.chance(0.5) ? random.pick(HUNTED) : randomPath(random);
  const outside = service.basePath === '' || routed ? service.basePath : '';
  const method = random.chance(0.9) ? 'GET' : random.pick(['HEAD', 'POST']);
  return {
    kind: 'probe',
    method,
    target: outside + path,
    status: 404,
    routed: routed || service.basePath === '',
  };
}

function makeMalformed(random: Random): Stray {
  const [method, target] = random.pick(MALFORMED);
  return {
    kind: 'malformed',
    method,
    target: target.replace('%LONG%', 'A'.repeat(2000)),
    status: 400,
    routed: false,
  };
}

function randomPath(random: Random): string {
  const name = letters(random, LOWER, 5 + random.below(5));
  if (random.chance(0.4)) return `/${name}.php`;
  return random.chance(0.5) ? `/${name}` : `/${name}/${letters(random, LOWER, 8)}`;
}
function strayExchange(scene: Scene, startedAt: number, service: Service, stray: Stray): Exchange {
  const { random } = scene;
  const client = scene.world.clients.scanner(random);
  const secure = service.tls === 'https';
  const request = scene.requestHeaders({ service, client, credentialed: false, content: 'none' });
  const bodyBytes = stray.method === 'HEAD' ? 0 : 48;
  const gatewayMs = random.below(2);
  return {
    startedAt,
    requestId: hex32(random),
    method: stray.method,
    target: stray.target,
    host: service.host,
    scheme: secure ? 'https' : 'http',
    httpVersion: '1.1',
    tls: secure ? client.profile.tls : undefined,
    clientCertificate: false,
    clientAddress: client.address,
    status: stray.status,
    answeredBy: stray.routed ? 'upstream' : 'gateway',
    upstreamStatuses: stray.routed ? scene.statuses(stray.status) : NO_STATUSES,
    upstreamTargets: stray.routed ? service.targets : NO_TARGETS,
    latencyMs: gatewayMs + (stray.routed ? drawLatency(STRAY_LATENCY_MS, random) : 0),
    gatewayMs,
    requestBytes: request.bytes + startLine(stray.method, stray.target),
    responseBytes: STRAY_RESPONSE.bytes + bodyBytes + STATUS_LINE_BYTES,
    responseBodyBytes: bodyBytes,
    service: stray.routed ? service.gateway : undefined,
    consumer: undefined,
    requestHeaders: request.headers,
    responseHeaders: STRAY_RESPONSE.headers,
    schemaValidated: undefined,
    credentialed: false,
    planted: scene.planted(plantedOf(stray, service)),
    sensitive: [],
  };
}

function plantedOf(stray: Stray, service: Service): Planted {
  return {
    kind: stray.kind,
    service: stray.routed ? service.name : '',
    method: stray.method,
    template: '',
    documented: false,
    deprecated: false,
    sunset: null,
    exposure: stray.routed ? service.exposure : 'unknown',
  };
}
