import { HAS_UPSTREAM_INFO } from './upstream-info.ts';

const REQUEST_ID =
  '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(_REPLACED_INVALID_REQUEST_ID)?|[A-Za-z0-9+/_-]{11,20}={1,2}';
/** Amazon API Gateway: the id of the request right after the size. */
const API_GATEWAY_TAIL = `" [^ "]+ [^ "]+ (${REQUEST_ID})( (${REQUEST_ID}))?[ \\\\r]*$`;
/** Traefik: count of requests, router, server and duration; no caller writes behind them. */
export const TRAEFIK_TAIL = '" (-|[0-9]+) "[^"]*" "[^"]*" [0-9]+ms\\\\r?$';

/**
 * Whether a line in the common log format ends as only another product than nginx and Apache writes it, which has a
 * unit of its own that reads more.
 */
export const HAS_FOREIGN_TAIL = `(${HAS_UPSTREAM_INFO} OR match(line, '${API_GATEWAY_TAIL}') OR match(line, '${TRAEFIK_TAIL}'))`;
