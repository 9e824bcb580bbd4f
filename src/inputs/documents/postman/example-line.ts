import { quoted } from '../../records/json-text.ts';

/** A field of a document that came from outside: an object of unknown fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** A request with the response that was saved with it, if one was. */
export interface Example {
  readonly method: string;
  readonly target: string;
  readonly scheme: string;
  readonly host: string;
  /** A credential belongs to the request, though none of its headers shows it. */
  readonly isAuthorized: boolean;
  /** Whether the headers are those that were sent, or those that somebody wrote down. */
  readonly wasSent: boolean;
  readonly requestHeaders: ReadonlyMap<string, string>;
  readonly requestBody: string;
  readonly response: ExampleResponse | undefined;
}

export interface ExampleResponse {
  readonly status: unknown;
  /** When it was received, as far as anything but its own headers says so. */
  readonly receivedAt: string | undefined;
  readonly latencyMs: unknown;
  readonly bodyBytes: unknown;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Of a body this much is looked at: escaped in JSON, both bodies fit into the length of a line. */
const MAX_BODY_CHARACTERS = 64 * 1024;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** Written as text: objects would be made only to be written. */
export function exampleLine({ requestHeaders, requestBody, response, ...request }: Example): string {
  const parts = [
    `"method":${quoted(request.method)},"scheme":${quoted(request.scheme)},"host":${quoted(request.host)}`,
    `"target":${quoted(request.target)},"isAuthorized":${request.isAuthorized},"wasSent":${request.wasSent}`,
    `"isAnswered":${response !== undefined}${response === undefined ? '' : answerMembers(response)}}`,
    `"requestHeaders":${headersText(requestHeaders)}${bodyMember('requestBody', requestBody)}`,
    `"responseHeaders":${headersText(response?.headers ?? [])}${bodyMember('responseBody', response?.body ?? '')}`,
  ];
  return `{"postmanExample":{${parts.join(',')}}\n`;
}

function answerMembers(response: ExampleResponse): string {
  const startedAt = dateOf(response.headers) ?? response.receivedAt;
  return [
    startedAt === undefined ? '' : `,"startedAt":"${startedAt}"`,
    member('status', response.status),
    member('latencyMs', response.latencyMs),
    member('bodyBytes', response.bodyBytes),
  ].join('');
}

/** Whatever the document has there. */
function member(name: string, value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  // A lone surrogate would make the whole line no JSON.
  return `,"${name}":${text.replaceAll(/\\ud[89a-f][0-9a-f]{2}/g, '\\ufffd')}`;
}

function headersText(headers: Iterable<readonly [name: string, value: string]>): string {
  let members = '';
  for (const [name, value] of headers)
    members += `${members === '' ? '' : ','}${quoted(name)}:${quoted(value)}`;
  return `{${members}}`;
}

function bodyMember(name: string, body: string): string {
  return body === '' ? '' : `,"${name}":${quoted(body.slice(0, MAX_BODY_CHARACTERS))}`;
}

/** When the server made the answer: the only instant that saved responses usually carry. */
function dateOf(headers: ReadonlyMap<string, string>): string | undefined {
  const date = headers.get('date') ?? '';
  return HTTP_DATE.test(date) ? instantOf(Date.parse(date)) : undefined;
}

/** RFC 3339; undefined for what is no instant. */
export function instantOf(milliseconds: number): string | undefined {
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : undefined;
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function stringOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
