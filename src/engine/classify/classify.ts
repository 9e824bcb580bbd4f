import { createHash } from 'node:crypto';
import type { Classification, Documented, Exposure, Lifecycle } from '../../model/endpoint.ts';
import type { TrafficFacts } from '../../model/fact.ts';

const DAY_MS = 86_400_000;
const API_ID_LENGTH = 16;
/** A template parameter with whatever stands in its braces, one level of nested braces included: `{id:[0-9]{3}}`. */
const PARAMETER = /\{(?:[^{}/]|\{[^{}/]*\})*\}/g;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** The identity of an endpoint: 16 hex digits that stay when a path parameter gets a better name. */
export function apiId(service: string, method: string, path: string): string {
  const name = `${service}:${method.toUpperCase()}:${path.replace(PARAMETER, '{}')}`;
  return createHash('sha256').update(name, 'utf8').digest('hex').slice(0, API_ID_LENGTH);
}

/** The single word of the mission: deprecated > shadow > partner > external > internal > unknown. */
export function classification(exposure: Exposure, lifecycle: Lifecycle): Classification {
  if (lifecycle === 'deprecated-in-use' || lifecycle === 'zombie') return 'deprecated';
  if (lifecycle === 'shadow') return 'shadow';
  return exposure;
}

export interface LifecycleInput {
  readonly documented: Documented;
  readonly deprecated: boolean;
  /** RFC 3339 date or date-time; any other text says nothing. */
  readonly sunset?: string | undefined;
  readonly hasTraffic: boolean;
  readonly now: Date;
}

/** How documents and traffic agree on an endpoint; a sunset in the past weighs more than `deprecated`. */
export function lifecycle({ documented, deprecated, sunset, hasTraffic, now }: LifecycleInput): Lifecycle {
  if (documented === true && !hasTraffic) return 'orphan';
  if (documented === true && isPast(sunset, now)) return 'zombie';
  if (deprecated && hasTraffic) return 'deprecated-in-use';
  if (documented === false && hasTraffic) return 'shadow';
  return documented === true ? 'documented' : 'unknown';
}

/** A date without a time is past when its day is over in UTC. */
function isPast(sunset: string | undefined, now: Date): boolean {
  if (sunset === undefined) return false;
  if (DATE_ONLY.test(sunset)) return Date.parse(sunset) + DAY_MS <= now.getTime();
  return DATE_TIME.test(sunset) && Date.parse(sunset.replace(' ', 'T')) <= now.getTime();
}

export interface ExposureInput {
  /** From `stance.yaml`; wins over what addresses suggest. */
  readonly configured?: Exposure | undefined;
  /** Calls from public client addresses. */
  readonly publicAddress: number;
  /** Calls from private client addresses. */
  readonly privateAddress: number;
}

/** From where an endpoint is reached, and why in one sentence with its numbers. */
export function exposure({ configured, publicAddress, privateAddress }: ExposureInput): {
  exposure: Exposure;
  reason: string;
} {
  const seen = `calls from public addresses: ${publicAddress}, from private ones: ${privateAddress}`;
  if (configured !== undefined) {
    return { exposure: configured, reason: `The configuration says ${configured}; ${seen}.` };
  }
  if (publicAddress > 0)
    return { exposure: 'external', reason: `Clients of the internet reach it; ${seen}.` };
  if (privateAddress > 0) return { exposure: 'internal', reason: `Only private networks reach it; ${seen}.` };
  return { exposure: 'unknown', reason: `No client address is known; ${seen}.` };
}

/**
 * Calls per day, one decimal, at the vantage point that saw most: gateways may record the same call, so they do not
 * add up. The window is from first to last call, at least one day, so that minutes of log are not multiplied up.
 */
export function dailyVolume(traffic: readonly TrafficFacts[]): number {
  const rates = traffic.map((one) => {
    const windowMs = Math.max(DAY_MS, Date.parse(one.lastSeen) - Date.parse(one.firstSeen));
    return Math.round((one.calls * DAY_MS * 10) / windowMs) / 10;
  });
  return Math.max(0, ...rates);
}
