/** Distinct shapes kept per batch and origin before the rest share `{overflow}`. */
export const MAX_SHAPES = 10_000;
/** Shapes that only ever answered 404 or 405, kept per batch and origin before the rest share `{probe}`. */
export const MAX_PROBE_SHAPES = 2_000;
/** Distinct origins (gateway service, host, source) kept per batch. */
export const MAX_ORIGINS = 500;
