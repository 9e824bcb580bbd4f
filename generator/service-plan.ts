import type { ValueKind } from './values.ts';

/** How a service, or one route of it, is protected; a route's own word wins over its service's. */
export interface Habits {
  /**
   * `always`: anonymous calls are refused. `never`: public by design. `mixed`: optional by design.
   * `missing`: the spec demands a credential and nobody asks for it.
   */
  readonly authentication: 'always' | 'never' | 'mixed' | 'missing';
  /** `https` redirects or refuses plain calls; `both` answers them. */
  readonly tls: 'https' | 'http' | 'both';
  /** Which headers announce a limit; `silent` limits with a bare 429, `none` has no limit. */
  readonly rateLimit: 'kong' | 'ietf' | 'silent' | 'none';
  readonly cors: 'specific' | 'wildcard' | 'none';
  /** `all` four that matter, `some` (two of them) or `none`. */
  readonly securityHeaders: 'all' | 'some' | 'none';
  /** Who checks requests against a schema: the gateway (400) or the upstream (422). */
  readonly validation: 'gateway' | 'upstream' | 'none';
}

export interface QueryParameter {
  readonly name: string;
  readonly value: ValueKind;
  /** The share of calls that carry it. */
  readonly share: number;
}

export interface RoutePlan extends Partial<Habits> {
  /** Method and template below the base path, each parameter with its kind: `GET /users/{userId:int}`. */
  readonly call: string;
  readonly query?: readonly QueryParameter[];
  /** Answered but missing from the spec. */
  readonly hidden?: boolean;
  /** In the spec and never called. */
  readonly uncalled?: boolean;
  /** Deprecated; days from the start of the traffic to the sunset, negative when it has passed. */
  readonly sunsetInDays?: number;
  readonly contentType?: string;
}

export interface ServicePlan extends Habits {
  readonly name: string;
  /** As in the Host header, with a port where it is not the default one. */
  readonly host: string;
  readonly basePath: string;
  readonly exposure: 'public' | 'partner' | 'internal';
  readonly owner: string;
  readonly credential: 'bearer' | 'api-key' | 'cookie' | 'certificate';
  /** Who refuses bad credentials. */
  readonly gatekeeper: 'gateway' | 'upstream';
  /** What plain calls get where only https is served. */
  readonly plainAnswer: 301 | 426;
  /** Whether an API description exists at all. */
  readonly described: boolean;
  /** Whether deprecated routes say so in a `sunset` header. */
  readonly announcesSunset: boolean;
  /** Share of all calls, relative to the other services. */
  readonly weight: number;
  /** Most called first. */
  readonly routes: readonly RoutePlan[];
}

/** A service that does everything right; each plan says where it differs. */
export const SOUND = {
  credential: 'bearer',
  gatekeeper: 'gateway',
  plainAnswer: 301,
  described: true,
  announcesSunset: true,
  authentication: 'always',
  tls: 'https',
  rateLimit: 'kong',
  cors: 'specific',
  securityHeaders: 'all',
  validation: 'gateway',
} as const;
