import type { LogField } from './log-token.ts';

const IGNORED_TEXT: LogField = { meaning: 'ignored', shape: 'text' };
const IGNORED_NAME: LogField = { meaning: 'ignored', shape: 'name' };
const IGNORED_NUMBER: LogField = { meaning: 'ignored', shape: 'number' };

/** Operators that say something Stance uses, or whose shape helps to split. */
const OPERATORS: ReadonlyMap<string, LogField> = new Map<string, LogField>(
  Object.entries({
    PROTOCOL: IGNORED_NAME,
    RESPONSE_CODE: { meaning: 'status', shape: 'digits' },
    RESPONSE_FLAGS: { meaning: 'envoyFlags', shape: 'name' },
    RESPONSE_CODE_DETAILS: { meaning: 'envoyDetails', shape: 'name' },
    // Whole messages where the log has them, as other gateways count.
    DOWNSTREAM_WIRE_BYTES_RECEIVED: { meaning: 'requestBytes', shape: 'digits', rank: 0 },
    BYTES_RECEIVED: { meaning: 'requestBytes', shape: 'digits', rank: 1 },
    DOWNSTREAM_WIRE_BYTES_SENT: { meaning: 'responseBytes', shape: 'digits', rank: 0 },
    BYTES_SENT: { meaning: 'responseBytes', shape: 'digits', rank: 1 },
    DURATION: { meaning: 'latency', shape: 'number', unitMs: 1 },
    UPSTREAM_HOST: { meaning: 'envoyUpstream', shape: 'name', rank: 0 },
    UPSTREAM_REMOTE_ADDRESS: { meaning: 'envoyUpstream', shape: 'name', rank: 1 },
    UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT: { meaning: 'envoyUpstream', shape: 'name', rank: 2 },
    UPSTREAM_CLUSTER: { meaning: 'envoyCluster', shape: 'name', rank: 1 },
    UPSTREAM_CLUSTER_RAW: { meaning: 'envoyCluster', shape: 'name', rank: 0 },
    UPSTREAM_LOCAL_ADDRESS: { meaning: 'envoyUpstreamLocal', shape: 'name', rank: 0 },
    UPSTREAM_LOCAL_ADDRESS_WITHOUT_PORT: { meaning: 'envoyUpstreamLocal', shape: 'name', rank: 1 },
    DOWNSTREAM_REMOTE_ADDRESS: { meaning: 'client', shape: 'name', rank: 0 },
    DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT: { meaning: 'client', shape: 'name', rank: 1 },
    DOWNSTREAM_DIRECT_REMOTE_ADDRESS: { meaning: 'client', shape: 'name', rank: 2 },
    DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT: { meaning: 'client', shape: 'name', rank: 3 },
    DOWNSTREAM_LOCAL_ADDRESS: IGNORED_NAME,
    DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT: IGNORED_NAME,
    DOWNSTREAM_TLS_VERSION: { meaning: 'tlsProtocol', shape: 'name' },
    DOWNSTREAM_TLS_CIPHER: IGNORED_NAME,
    REQUESTED_SERVER_NAME: { meaning: 'serverName', shape: 'name' },
    DOWNSTREAM_PEER_URI_SAN: { meaning: 'clientCertificate', shape: 'text', rank: 0 },
    DOWNSTREAM_PEER_DNS_SAN: { meaning: 'clientCertificate', shape: 'text', rank: 1 },
    DOWNSTREAM_PEER_SUBJECT: { meaning: 'clientCertificate', shape: 'text', rank: 2 },
    REQUEST_HEADERS_BYTES: IGNORED_NUMBER,
    RESPONSE_HEADERS_BYTES: IGNORED_NUMBER,
    REQUEST_DURATION: IGNORED_NUMBER,
    REQUEST_TX_DURATION: IGNORED_NUMBER,
    RESPONSE_DURATION: IGNORED_NUMBER,
    RESPONSE_TX_DURATION: IGNORED_NUMBER,
    UPSTREAM_REQUEST_ATTEMPT_COUNT: IGNORED_NUMBER,
    CONNECTION_ID: IGNORED_NUMBER,
    STREAM_ID: IGNORED_NAME,
    HOSTNAME: IGNORED_NAME,
  }),
);

/** Envoy refuses targets with blanks. */
const TARGET: LogField = { meaning: 'target', shape: 'word', rank: 0 };

const REQUEST_HEADERS: ReadonlyMap<string, LogField> = new Map<string, LogField>(
  Object.entries({
    ':method': { meaning: 'method', shape: 'name' },
    ':path': TARGET,
    'x-envoy-original-path': TARGET,
    ':authority': { meaning: 'host', shape: 'name', rank: 0 },
    host: { meaning: 'host', shape: 'name', rank: 1 },
    ':scheme': { meaning: 'scheme', shape: 'letters' },
    'x-forwarded-for': { meaning: 'forwardedFor', shape: 'list' },
    'x-forwarded-proto': { meaning: 'forwardedProto', shape: 'name' },
  }),
);

const RESPONSE_HEADERS: ReadonlyMap<string, LogField> = new Map<string, LogField>(
  Object.entries({
    ':status': { meaning: 'ignored', shape: 'digits' },
    'x-envoy-upstream-service-time': { meaning: 'envoyServiceTime', shape: 'number' },
  }),
);

/** Operators that are nothing without what stands in (). */
const NEEDS_ARGUMENT = ['REQ', 'RESP', 'TRAILER', 'REQ_WITHOUT_QUERY'];

/** What an operator says, or why it cannot be compiled; one we do not know is read past. */
export function envoyOperator(
  name: string,
  argument: string | undefined,
): LogField | { readonly problem: string } {
  if (NEEDS_ARGUMENT.includes(name) && (argument ?? '').trim() === '')
    return { problem: `%${name}% needs the name of a header in ().` };
  if (name === 'REQ') return requestHeader(argument ?? '');
  if (name === 'RESP') return responseHeader(argument ?? '');
  if (name === 'REQ_WITHOUT_QUERY') return isPath(argument ?? '') ? { ...TARGET, rank: 2 } : IGNORED_TEXT;
  if (name === 'PATH') return { ...TARGET, rank: 1 };
  return OPERATORS.get(name) ?? IGNORED_TEXT;
}

/** `A?B` is the header A, or B where there is no A. */
function headersOf(argument: string): readonly string[] {
  return argument
    .toLowerCase()
    .split('?')
    .map((header) => header.trim());
}

function isPath(argument: string): boolean {
  return headersOf(argument).some((header) => REQUEST_HEADERS.get(header)?.meaning === 'target');
}

/** Of two headers with names of their own, one cannot be told from the other. */
function requestHeader(argument: string): LogField {
  const [header = '', other] = headersOf(argument);
  const known = REQUEST_HEADERS.get(header) ?? (other === undefined ? undefined : REQUEST_HEADERS.get(other));
  if (known !== undefined) return known;
  if (other !== undefined || header.startsWith(':')) return IGNORED_TEXT;
  return { meaning: 'requestHeader', shape: 'text', name: header, rank: 0 };
}

function responseHeader(argument: string): LogField {
  const [header = '', other] = headersOf(argument);
  const known = RESPONSE_HEADERS.get(header);
  if (known !== undefined) return known;
  if (other !== undefined || header.startsWith(':')) return IGNORED_TEXT;
  return { meaning: 'responseHeader', shape: 'text', name: header, rank: 0 };
}
