import type { Headers } from './exchange.ts';

/** Headers as Go's HTTP server holds them: canonical names, and the host beside them rather than among them. */
export function goHeaders(headers: Headers): Headers {
  const others = Object.entries(headers).filter(([name]) => name !== 'host');
  return Object.fromEntries(others.map(([name, value]) => [canonicalName(name), value]));
}

function canonicalName(name: string): string {
  return name.replaceAll(/(^|-)[a-z]/g, (initial) => initial.toUpperCase());
}
