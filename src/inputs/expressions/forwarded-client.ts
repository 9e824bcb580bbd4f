const PRIVATE =
  '^(10\\\\.|127\\\\.|192\\\\.168\\\\.|169\\\\.254\\\\.|172\\\\.(1[6-9]|2[0-9]|3[01])\\\\.|100\\\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\\\.|\\\\[?(::1(\\\\]|$)|[Ff][CcDd][0-9A-Fa-f]{2}:|[Ff][Ee][89ABab][0-9A-Fa-f]:))';
const V4 = '[0-9]{1,3}(\\\\.[0-9]{1,3}){3}(:[0-9]{1,5})?';
const V6 = '\\\\[?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*(\\\\](:[0-9]{1,5})?)?';

/**
 * The address of the client: that of the peer, or behind a proxy on a private address the nearest public one
 * of `X-Forwarded-For`. What a client writes into that header stands further left and is not believed.
 */
export function nearestPublicAddress(peer: string, forwardedFor: string): string {
  const addresses = `splitByRegexp(', *', ${forwardedFor})`;
  return `multiIf(${forwardedFor} IN ('', '-') OR (${peer} != '' AND NOT match(${peer}, '${PRIVATE}')), ${peer},
    coalesce(nullIf(arrayLast(a -> match(a, '^(${V4}|${V6})$') AND NOT match(a, '${PRIVATE}'), ${addresses}), ''),
      nullIf(${peer}, ''), ${addresses}[-1]))`;
}

/** Whether a text is nothing but addresses, as in `X-Forwarded-For`. */
export function isAddressList(text: string): string {
  return `match(${text}, '^(${V4}|${V6})(, ?(${V4}|${V6}))*$')`;
}
