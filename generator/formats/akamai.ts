import type { Exchange } from '../exchange.ts';
import { quote } from '../json-text.ts';
import { isoTime, millisecondsText } from '../time-text.ts';

export const id = 'akamai';
export const json = true;

const NOT_PRINTABLE = /[^!-~]/g;

/** One record of a delivery stream: all values are text, and absent ones a hyphen. */
export function write(exchange: Exchange): string {
  const { requestHeaders, tls, status, target } = exchange;
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const query = mark === -1 ? '' : target.slice(mark + 1);
  const time = millisecondsText(exchange.startedAt);
  const denied = deniedBy(exchange);
  let line = `{"version":"2","cp":"123456","reqId":"${exchange.requestId.slice(0, 8)}","reqTimeSec":"${time.slice(0, -3)}.${time.slice(-3)}","bytes":"${exchange.responseBodyBytes}","cliIP":"${exchange.clientAddress}","statusCode":"${status}","proto":"${exchange.scheme.toUpperCase()}","reqHost":"${exchange.host}","reqMethod":"${exchange.method}","reqPath":${encoded(path.slice(1))},"reqPort":"${tls === undefined ? 80 : 443}"`;
  line += `,"UA":${encoded(requestHeaders['user-agent'])},"tlsVersion":"${tls?.version ?? '-'}","totalBytes":"${exchange.responseBytes}","queryStr":${encoded(query)},"cookie":${encoded(requestHeaders.cookie)},"referer":${encoded(requestHeaders.referer)}`;
  line += `,"reqEndTimeMSec":"0","errorCode":"${denied === undefined ? '-' : 'ERR_ACCESS_DENIED|fwd_acl'}","turnAroundTimeMSec":"${exchange.latencyMs}","transferTimeMSec":"0","cacheStatus":"0"`;
  return `${line},"securityRules":"shop_1234|3900000|${denied ?? ''}"}`;
}

/** Without the first slash, a path with two looks like one whose slash was written. */
export function holds({ target }: Exchange): boolean {
  return !target.startsWith('//');
}

/** The rule that denied a call; the edge names none for what the origin answered. */
function deniedBy({ answeredBy }: Exchange): string | undefined {
  return answeredBy === 'gateway' ? '3990001' : undefined;
}

/** What is no printable ASCII becomes `%hh`, byte by byte. */
function encoded(text: string | undefined): string {
  if (text === undefined || text === '') return '"-"';
  const bytes = Buffer.from(text).toString('latin1');
  return quote(
    bytes.replaceAll(NOT_PRINTABLE, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`),
  );
}

/** Neither callers nor services, the size of no request, and of who answered only that the edge did. */
export function carried(exchange: Exchange): Record<string, unknown> {
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: exchange.host,
    scheme: exchange.scheme,
    latencyMs: exchange.latencyMs,
    responseBytes: exchange.responseBytes,
    clientAddress: exchange.clientAddress,
    credentialSeen: exchange.requestHeaders.cookie !== undefined,
    answeredBy: exchange.answeredBy === 'gateway' ? 'gateway' : '',
  };
}
