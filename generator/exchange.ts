import type { SensitiveKind } from './values.ts';

export type Headers = Readonly<Record<string, string>>;

/** A service as the gateway knows it, with the one route that leads to it. */
export interface GatewayService {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: 'http' | 'https';
  readonly routeId: string;
  readonly routeName: string;
  readonly basePath: string;
}

/** A caller as the gateway names it. */
export interface Consumer {
  readonly id: string;
  readonly name: string;
}

/** One process behind the gateway. */
export interface UpstreamTarget {
  readonly address: string;
  readonly port: number;
}

export interface TlsSession {
  readonly version: string;
  readonly cipher: string;
}

/** What the exchange was made to be: for the oracle, never written into a log. */
export interface Planted {
  readonly kind: 'route' | 'probe' | 'malformed';
  /** Empty when the gateway had no service for the request. */
  readonly service: string;
  readonly method: string;
  /** The full template with named parameters; empty for probes and malformed targets. */
  readonly template: string;
  /** `unknown` where no API description exists at all. */
  readonly documented: boolean | 'unknown';
  readonly deprecated: boolean;
  /** `2026-07-04`. */
  readonly sunset: string | null;
  readonly exposure: 'public' | 'partner' | 'internal' | 'unknown';
}

/** One HTTP request with its response, before any format. Headers, service and consumer are shared objects. */
export interface Exchange {
  /** Milliseconds since 1970, UTC. */
  readonly startedAt: number;
  /** 32 hex digits. */
  readonly requestId: string;
  readonly method: string;
  readonly target: string;
  /** With its port when that is not the scheme's default one. */
  readonly host: string;
  readonly scheme: 'https' | 'http';
  readonly httpVersion: '1.1' | '2.0';
  readonly tls: TlsSession | undefined;
  readonly clientCertificate: boolean;
  readonly clientAddress: string;
  readonly status: number;
  readonly answeredBy: 'gateway' | 'upstream';
  /** What each tried target answered; empty when the gateway answered itself. */
  readonly upstreamStatuses: readonly number[];
  readonly upstreamTargets: readonly UpstreamTarget[];
  /** From the first byte read to the last byte sent. */
  readonly latencyMs: number;
  /** The gateway's own part of it. */
  readonly gatewayMs: number;
  /** Whole messages, headers included. */
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly responseBodyBytes: number;
  readonly service: GatewayService | undefined;
  /** Present when the gateway verified a credential. */
  readonly consumer: Consumer | undefined;
  readonly requestHeaders: Headers;
  readonly responseHeaders: Headers;
  /** Unknown to a gateway that leaves validation to the upstream. */
  readonly schemaValidated: boolean | undefined;
  /** The request carried a credential, valid or not. */
  readonly credentialed: boolean;
  readonly planted: Planted;
  /** Kinds of sensitive data in the target, each at most once. */
  readonly sensitive: readonly SensitiveKind[];
}
