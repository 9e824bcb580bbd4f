/** A ClickHouse string literal: whatever the text holds, it stays text. */
export function sqlText(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}
