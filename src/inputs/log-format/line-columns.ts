import type { ExchangeColumns } from '../../model/traffic-format.ts';
import { nearestPublicAddress } from '../expressions/forwarded-client.ts';
import type { CapturedField } from './line-pattern.ts';
import type { Meaning } from './log-token.ts';
import { sqlText } from './sql-text.ts';

type Fields = readonly CapturedField[];

/** Fields of one meaning, the best first. */
export function fieldsOf(fields: Fields, meaning: Meaning): Fields {
  return fields
    .filter(({ field }) => field.meaning === meaning)
    .sort((left, right) => (left.field.rank ?? 0) - (right.field.rank ?? 0));
}

/** What shows whether a call was encrypted. */
const SCHEME_MEANINGS = ['tlsProtocol', 'https', 'serverName', 'scheme', 'forwardedProto'] as const;

/** The first value that is there: servers write `-` or nothing for what is not. */
function firstGiven(fields: Fields, absent: readonly string[] = ['', '-']): string {
  const none = absent.map(sqlText).join(', ');
  if (fields.length === 0) return `''`;
  const values = fields.map(({ value }) => `if(${value} IN (${none}), NULL, ${value})`);
  return `coalesce(${[...values, `''`].join(', ')})`;
}

/** The columns that a format carries besides time, request and status; `code` is the alias of the status. */
export function lineColumns(fields: Fields): Partial<ExchangeColumns> {
  const of = (meaning: Meaning) => fieldsOf(fields, meaning);
  return {
    ...given('host', of('host'), (hosts) => firstGiven(hosts, ['', '-', '_'])),
    ...given('scheme', SCHEME_MEANINGS.flatMap(of), () => scheme(fields)),
    ...given('latencyMs', [...of('latency'), ...of('upstreamLatency')], () => latency(fields)),
    ...given('requestBytes', of('requestBytes'), bytes),
    ...given('responseBytes', of('responseBytes'), bytes),
    ...given('service', of('service'), firstGiven),
    // Apache writes an empty name as two quotes.
    ...given('consumer', [...of('user'), ...of('clientCertificate')], (callers) =>
      firstGiven(callers, ['', '-', '""']),
    ),
    ...given('clientAddress', [...of('client'), ...of('forwardedFor')], () => clientAddress(fields)),
    ...given('credentialSeen', [...of('clientVerify'), ...of('clientCertificate')], () =>
      certificate(fields),
    ),
    ...headers('request', of('requestHeader')),
    ...headers('response', of('responseHeader')),
    ...given('answeredBy', [...of('upstreamStatus'), ...of('upstreamAddress')], () => answeredBy(fields)),
  };
}

/** The name in a certificate proves nothing where the server says that it did not verify it. */
function certificate(fields: Fields): string {
  const [verify] = fieldsOf(fields, 'clientVerify');
  if (verify !== undefined) return `toUInt8(${verify.value} = 'SUCCESS')`;
  return `toUInt8(${firstGiven(fieldsOf(fields, 'clientCertificate'))} != '')`;
}

function given(
  column: keyof ExchangeColumns,
  fields: Fields,
  expression: (fields: Fields) => string,
): Partial<ExchangeColumns> {
  return fields.length === 0 ? {} : { [column]: expression(fields) };
}

/** The target as on the request line: a path that the server decoded is written so that it decodes to itself. */
export function targetText(fields: Fields): string | undefined {
  const [target] = fieldsOf(fields, 'target');
  if (target !== undefined) return target.value;
  const [path] = fieldsOf(fields, 'path');
  if (path === undefined) return undefined;
  const encoded = `replaceAll(replaceAll(replaceAll(${path.value}, '%', '%25'), '?', '%3F'), '#', '%23')`;
  const query = `trim(LEADING '?' FROM ${firstGiven(fieldsOf(fields, 'query'))})`;
  return `concat(${encoded}, if(${query} = '', '', concat('?', ${query})))`;
}

/** TLS that the server itself saw is certain; behind a proxy the header that it adds says what the client saw. */
function scheme(fields: Fields): string {
  const [tls, https, serverName, own, forwarded] = SCHEME_MEANINGS.map(
    (meaning) => fieldsOf(fields, meaning)[0]?.value,
  );
  const arms = [
    ...(tls === undefined ? [] : [`${tls} NOT IN ('', '-'), 'https'`]),
    ...(https === undefined ? [] : [`lower(${https}) = 'on', 'https'`]),
    // A server name is only asked for in a TLS handshake; without it nothing is known.
    ...(serverName === undefined ? [] : [`${serverName} NOT IN ('', '-'), 'https'`]),
    ...(own === undefined ? [] : [`lower(${own}) = 'https', 'https'`]),
    ...(forwarded === undefined ? [] : [`startsWith(lower(${forwarded}), 'https'), 'https'`]),
    ...(own === undefined ? [] : [`lower(${own}) = 'http', 'http'`]),
    ...(forwarded === undefined ? [] : [`startsWith(lower(${forwarded}), 'http'), 'http'`]),
    ...(tls === undefined && https === undefined ? [] : [`1, 'http'`]),
  ];
  return `multiIf(${arms.join(', ')}, '')`;
}

/** nginx writes one time per upstream it tried: `0.001, 0.120 : 0.004`. */
function latency(fields: Fields): string {
  const own = fieldsOf(fields, 'latency').map(
    ({ field, value }) => `round(toFloat64OrNull(${value}) * ${field.unitMs ?? 1}, 3)`,
  );
  const upstream = fieldsOf(fields, 'upstreamLatency').map(({ value }) => {
    const tries = `extractAll(${value}, '[0-9]+\\\\.[0-9]+')`;
    return `if(empty(${tries}), NULL, round(arraySum(t -> toFloat64(t), ${tries}) * 1000, 3))`;
  });
  return `coalesce(${[...own, ...upstream, "CAST(NULL, 'Nullable(Float64)')"].join(', ')})`;
}

function bytes(fields: Fields): string {
  const values = fields.map(({ value }) => `toUInt64OrNull(${value})`);
  return `coalesce(${values.join(', ')}, NULL)`;
}

function clientAddress(fields: Fields): string {
  const peer = firstGiven(fieldsOf(fields, 'client'), ['', '-', 'unix:']);
  const forwarded = fieldsOf(fields, 'forwardedFor');
  return forwarded.length === 0 ? peer : nearestPublicAddress(peer, firstGiven(forwarded));
}

/** Of the headers of a request or response, what the format logs: never all, so absence proves nothing. */
function headers(side: 'request' | 'response', fields: Fields): Partial<ExchangeColumns> {
  if (fields.length === 0) return {};
  const names = [...new Set(fields.map(({ field }) => field.name ?? ''))];
  const entries = names.map((name) => {
    const same = fields.filter(({ field }) => field.name === name);
    return `${sqlText(name)}, ${firstGiven(same)}`;
  });
  const map = `mapFilter((name, value) -> value != '', map(${entries.join(', ')}))`;
  return side === 'request'
    ? { requestHeaders: map, requestHeaderVisibility: `'some'` }
    : { responseHeaders: map, responseHeaderVisibility: `'some'` };
}

/**
 * Whether an upstream answered. A 400 of nginx itself is about the form of HTTP, which is no sign of the
 * gateway's rules, and its own 499 and 502 to 504 follow an attempt at an upstream.
 */
function answeredBy(fields: Fields): string {
  const [status] = fieldsOf(fields, 'upstreamStatus');
  if (status !== undefined)
    return `multiIf(${status.value} IN ('', '-'), if(code = 400, '', 'gateway'),
      toUInt16OrNull(extract(${status.value}, '([0-9]{3})$')) = code, 'upstream', '')`;
  const [address] = fieldsOf(fields, 'upstreamAddress');
  return `multiIf(${address?.value} IN ('', '-'), if(code = 400, '', 'gateway'), code IN (499, 502, 503, 504), '', 'upstream')`;
}
