/** Scalars and keys that mean themselves without quotes. */
const PLAIN = /^[A-Za-z/][\w/{}.-]*$/;
const RESERVED = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** Block YAML of JSON-like data: the subset that a hand-written API description uses. */
export function yamlOf(document: object): string {
  return `${blockOf(document, '').replace(/^\n/, '')}\n`;
}

function blockOf(value: unknown, indent: string): string {
  if (Array.isArray(value)) return value.length === 0 ? ' []' : listOf(value, indent);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return entries.length === 0 ? ' {}' : mapOf(entries, indent);
  }
  return ` ${typeof value === 'string' ? scalar(value) : JSON.stringify(value)}`;
}

function mapOf(entries: readonly (readonly [string, unknown])[], indent: string): string {
  return entries.map(([key, value]) => `\n${indent}${scalar(key)}:${blockOf(value, `${indent}  `)}`).join('');
}

/** The first key of a map stands on the line of its dash. */
function listOf(items: readonly unknown[], indent: string): string {
  return items.map((item) => `\n${indent}-${blockOf(item, `${indent}  `).replace(/^\n\s+/, ' ')}`).join('');
}

function scalar(text: string): string {
  return PLAIN.test(text) && !RESERVED.test(text) ? text : JSON.stringify(text);
}
