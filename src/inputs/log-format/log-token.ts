/** What a field of a log line says; `ignored` is read past. */
export type Meaning =
  | 'ignored'
  | 'time'
  | 'requestLine'
  | 'method'
  | 'target'
  | 'path'
  | 'query'
  | 'queryMark'
  | 'status'
  | 'latency'
  | 'upstreamLatency'
  | 'requestBytes'
  | 'responseBytes'
  | 'client'
  | 'forwardedFor'
  | 'user'
  | 'host'
  | 'service'
  | 'scheme'
  | 'tlsProtocol'
  | 'https'
  | 'forwardedProto'
  | 'clientVerify'
  | 'requestHeader'
  | 'responseHeader'
  | 'upstreamStatus'
  | 'upstreamAddress'
  | 'clientCertificate'
  | 'serverName'
  | 'envoyFlags'
  | 'envoyDetails'
  | 'envoyServiceTime'
  | 'envoyUpstream'
  | 'envoyUpstreamLocal'
  | 'envoyCluster';

/**
 * What the text of a field can hold: `word` no blanks, `name` neither blanks nor quotes, `text` anything, `list` words
 * with `, ` or ` : ` between.
 */
export type Shape =
  | 'word'
  | 'name'
  | 'text'
  | 'list'
  | 'number'
  | 'digits'
  | 'letters'
  | 'host'
  | 'target'
  | 'path'
  | 'query'
  | 'markedQuery';

export interface LogField {
  readonly meaning: Meaning;
  readonly shape: Shape;
  /** Of several fields with one meaning, the one with the smallest rank speaks first. */
  readonly rank?: number;
  /** Header name in lower case. */
  readonly name?: string;
  /** Milliseconds in one unit of a `latency`. */
  readonly unitMs?: number;
  readonly time?: TimePart;
}

/** How a time is written; several parts of the same clock make one time. */
export type TimePart =
  | { readonly kind: 'clf' }
  | { readonly kind: 'iso' }
  | { readonly kind: 'epoch'; readonly unit: 's' | 'ms' | 'us'; readonly clock: Clock }
  | { readonly kind: 'fraction'; readonly digits: number; readonly clock: Clock }
  | { readonly kind: 'strftime'; readonly form: StrftimeForm; readonly clock: Clock };

/** Apache takes the time at the beginning of a request, or with `end:` when the line is written. */
export type Clock = 'begin' | 'end';

export interface StrftimeForm {
  /** Pattern for ClickHouse's parseDateTime. */
  readonly format: string;
  /** RE2 for what it writes. */
  readonly pattern: string;
  /** The strftime letters in it. */
  readonly letters: string;
}

/** A log format in its order: literal text, and fields with where they stand in the text given. */
export type LogToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly field: LogField; readonly offset: number };

/** Whether a character stands for itself, and where it stood in the text given. */
export interface FormatCharacter {
  readonly character: string;
  readonly offset: number;
}
