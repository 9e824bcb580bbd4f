import type { Client } from './clients.ts';
import type { Headers } from './exchange.ts';
import type { Habits } from './service-plan.ts';
import type { Operation, Service } from './world.ts';

/** Headers and what they take on the wire. */
export interface SizedHeaders {
  readonly headers: Headers;
  readonly bytes: number;
}

export interface RequestHeaderOptions {
  readonly service: Service;
  readonly client: Client;
  readonly credentialed: boolean;
  readonly content: 'none' | 'body' | 'preflight';
}

type HeaderList = Record<string, string>;

/** How many values the remaining calls of a limit take in the headers. */
export const LIMIT_VARIANTS = 8;
/** `HTTP/1.1 200 OK` and its line end. */
export const STATUS_LINE_BYTES = 17;
const LIMIT_PER_MINUTE = 600;
const CONTENT_FLAGS = { none: 0, body: 1, preflight: 2 } as const;
const ORIGIN = 'https://app.example.com';

/**
 * Gives the same object for the same circumstances: few distinct header sets exist, writers can remember
 * their text, and memory is bounded by services, profiles and clients.
 */
export function createRequestHeaders(): (options: RequestHeaderOptions) => SizedHeaders {
  const known = new Map<number, SizedHeaders>();
  return (options) => {
    const { service, client, credentialed } = options;
    const personal = credentialed && (service.credential === 'api-key' || service.credential === 'cookie');
    const caller = client.profile.index * 4096 + (personal ? client.index : 0);
    const key =
      ((service.index * 262_144 + caller) * 2 + (credentialed ? 1 : 0)) * 3 + CONTENT_FLAGS[options.content];
    let entry = known.get(key);
    if (entry === undefined) {
      entry = sized(requestHeaders(options));
      known.set(key, entry);
    }
    return entry;
  };
}

/** As above; `variant` (below `LIMIT_VARIANTS`) picks the calls that remain. */
export function createResponseHeaders(): (
  operation: Operation,
  status: number,
  variant: number,
) => SizedHeaders {
  const known = new Map<number, SizedHeaders>();
  return (operation, status, variant) => {
    const key = (operation.index * 600 + status) * LIMIT_VARIANTS + variant;
    let entry = known.get(key);
    if (entry === undefined) {
      entry = sized(responseHeaders(operation, status, variant));
      known.set(key, entry);
    }
    return entry;
  };
}

/** Bytes of the request line: method, target, version, two blanks and the line end. */
export function startLine(method: string, target: string): number {
  return method.length + target.length + 12;
}

export function sized(headers: HeaderList): SizedHeaders {
  let bytes = 2;
  for (const [name, value] of Object.entries(headers)) bytes += name.length + Buffer.byteLength(value) + 4;
  return { headers: Object.freeze(headers), bytes };
}

function requestHeaders({ service, client, credentialed, content }: RequestHeaderOptions): HeaderList {
  const { profile } = client;
  const headers: HeaderList = { host: service.host };
  if (profile.userAgent !== '') headers['user-agent'] = profile.userAgent;
  if (profile.accept !== '') headers.accept = profile.accept;
  if (profile.browser) headers.origin = ORIGIN;
  if (profile.browser) headers.referer = `${ORIGIN}/`;
  if (content === 'preflight') headers['access-control-request-method'] = 'GET';
  if (content === 'body') headers['content-type'] = 'application/json';
  if (credentialed) addCredential(headers, service, client);
  return headers;
}

/** Gateways blank `authorization` and leave keys and cookies as they are. */
function addCredential(headers: HeaderList, service: Service, client: Client): void {
  if (service.credential === 'bearer') headers.authorization = 'REDACTED';
  if (service.credential === 'api-key') headers['x-api-key'] = client.secret;
  if (service.credential === 'cookie') headers.cookie = `session=${client.secret}`;
}

function responseHeaders(operation: Operation, status: number, variant: number): HeaderList {
  const headers: HeaderList = {};
  if (status !== 204 && status !== 304) {
    headers['content-type'] = status < 400 ? operation.contentType : 'application/json';
  }
  addSecurityHeaders(headers, operation.securityHeaders);
  addLimitHeaders(headers, operation.rateLimit, status, variant);
  if (operation.cors !== 'none')
    headers['access-control-allow-origin'] = operation.cors === 'wildcard' ? '*' : ORIGIN;
  if (operation.planted.sunset !== null && operation.service.announcesSunset) {
    headers.sunset = new Date(`${operation.planted.sunset}T00:00:00Z`).toUTCString();
  }
  if (status === 401)
    headers['www-authenticate'] = operation.service.credential === 'api-key' ? 'Key' : 'Bearer';
  if (status === 301) headers.location = `https://${operation.service.host}/`;
  if (status === 426) headers.upgrade = 'TLS/1.2, HTTP/1.1';
  return headers;
}

function addSecurityHeaders(headers: HeaderList, habit: Habits['securityHeaders']): void {
  if (habit === 'none') return;
  headers['x-content-type-options'] = 'nosniff';
  headers['cache-control'] = 'no-store';
  if (habit === 'some') return;
  headers['strict-transport-security'] = 'max-age=31536000';
  headers['x-frame-options'] = 'DENY';
}

function addLimitHeaders(
  headers: HeaderList,
  habit: Habits['rateLimit'],
  status: number,
  variant: number,
): void {
  if (habit === 'none' || habit === 'silent') return;
  const remaining = String(status === 429 ? 0 : LIMIT_PER_MINUTE - 1 - variant * 60);
  const prefix = habit === 'kong' ? 'x-ratelimit-' : 'ratelimit-';
  const suffix = habit === 'kong' ? '-minute' : '';
  headers[`${prefix}limit${suffix}`] = String(LIMIT_PER_MINUTE);
  headers[`${prefix}remaining${suffix}`] = remaining;
  if (status === 429) headers['retry-after'] = String(1 + variant * 7);
}
