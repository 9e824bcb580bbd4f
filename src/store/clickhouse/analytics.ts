import type { LineSource } from './segment-select.ts';

/** Values of `{name:Type}` placeholders. */
export type Parameters = Readonly<Record<string, string | number | readonly string[]>>;

/** A statement that parses one format takes about 12 KB; ClickHouse's own limit is 256 KiB. */
export const MAX_STATEMENT_BYTES = 4 * 1024 * 1024;

/**
 * A server refuses a parameter of 128 KiB or more, and one limit holds for both adapters:
 * what could be longer is sent in parts.
 */
export const MAX_PARAMETER_BYTES = 64 * 1024;

/**
 * The traffic store's port: ClickHouse SQL, on an embedded engine or on a server.
 * Settings stand in each statement's SETTINGS clause, never in SET, which would leak into later calls.
 */
export interface Analytics {
  readonly kind: 'chdb' | 'clickhouse';
  /** Rows of a SELECT; 64-bit integers arrive as decimal strings. Throws StanceError STORE_FAILED. */
  query<Row>(sql: string, parameters?: Parameters): Promise<Row[]>;
  /** A statement without result. Throws StanceError STORE_FAILED. */
  command(sql: string, parameters?: Parameters): Promise<void>;
  /** An INSERT that reads the lines of a spool file: `statement` is given the place to read them from. */
  insertSegment(
    path: string,
    statement: (source: LineSource) => string,
    parameters?: Parameters,
  ): Promise<void>;
  close(): Promise<void>;
}
