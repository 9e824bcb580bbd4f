/**
 * Over `keys`: an object with names for a method, a path and a status that any gateway whose template people write
 * themselves could have. It is a call, and nothing in it says of which.
 */
export const GENERIC_CALL = `(hasAny(keys, ['method', 'verb', 'request_method', 'httpMethod', 'http_method'])
  AND hasAny(keys, ['path', 'uri', 'url', 'request_uri', 'target'])
  AND hasAny(keys, ['status', 'status_code', 'statusCode', 'code']))`;
