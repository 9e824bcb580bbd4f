import type { TrafficFacts } from './fact.ts';

type Part<Group extends keyof TrafficFacts> = Partial<TrafficFacts[Group]>;

/** What differs from the zero facts; a group that is given keeps zeros for the names it leaves out. */
export type TrafficOverrides = Partial<
  Pick<
    TrafficFacts,
    | 'vantage'
    | 'calls'
    | 'firstSeen'
    | 'lastSeen'
    | 'sensitive'
    | 'consumers'
    | 'requestBytes'
    | 'responseBytes'
  >
> & {
  readonly status?: Part<'status'>;
  readonly authentication?: Part<'authentication'>;
  readonly transport?: Part<'transport'>;
  readonly rateLimiting?: Part<'rateLimiting'>;
  readonly cors?: Part<'cors'>;
  readonly securityHeaders?: Omit<Part<'securityHeaders'>, 'missing'> & {
    readonly missing?: Partial<TrafficFacts['securityHeaders']['missing']>;
  };
  readonly inputValidation?: Part<'inputValidation'>;
  readonly sunsetHeader?: Part<'sunsetHeader'>;
  readonly clients?: Part<'clients'>;
  readonly examples?: TrafficFacts['examples'];
  readonly latencyMs?: NonNullable<TrafficFacts['latencyMs']>;
};

const NO_HEADERS_MISSING = {
  contentTypeOptions: 0,
  strictTransportSecurity: 0,
  frameOptions: 0,
  cacheControl: 0,
};

/**
 * Traffic facts for examples and tests: all zero, seen by `kong` over the first hour of 2026, except what is given.
 *
 * @example trafficFacts({ calls: 3, authentication: { refused: 3 } })
 */
export function trafficFacts(overrides: TrafficOverrides = {}): TrafficFacts {
  return {
    vantage: 'kong',
    calls: 0,
    firstSeen: '2026-01-01T00:00:00.000Z',
    lastSeen: '2026-01-01T01:00:00.000Z',
    sensitive: {},
    consumers: 0,
    requestBytes: 0,
    responseBytes: 0,
    examples: {},
    ...overrides,
    status: {
      informational: 0,
      success: 0,
      redirect: 0,
      clientError: 0,
      serverError: 0,
      ...overrides.status,
    },
    authentication: {
      anonymousSucceeded: 0,
      refused: 0,
      credentialed: 0,
      unknown: 0,
      ...overrides.authentication,
    },
    transport: { https: 0, http: 0, redirected: 0, unknown: 0, ...overrides.transport },
    rateLimiting: { announced: 0, refusedByGateway: 0, absent: 0, unknown: 0, ...overrides.rateLimiting },
    cors: { wildcard: 0, specific: 0, absent: 0, unknown: 0, ...overrides.cors },
    securityHeaders: {
      complete: 0,
      incomplete: 0,
      unknown: 0,
      ...overrides.securityHeaders,
      missing: { ...NO_HEADERS_MISSING, ...overrides.securityHeaders?.missing },
    },
    inputValidation: { seen: 0, notSeen: 0, unknown: 0, ...overrides.inputValidation },
    sunsetHeader: { present: 0, absent: 0, unknown: 0, ...overrides.sunsetHeader },
    clients: { publicAddress: 0, privateAddress: 0, unknown: 0, ...overrides.clients },
  };
}
