import type { DataType } from './data-type.ts';
import type { Exposure } from './endpoint.ts';
import type { LineReference } from './verdict.ts';

/**
 * What one vantage point (a gateway, a log format) saw of one endpoint over a time range.
 * Every number counts exchanges unless its name says otherwise; in the group of a control each exchange counts once
 * at most (`missing` aside), so that sides can be summed.
 */
export interface TrafficFacts {
  readonly vantage: string;
  readonly calls: number;
  /** RFC 3339, UTC. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly status: {
    readonly informational: number;
    readonly success: number;
    readonly redirect: number;
    readonly clientError: number;
    readonly serverError: number;
  };
  readonly authentication: {
    /** No credential although all request headers are visible, answered 2xx or 304. */
    readonly anonymousSucceeded: number;
    /** Without a valid credential and answered 401, or anonymous and answered 403. */
    readonly refused: number;
    /** A credential header, a client certificate or a consumer named by the gateway. */
    readonly credentialed: number;
    readonly unknown: number;
  };
  readonly transport: {
    readonly https: number;
    /** Plain HTTP, answered with content (redirects and 426 are not counted here). */
    readonly http: number;
    /** Plain HTTP answered by a redirect or 426. */
    readonly redirected: number;
    readonly unknown: number;
  };
  readonly rateLimiting: {
    /** A rate-limit or Retry-After header was sent. */
    readonly announced: number;
    /** 429 given by the gateway itself, without such a header. */
    readonly refusedByGateway: number;
    /** All response headers visible, none of them about limits, and not a gateway 429. */
    readonly absent: number;
    readonly unknown: number;
  };
  readonly cors: {
    readonly wildcard: number;
    readonly specific: number;
    readonly absent: number;
    readonly unknown: number;
  };
  readonly securityHeaders: {
    readonly complete: number;
    readonly incomplete: number;
    readonly unknown: number;
    /** Responses lacking each name, where all response headers were visible. */
    readonly missing: {
      readonly contentTypeOptions: number;
      readonly strictTransportSecurity: number;
      readonly frameOptions: number;
      readonly cacheControl: number;
    };
  };
  readonly inputValidation: {
    /** The source says a schema was applied, or the gateway answered 400, or anyone answered 422. */
    readonly seen: number;
    /** The source says no schema was applied. */
    readonly notSeen: number;
    readonly unknown: number;
  };
  readonly sunsetHeader: { readonly present: number; readonly absent: number; readonly unknown: number };
  readonly clients: {
    readonly publicAddress: number;
    readonly privateAddress: number;
    readonly unknown: number;
  };
  /** Exchanges in which each type was found; only types that were found. */
  readonly sensitive: Readonly<Partial<Record<DataType, number>>>;
  /** Distinct consumers (estimated above about 2,000). */
  readonly consumers: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Upper bound of the power-of-two latency bucket; absent where the source has no latency. */
  readonly latencyMs?: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly examples: {
    readonly anonymousSucceeded?: LineReference;
    readonly plainHttp?: LineReference;
    readonly corsWildcard?: LineReference;
    readonly headersIncomplete?: LineReference;
    readonly sensitive?: LineReference;
  };
}

/** All that checks may know of one endpoint. */
export interface EndpointFacts {
  readonly exposure: Exposure;
  /** One entry per vantage point, ordered by name; empty for an endpoint known from a spec only. */
  readonly traffic: readonly TrafficFacts[];
}
