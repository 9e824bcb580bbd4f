import { maskedText } from '../model/masked-text.ts';

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
  if (name === 'host') return String(value).replace(/^.*@/, '');
  if (PLAIN.has(name)) return value;
  if (name === 'bodies') return `(${String(value).length} characters)`;
  if (typeof value === 'string') return maskedText(value);
  const headers = Object.entries(value as Record<string, unknown>).slice(0, MAX_HEADERS);
  return Object.fromEntries(
    headers.map(([header, text]) => [
      isPlainName(header) ? header : maskedText(header),
      maskedText(String(text)),
    ]),
  );
}

/** Names of headers as products send them; what else stands there a caller thought of. */
function isPlainName(header: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(header);
}
