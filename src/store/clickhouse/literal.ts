/** A ClickHouse string literal; for places where the engine takes no parameter (paths, tokens in SETTINGS). */
export function literal(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}
