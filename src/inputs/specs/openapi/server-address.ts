import type { SpecServer } from '../../../model/spec.ts';
import { quoted } from './spec-problems.ts';

/** A longer server URL is left out. */
export const MAX_URL_LENGTH = 2048;

/** A WebSocket starts as an HTTP request. */
const SCHEMES = new Map([
  ['http', 'http'],
  ['https', 'https'],
  ['ws', 'http'],
  ['wss', 'https'],
]);
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const BARE_HOST =
  /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|(?:[a-z0-9-]{1,63}\.){1,20}[a-z]{2,63})(?::\d{1,5})?(?:[/?#]|$)/i;
const RELATIVE_HOST = 'document.invalid';

/** Reads a server URL without variables; undefined when it names no HTTP server. Each flaw is noted. */
export function readServerAddress(url: string, note: (flaw: string) => void): SpecServer | undefined {
  if (url.length > MAX_URL_LENGTH) {
    note(`A server URL has ${url.length} characters; at most ${MAX_URL_LENGTH} are read`);
    return undefined;
  }
  const address = url.trim();
  if (BARE_HOST.test(address)) {
    note(`The server ${quoted(url)} has no scheme; it is read as a host`);
    return parseAddress(`//${address}`, note);
  }
  return parseAddress(address, note);
}

/** The scheme as Stance writes it: `https` or `http`; undefined for anything that is not HTTP. */
export function httpScheme(scheme: string): string | undefined {
  return SCHEMES.get(scheme.trim().toLowerCase());
}

function parseAddress(address: string, note: (flaw: string) => void): SpecServer | undefined {
  const written = SCHEME.exec(address)?.[1];
  const scheme = written === undefined ? '' : httpScheme(written);
  if (scheme === undefined) {
    note(`The server ${quoted(address)} is not HTTP; it is left out`);
    return undefined;
  }
  const url = URL.parse(address, `http://${RELATIVE_HOST}/`);
  if (url === null) {
    note(`The server ${quoted(address)} is not a URL; it is left out`);
    return undefined;
  }
  if (url.search !== '' || url.hash !== '') {
    note(`The server ${quoted(address)} has a query or fragment, which does not count`);
  }
  const host = scheme === '' && url.host === RELATIVE_HOST ? '' : url.host;
  return { host, basePath: withoutTrailingSlashes(url.pathname), scheme };
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') {
    end -= 1;
  }
  return path.slice(0, end);
}
