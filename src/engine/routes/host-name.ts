/** Names that every machine has for itself; in a description they stand for wherever it is tried out. */
const LOCAL = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|host\.docker\.internal)$/;

/** Lower case, without the dot of the root and the ports that schemes imply. */
export function plainHost(host: string): string {
  return host.toLowerCase().replace(/\.?(:(80|443))?$/, '');
}

export function withoutPort(host: string): string {
  return /^([^:]*|\[.*\]):[0-9*]+$/.exec(host)?.[1] ?? host;
}

export function isLocalHost(host: string): boolean {
  return LOCAL.test(withoutPort(host));
}

/** How much of a host a pattern fixes; undefined when it is another host. `*` stands for any characters. */
export type HostPattern = (host: string) => number | undefined;

/** A pattern without port fits any port: `api.example.com` is `api.example.com:8443` too. */
export function hostPattern(pattern: string): HostPattern {
  const parts = plainHost(pattern.trim()).split('*');
  const isExact = parts.length === 1;
  const strength = isExact ? Number.POSITIVE_INFINITY : parts.join('').length;
  const fits = (host: string) => (isExact ? host === parts[0] : holdsParts(parts, host));
  return (host) => {
    if (host === '') return undefined;
    return fits(host) || fits(withoutPort(host)) ? strength : undefined;
  };
}

function holdsParts(parts: readonly string[], text: string): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  return text.length - last.length >= position;
}
