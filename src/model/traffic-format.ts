/** How much of a set of headers a source records: `some` means that absence proves nothing. */
export type HeaderVisibility = 'full' | 'some' | 'none';

/**
 * The canonical exchange columns; each format gives one ClickHouse expression for each column it carries,
 * over the aliases its `parse` expressions define. A column left out is unknown.
 */
export interface ExchangeColumns {
  /** `Nullable(DateTime64(3,'UTC'))`. */
  readonly startedAt: string;
  /** Upper or lower case. */
  readonly method: string;
  /** Origin form, absolute form or `*`, with the query: as on the request line. */
  readonly target: string;
  /** Nullable integer, 100-599. */
  readonly status: string;
  /** With or without port. */
  readonly host?: string;
  /** `https`, `http` or empty. */
  readonly scheme?: string;
  /** Nullable number, milliseconds. */
  readonly latencyMs?: string;
  /** Nullable integers, bytes. */
  readonly requestBytes?: string;
  readonly responseBytes?: string;
  /** The gateway's own name of the service. */
  readonly service?: string;
  /** Who called, as the gateway names it (hashed before it is kept); empty when not named. */
  readonly consumer?: string;
  /** Address text, with or without port. */
  readonly clientAddress?: string;
  /** `UInt8` 0/1: a credential is known to have been sent by other means than headers (client certificate). */
  readonly credentialSeen?: string;
  /** `Map(String, String)`, names in any case. */
  readonly requestHeaders?: string;
  readonly responseHeaders?: string;
  /** One of `full`, `some`, `none`, per record. */
  readonly requestHeaderVisibility?: string;
  readonly responseHeaderVisibility?: string;
  /** `gateway`, `upstream` or empty: who made the answer. */
  readonly answeredBy?: string;
  /** Nullable(Bool): the source says whether a schema was applied. */
  readonly schemaValidated?: string;
  /** Further text scanned for sensitive data (bodies), never kept. */
  readonly bodies?: string;
  /** Names the vantage point when one source speaks for several; defaults to the format's id. */
  readonly vantage?: string;
}

/** A worked case: lines as the vendor writes them, and the columns Stance must read from them. */
export interface TrafficExample {
  readonly name: string;
  readonly line: string;
  /** The reason for a line that is not an exchange; otherwise the exchange, in the canonical form. */
  readonly rejected?: string;
  readonly exchange?: Readonly<Record<string, unknown>>;
}

/** What a unit says of itself, each in a few words: `stance formats` and the reference print them. */
export interface FormatStatements {
  /** What a line of it is told by. */
  readonly signs: string;
  /** The layouts and versions it reads. */
  readonly layouts: string;
  /** How instants and durations are written. */
  readonly times: string;
  /** What the sizes count: whole messages, bodies, or nothing. */
  readonly sizes: string;
  /** What it takes for the caller's identity. */
  readonly consumer: string;
  /** How an answer of the gateway is told from one of the upstream. */
  readonly answeredBy: string;
  /** What shows whether the call was encrypted. */
  readonly transport: string;
}

/** A unit under `src/inputs/traffic/`: a log format that ClickHouse can read line by line. */
export interface TrafficFormat {
  /** Equal to the folder's name. */
  readonly id: string;
  readonly title: string;
  /** The vendor page or standard that the columns come from. */
  readonly reference: string;
  /** What it can say about headers at most. */
  readonly headers: { readonly request: HeaderVisibility; readonly response: HeaderVisibility };
  readonly states: FormatStatements;
  /**
   * ClickHouse predicate over `line` and `keys` (the top-level keys of a JSON object, else empty): does the line mean
   * to be of this format and can be of no other? No two formats claim a line.
   */
  readonly claims: string;
  /**
   * Over the aliases of `parse`: for lines that are accepted, at least as strict as `claims` and cheaper. Left out,
   * `claims` is asked, which takes about a microsecond for a JSON line.
   */
  readonly own?: string;
  /** Like `claims`: might the line be of this format, though it could be of another? Such lines ask for `--format`. */
  readonly possible?: string;
  /** Aliased expressions over `line`, each able to use those before it: `['JSONExtract(...)', 'r']`. */
  readonly parse: readonly (readonly [expression: string, alias: string])[];
  /** In order; the first that holds rejects the line. Only lines that fail `accepts` are asked. */
  readonly reasons: readonly (readonly [condition: string, reason: string])[];
  /** True for a readable line; must imply that `startedAt`, `method`, `target` and `status` are not NULL. */
  readonly accepts: string;
  readonly columns: ExchangeColumns;
}

/** What a format can tell of an exchange, as the overviews show it. */
export interface FormatFeatures {
  readonly requestHeaders: HeaderVisibility;
  readonly responseHeaders: HeaderVisibility;
  readonly bodies: boolean;
  readonly consumer: boolean;
  /** Whether the call was encrypted. */
  readonly transport: boolean;
  readonly answeredBy: boolean;
  readonly latency: boolean;
}

export function formatFeatures({ headers, columns }: TrafficFormat): FormatFeatures {
  return {
    requestHeaders: headers.request,
    responseHeaders: headers.response,
    bodies: columns.bodies !== undefined,
    consumer: columns.consumer !== undefined,
    transport: columns.scheme !== undefined,
    answeredBy: columns.answeredBy !== undefined,
    latency: columns.latencyMs !== undefined,
  };
}
