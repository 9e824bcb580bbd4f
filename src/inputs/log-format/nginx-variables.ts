import type { LogField } from './log-token.ts';

const IGNORED_WORD: LogField = { meaning: 'ignored', shape: 'word' };
const IGNORED_NUMBER: LogField = { meaning: 'ignored', shape: 'number' };

/** Variables of nginx, ingress-nginx and NGINX Plus that say something Stance uses, or whose shape helps to split. */
const VARIABLES: ReadonlyMap<string, LogField> = new Map<string, LogField>(
  Object.entries({
    time_local: { meaning: 'time', shape: 'text', time: { kind: 'clf' } },
    time_iso8601: { meaning: 'time', shape: 'word', time: { kind: 'iso' } },
    msec: { meaning: 'time', shape: 'number', time: { kind: 'epoch', unit: 's', clock: 'begin' } },
    request: { meaning: 'requestLine', shape: 'text' },
    request_method: { meaning: 'method', shape: 'word' },
    request_uri: { meaning: 'target', shape: 'target' },
    uri: { meaning: 'path', shape: 'path' },
    document_uri: { meaning: 'path', shape: 'path' },
    is_args: { meaning: 'queryMark', shape: 'word' },
    args: { meaning: 'query', shape: 'query' },
    query_string: { meaning: 'query', shape: 'query' },
    status: { meaning: 'status', shape: 'digits' },
    request_time: { meaning: 'latency', shape: 'number', unitMs: 1000 },
    upstream_response_time: { meaning: 'upstreamLatency', shape: 'list' },
    upstream_status: { meaning: 'upstreamStatus', shape: 'list' },
    upstream_addr: { meaning: 'upstreamAddress', shape: 'list' },
    // Whole messages where the log has them, as other gateways count.
    bytes_sent: { meaning: 'responseBytes', shape: 'digits', rank: 0 },
    body_bytes_sent: { meaning: 'responseBytes', shape: 'digits', rank: 1 },
    request_length: { meaning: 'requestBytes', shape: 'digits' },
    proxy_protocol_addr: { meaning: 'client', shape: 'word', rank: 0 },
    the_real_ip: { meaning: 'client', shape: 'word', rank: 1 },
    remote_addr: { meaning: 'client', shape: 'word', rank: 2 },
    realip_remote_addr: { meaning: 'client', shape: 'word', rank: 3 },
    http_x_forwarded_for: { meaning: 'forwardedFor', shape: 'list', rank: 0 },
    proxy_add_x_forwarded_for: { meaning: 'forwardedFor', shape: 'list', rank: 1 },
    remote_user: { meaning: 'user', shape: 'text', rank: 0 },
    jwt_claim_sub: { meaning: 'user', shape: 'text', rank: 1 },
    http_host: { meaning: 'host', shape: 'host', rank: 0 },
    host: { meaning: 'host', shape: 'host', rank: 1 },
    ssl_server_name: { meaning: 'host', shape: 'host', rank: 2 },
    server_name: { meaning: 'host', shape: 'host', rank: 3 },
    service_name: { meaning: 'service', shape: 'word', rank: 0 },
    proxy_upstream_name: { meaning: 'service', shape: 'word', rank: 1 },
    scheme: { meaning: 'scheme', shape: 'letters' },
    https: { meaning: 'https', shape: 'letters' },
    ssl_protocol: { meaning: 'tlsProtocol', shape: 'word' },
    ssl_client_verify: { meaning: 'clientVerify', shape: 'text' },
    http_x_forwarded_proto: { meaning: 'forwardedProto', shape: 'word' },
    server_protocol: IGNORED_WORD,
    server_addr: IGNORED_WORD,
    request_id: IGNORED_WORD,
    req_id: IGNORED_WORD,
    pipe: IGNORED_WORD,
    ssl_cipher: IGNORED_WORD,
    proxy_alternative_upstream_name: IGNORED_WORD,
    namespace: IGNORED_WORD,
    ingress_name: IGNORED_WORD,
    upstream_cache_status: IGNORED_WORD,
    hostname: IGNORED_WORD,
    connection: IGNORED_NUMBER,
    connection_requests: IGNORED_NUMBER,
    remote_port: IGNORED_NUMBER,
    server_port: IGNORED_NUMBER,
    service_port: IGNORED_WORD,
    gzip_ratio: IGNORED_NUMBER,
    content_length: IGNORED_NUMBER,
  }),
);

/** What a variable says; one we do not know is read past. */
export function nginxVariable(name: string): LogField {
  const shape = name.startsWith('upstream_') ? 'list' : 'text';
  return VARIABLES.get(name) ?? headerVariable(name) ?? { meaning: 'ignored', shape };
}

function headerVariable(name: string): LogField | undefined {
  const [, kind, rest] = /^(http|sent_http|upstream_http|cookie)_(.+)$/.exec(name) ?? [];
  if (rest === undefined) return undefined;
  const header = rest.replaceAll('_', '-');
  if (kind === 'cookie') return { meaning: 'requestHeader', shape: 'text', name: 'cookie', rank: 1 };
  if (kind === 'http') return { meaning: 'requestHeader', shape: 'text', name: header, rank: 0 };
  return { meaning: 'responseHeader', shape: 'text', name: header, rank: kind === 'sent_http' ? 0 : 1 };
}
