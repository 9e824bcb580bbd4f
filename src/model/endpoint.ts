import type { DataType } from './data-type.ts';

export const EXPOSURES = ['external', 'partner', 'internal', 'unknown'] as const;
/** From where an endpoint can be reached. */
export type Exposure = (typeof EXPOSURES)[number];

export const LIFECYCLES = [
  'documented',
  'shadow',
  'orphan',
  'zombie',
  'deprecated-in-use',
  'unknown',
] as const;
/**
 * How documents and traffic agree on an endpoint: `shadow` is seen but missing from the spec that claims its
 * service, `orphan` is in a spec but never seen, `zombie` answers after its sunset date.
 */
export type Lifecycle = (typeof LIFECYCLES)[number];

export const CLASSIFICATIONS = [
  'external',
  'internal',
  'partner',
  'shadow',
  'deprecated',
  'unknown',
] as const;
/** The mission's single word for an endpoint, derived from exposure and lifecycle. */
export type Classification = (typeof CLASSIFICATIONS)[number];

/** `unknown` unless some spec claims the endpoint's service. */
export type Documented = boolean | 'unknown';

/** One operation of one service: the unit of the inventory. */
export interface Endpoint {
  /** First 16 hex digits of SHA-256 of `service:METHOD:path`, with parameters written `{}`. */
  readonly apiId: string;
  readonly service: string;
  readonly method: string;
  /** The route template with named parameters: `/users/{userId}`. */
  readonly path: string;
  /** Which source named the route. */
  readonly routeSource: 'spec' | 'shape';
  readonly exposure: Exposure;
  /** Why the exposure is what it is, in one sentence. */
  readonly exposureReason: string;
  readonly lifecycle: Lifecycle;
  readonly classification: Classification;
  readonly documented: Documented;
  readonly deprecated: boolean;
  /** RFC 3339 date or date-time, from the spec. */
  readonly sunset?: string;
  readonly owner?: string;
  readonly version?: string;
  /** Where the spec describes it: `openapi/billing.yaml:12`. */
  readonly specLocation?: SpecLocation;
  /** What the spec says about `security`: required, optional (an empty alternative), none (`[]`), or unstated. */
  readonly specSecurity?: SpecSecurity;
  /** RFC 3339, UTC. Never reset by a later run. */
  readonly firstDiscovered: string;
  /** RFC 3339, UTC; absent while no traffic has been seen. */
  readonly lastSeen?: string;
  readonly sensitiveDataTypes: readonly DataType[];
  readonly complianceTags: readonly string[];
  /** Calls per day at the largest vantage point, over the window it observed. */
  readonly trafficVolumeDaily: number;
}

export type SpecSecurity = 'required' | 'optional' | 'none' | 'unstated';

export interface SpecLocation {
  readonly file: string;
  readonly line: number;
}
