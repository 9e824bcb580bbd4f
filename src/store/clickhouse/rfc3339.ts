/** ClickHouse expression: a DateTime64(3) as RFC 3339 in UTC; `%f` would give three or six digits, by version. */
export function rfc3339(time: string): string {
  return `concat(formatDateTime(${time}, '%FT%T', 'UTC'), '.',
    leftPad(toString(toUnixTimestamp64Milli(${time}) % 1000), 3, '0'), 'Z')`;
}
