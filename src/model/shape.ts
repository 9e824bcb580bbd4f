/** Where an exchange says it belongs; all three are as the gateway wrote them, and any may be empty. */
export interface Origin {
  /** The gateway's own name of the service. */
  readonly service: string;
  readonly host: string;
  /** The source's name, only when service and host are both empty. */
  readonly source: string;
}

/** A distinct path form at one origin: what route learning works on, never records. */
export interface ObservedShape {
  /** Unsigned 64-bit, decimal. */
  readonly shapeId: string;
  readonly origin: Origin;
  readonly method: string;
  /** The path with segments of an evident type replaced: `/users/{int}`. */
  readonly shape: string;
  readonly calls: number;
  /** Calls answered with anything but 404 or 405. */
  readonly found: number;
  /** RFC 3339, UTC. */
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** The shapes that stand for what went over a bound; they never become endpoints. */
export const OVERFLOW_SHAPE = '{overflow}';
export const PROBE_SHAPE = '{probe}';
