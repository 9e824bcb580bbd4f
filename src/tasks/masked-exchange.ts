/** Columns whose values come from a fixed vocabulary or are numbers, and the names of infrastructure. */
const PLAIN: ReadonlySet<string> = new Set([
  'startedAt',
  'method',
  'status',
  'host',
  'scheme',
  'latencyMs',
  'requestBytes',
  'responseBytes',
  'service',
  'credentialSeen',
  'requestHeaderVisibility',
  'responseHeaderVisibility',
  'answeredBy',
  'schemaValidated',
  'vantage',
]);
const MAX_TEXT = 200;
const MAX_HEADERS = 32;

/**
 * A canonical exchange to be shown: what callers and upstreams wrote keeps its form and loses its content (letters
 * x, digits 9), bodies only tell their length, and what the format does not carry is left out.
 */
export function maskedExchange(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown = Object.entries(row).filter(([name, value]) => name !== 'reason' && isThere(name, value));
  return Object.fromEntries(shown.map(([name, value]) => [name, maskedColumn(name, value)]));
}

function isThere(name: string, value: unknown): boolean {
  if (name.endsWith('Visibility')) return value !== 'none';
  if (value === null || value === '' || value === false) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function maskedColumn(name: string, value: unknown): unknown {
  if (PLAIN.has(name)) return value;
  if (name === 'bodies') return `(${String(value).length} characters)`;
  if (typeof value === 'string') return maskedText(value);
  const headers = Object.entries(value as Record<string, unknown>).slice(0, MAX_HEADERS);
  return Object.fromEntries(headers.map(([header, text]) => [header, maskedText(String(text))]));
}

function maskedText(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .replace(/[^\x20-\x7e]/g, '?')
    .replace(/[A-Za-z]/g, 'x')
    .replace(/[0-9]/g, '9');
}
