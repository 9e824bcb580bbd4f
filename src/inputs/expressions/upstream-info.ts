/** A value of nginx for each upstream it tried: `502, 200`, or `502 : 200` after an internal redirect. */
const TRIES = '[^ ,]+(?:(?:, | : )[^ ,]+)*';

/**
 * RE2, in a ClickHouse literal: what ingress-nginx writes after the user agent. Groups: length and seconds of the
 * request, upstream, address, length, seconds and status of the tries. The id at the end is the caller's where he
 * sends one; it holds no quote, since nginx escapes them.
 */
export const UPSTREAM_INFO = `^ ([0-9]+|-) ([0-9.]+|-) \\\\[([^\\\\] ]*)\\\\](?: \\\\[[^\\\\] ]*\\\\])? (${TRIES}) (${TRIES}) (${TRIES}) (${TRIES})(?: .*)?$`;

/** Whether a line ends so. */
export const HAS_UPSTREAM_INFO = `match(line, '"${UPSTREAM_INFO.slice(1).replace('(?: .*)?$', '(?: [^"]*)?$')}')`;
