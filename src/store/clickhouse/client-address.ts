/** ClickHouse expression: an address without port or brackets: `1.2.3.4:99`, `[::1]:99`, `::1` all lose nothing else. */
export function withoutPort(address: string): string {
  return `multiIf(startsWith(${address}, '['), substring(${address}, 2, position(${address}, ']') - 2),
    countSubstrings(${address}, ':') = 1, splitByChar(':', ${address})[1], ${address})`;
}

/** Stored numbers of the client classes. */
export const CLIENT_CLASS = { unknown: 0, public: 1, private: 2 } as const;

/**
 * ClickHouse expression for the class of an address without port: private for RFC 1918, RFC 6598, RFC 4193,
 * loopback and link-local; unknown when it is not an address.
 */
export function clientClass(address: string): string {
  const number = `toUInt32(toIPv4OrDefault(${address}))`;
  const isPrivateV4 = `(bitShiftRight(${number}, 24) IN (10, 127) OR bitShiftRight(${number}, 20) = 0xAC1
    OR bitShiftRight(${number}, 16) IN (0xC0A8, 0xA9FE) OR bitShiftRight(${number}, 22) = 401)`;
  const isPrivateV6 = `(${address} = '::1' OR match(lower(${address}), '^(f[cd]|fe[89ab])'))`;
  return `toUInt8(multiIf(position(${address}, ':') > 0, if(NOT isIPv6String(${address}), ${CLIENT_CLASS.unknown},
      if(${isPrivateV6}, ${CLIENT_CLASS.private}, ${CLIENT_CLASS.public})),
    ${number} = 0, ${CLIENT_CLASS.unknown},
    ${isPrivateV4}, ${CLIENT_CLASS.private}, ${CLIENT_CLASS.public}))`;
}
