/**
 * ClickHouse expression: an address without port or brackets, and an IPv4 address mapped into IPv6 as itself:
 * `1.2.3.4:99`, `[::1]:99`, `::ffff:1.2.3.4`. Other text loses nothing else.
 */
export function withoutPort(address: string): string {
  const bare = `multiIf(startsWith(${address}, '['), substring(${address}, 2, greatest(position(${address}, ']') - 2, 0)),
    countSubstrings(${address}, ':') = 1, splitByChar(':', ${address})[1], ${address})`;
  return `if(position(${address}, ':') = 0, ${address}, replaceRegexpOne(${bare}, '^::(?i:ffff):([0-9.]+)$', '\\\\1'))`;
}

/** Stored numbers of the client classes. */
export const CLIENT_CLASS = { unknown: 0, public: 1, private: 2 } as const;

/**
 * ClickHouse expression for the class of an address without port: private for RFC 1918, RFC 6598, RFC 4193,
 * loopback and link-local; unknown when it is not an address, or the unspecified one.
 */
export function clientClass(address: string): string {
  const number = `toUInt32(toIPv4OrDefault(${address}))`;
  const isPrivateV4 = `(bitShiftRight(${number}, 24) IN (10, 127) OR bitShiftRight(${number}, 20) = 0xAC1
    OR bitShiftRight(${number}, 16) IN (0xC0A8, 0xA9FE) OR bitShiftRight(${number}, 22) = 401)`;
  const isPrivateV6 = `(${address} = '::1' OR match(${address}, '^(?i:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):'))`;
  const classV6 = `multiIf(NOT isIPv6String(${address}) OR ${address} = '::', ${CLIENT_CLASS.unknown},
    ${isPrivateV6}, ${CLIENT_CLASS.private}, ${CLIENT_CLASS.public})`;
  return `toUInt8(multiIf(position(${address}, ':') > 0, ${classV6}, ${number} = 0, ${CLIENT_CLASS.unknown},
    ${isPrivateV4}, ${CLIENT_CLASS.private}, ${CLIENT_CLASS.public}))`;
}
