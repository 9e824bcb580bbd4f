import type { Exchange, Planted } from './exchange.ts';
import type { SensitiveKind } from './values.ts';

/** What an independent reader must count. Every number counts exchanges unless its name says otherwise. */
export interface Counts {
  calls: number;
  /** Milliseconds since 1970, UTC. */
  firstSeen: number;
  lastSeen: number;
  status: {
    informational: number;
    success: number;
    redirect: number;
    clientError: number;
    serverError: number;
  };
  statusCodes: Record<string, number>;
  /** Carried a credential, good or bad. */
  credentialed: number;
  anonymous: number;
  /** Anonymous and answered 2xx or 304. */
  anonymousSucceeded: number;
  /** Answered 401, or anonymous and answered 403. */
  refused: number;
  https: number;
  http: number;
  answeredByGateway: number;
  /** 429 by the gateway itself. */
  limitedByGateway: number;
  /** A rate-limit or Retry-After header was sent. */
  limitAnnounced: number;
  corsWildcard: number;
  corsSpecific: number;
  /** All four of the security headers that the mission names. */
  securityHeadersComplete: number;
  sunsetAnnounced: number;
  requestBytes: number;
  responseBytes: number;
  responseBodyBytes: number;
  fromInside: number;
  fromOutside: number;
  /** Distinct callers that the gateway named. */
  consumers: number;
  /** Exchanges whose target holds each kind. */
  sensitive: Partial<Record<SensitiveKind, number>>;
}

export interface TruthRow extends Planted, Counts {}

export interface Truth {
  readonly exchanges: number;
  /** What was written: one exchange, one array of them, one pretty document or one dirty line counts one. */
  readonly lines: number;
  /** Lines that are no exchanges of the format, by kind. */
  readonly dirty: Readonly<Record<string, number>>;
  readonly totals: Counts;
  /** One row for each kind, service, template and method, in that order. */
  readonly rows: readonly TruthRow[];
}

export interface TruthCollector {
  add(exchange: Exchange): void;
  addLine(): void;
  addDirty(kind: string): void;
  truth(): Truth;
}

interface Tally {
  readonly counts: Counts;
  /** Their names. */
  readonly consumers: Set<string>;
}

const SECURITY_HEADERS = [
  'x-content-type-options',
  'strict-transport-security',
  'x-frame-options',
  'cache-control',
] as const;
const LIMIT_HEADER = /^(x-)?ratelimit|^retry-after$/;
const STATUS_CLASSES = ['informational', 'success', 'redirect', 'clientError', 'serverError'] as const;

/** The oracle of some exchanges, as if each were one line. */
export function truthOf(exchanges: Iterable<Exchange>): Truth {
  const collector = createTruth();
  for (const exchange of exchanges) {
    collector.add(exchange);
    collector.addLine();
  }
  return collector.truth();
}

/** The oracle of a stream: memory depends on the number of operations and consumers only. */
export function createTruth(): TruthCollector {
  const totals: Tally = { counts: noCounts(), consumers: new Set() };
  const tallies = new Map<string, Tally & { readonly planted: Planted }>();
  const dirty: Record<string, number> = {};
  let lines = 0;
  return {
    add(exchange) {
      const key = nameOf(exchange.planted);
      let tally = tallies.get(key);
      if (tally === undefined) {
        tally = { planted: exchange.planted, counts: noCounts(), consumers: new Set() };
        tallies.set(key, tally);
      }
      count(tally, exchange);
      count(totals, exchange);
    },
    addLine() {
      lines += 1;
    },
    addDirty(kind) {
      dirty[kind] = (dirty[kind] ?? 0) + 1;
    },
    truth() {
      const names = [...tallies.keys()].sort();
      const rows = names.flatMap((name) => {
        const tally = tallies.get(name);
        return tally === undefined ? [] : [{ ...tally.planted, ...countsOf(tally) }];
      });
      return { exchanges: totals.counts.calls, lines, dirty: { ...dirty }, totals: countsOf(totals), rows };
    },
  };
}

function nameOf(planted: Planted): string {
  return `${planted.kind} ${planted.service} ${planted.template} ${planted.method}`;
}

function countsOf({ counts, consumers }: Tally): Counts {
  return { ...structuredClone(counts), consumers: consumers.size };
}

function count({ counts, consumers }: Tally, exchange: Exchange): void {
  const { startedAt, status } = exchange;
  if (counts.calls === 0) counts.firstSeen = startedAt;
  counts.lastSeen = startedAt;
  counts.calls += 1;
  counts.status[STATUS_CLASSES[Math.floor(status / 100) - 1] ?? 'serverError'] += 1;
  counts.statusCodes[status] = (counts.statusCodes[status] ?? 0) + 1;
  counts[exchange.scheme] += 1;
  counts[exchange.clientAddress.startsWith('10.') ? 'fromInside' : 'fromOutside'] += 1;
  counts.requestBytes += exchange.requestBytes;
  counts.responseBytes += exchange.responseBytes;
  counts.responseBodyBytes += exchange.responseBodyBytes;
  if (exchange.consumer !== undefined) consumers.add(exchange.consumer.name);
  for (const kind of exchange.sensitive) counts.sensitive[kind] = (counts.sensitive[kind] ?? 0) + 1;
  countAnswers(counts, exchange);
  countHeaders(counts, exchange);
}

function countAnswers(counts: Counts, { status, credentialed, answeredBy }: Exchange): void {
  const succeeded = (status >= 200 && status < 300) || status === 304;
  counts[credentialed ? 'credentialed' : 'anonymous'] += 1;
  if (!credentialed && succeeded) counts.anonymousSucceeded += 1;
  if (status === 401 || (status === 403 && !credentialed)) counts.refused += 1;
  if (answeredBy === 'gateway') counts.answeredByGateway += 1;
  if (answeredBy === 'gateway' && status === 429) counts.limitedByGateway += 1;
}

function countHeaders(counts: Counts, { responseHeaders }: Exchange): void {
  const origin = responseHeaders['access-control-allow-origin'];
  if (origin === '*') counts.corsWildcard += 1;
  else if (origin !== undefined) counts.corsSpecific += 1;
  if (SECURITY_HEADERS.every((name) => name in responseHeaders)) counts.securityHeadersComplete += 1;
  if ('sunset' in responseHeaders) counts.sunsetAnnounced += 1;
  if (Object.keys(responseHeaders).some((name) => LIMIT_HEADER.test(name))) counts.limitAnnounced += 1;
}

function noCounts(): Counts {
  return {
    calls: 0,
    firstSeen: 0,
    lastSeen: 0,
    status: { informational: 0, success: 0, redirect: 0, clientError: 0, serverError: 0 },
    statusCodes: {},
    credentialed: 0,
    anonymous: 0,
    anonymousSucceeded: 0,
    refused: 0,
    https: 0,
    http: 0,
    answeredByGateway: 0,
    limitedByGateway: 0,
    limitAnnounced: 0,
    corsWildcard: 0,
    corsSpecific: 0,
    securityHeadersComplete: 0,
    sunsetAnnounced: 0,
    requestBytes: 0,
    responseBytes: 0,
    responseBodyBytes: 0,
    fromInside: 0,
    fromOutside: 0,
    consumers: 0,
    sensitive: {},
  };
}
