export interface Row {
  readonly name: string;
  readonly value: string;
  readonly goal: string;
  readonly met: string;
}

export interface Comparison {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** A Markdown table that is aligned as text too. */
export function markdownTable({ title, rows }: Comparison): string {
  const header: Row = { name: 'what', value: 'median', goal: 'goal', met: 'met' };
  const keys = ['name', 'value', 'goal', 'met'] as const;
  const widths = keys.map((key) => Math.max(...[header, ...rows].map((row) => row[key].length)));
  const line = (row: Row) =>
    `| ${keys.map((key, index) => row[key].padEnd(widths[index] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return `## ${title}\n\n${[line(header), rule, ...rows.map(line)].join('\n')}\n`;
}
