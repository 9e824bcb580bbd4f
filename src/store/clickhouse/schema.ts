import { createHash } from 'node:crypto';
import type { Analytics } from './analytics.ts';
import { PASSING_TABLES, TABLES, type Table } from './tables.ts';
import { type View, views } from './views.ts';

/** How tables are laid out: one engine on this machine, or replicated shards behind Distributed tables. */
export type Layout = { readonly mode: 'local' } | { readonly mode: 'cluster'; readonly cluster: string };

/** Every MergeTree target of a view needs a window of its own; it must exceed the batches that may be replayed. */
const DEDUPLICATION_WINDOW = 10_000;
/** Replicated tables also forget by age, in newer servers after an hour: a spool may wait for a week. */
const DEDUPLICATION_SECONDS = 7 * 86_400;

/** Parts smaller than this are one file: 75 columns in files of their own took a fifth of the time of an insert. */
const WIDE_PART_BYTES = 256 * 1024 * 1024;

/** All statements that create the traffic store, each safe to run again. */
export function schemaStatements(layout: Layout = { mode: 'local' }): string[] {
  return [
    ...Object.entries(PASSING_TABLES).map(([name, columns]) => createPassing(name, columns, layout)),
    ...TABLES.flatMap((table) => createTable(table, layout)),
    ...views().map((view) => createView(view, layout)),
  ];
}

/** Names the tables and views of this version: a store made with others cannot take its statements. */
export function schemaFingerprint(): string {
  return createHash('sha256').update(schemaStatements().join('\n')).digest('hex');
}

/**
 * Creates what is missing of the traffic store. The embedded engine keeps the order of statements by itself and is
 * given all at once: it creates them while this process is busy opening the state. Throws STORE_FAILED.
 */
export async function createSchema(analytics: Analytics): Promise<void> {
  const statements = schemaStatements();
  if (analytics.kind === 'chdb') {
    await Promise.all(statements.map((statement) => analytics.command(statement)));
    return;
  }
  for (const statement of statements) await analytics.command(statement);
}

export const TRAFFIC_TABLES: readonly string[] = TABLES.map((table) => table.name);

export const onCluster = (layout: Layout) =>
  layout.mode === 'cluster' ? ` ON CLUSTER ${layout.cluster}` : '';
/** The table that holds the rows: on a cluster, `name` is the Distributed table in front of `name_local`. */
export const storedTable = (name: string, layout: Layout) =>
  layout.mode === 'cluster' ? `${name}_local` : name;

const columnList = (columns: readonly (readonly [string, string])[]) =>
  columns.map(([name, type]) => `${name} ${type}`).join(', ');

function createPassing(name: string, columns: Table['columns'], layout: Layout): string {
  return `CREATE TABLE IF NOT EXISTS ${name}${onCluster(layout)} (${columnList(columns)}) ENGINE = Null`;
}

function createTable(table: Table, layout: Layout): string[] {
  const partition = table.partitionBy === undefined ? '' : ` PARTITION BY ${table.partitionBy}`;
  const body = `(${columnList(table.columns)})`;
  const order = `${partition} ORDER BY ${table.orderBy}`;
  const engineArguments = table.engineArguments ?? '';
  if (layout.mode === 'local') {
    return [
      `CREATE TABLE IF NOT EXISTS ${table.name} ${body} ENGINE = ${table.engine}(${engineArguments})${order}
       SETTINGS non_replicated_deduplication_window = ${DEDUPLICATION_WINDOW}, min_bytes_for_wide_part = ${WIDE_PART_BYTES}`,
    ];
  }
  const stored = storedTable(table.name, layout);
  const replicated = [
    `'/clickhouse/tables/{shard}/stance/${table.name}'`,
    `'{replica}'`,
    engineArguments,
  ].filter(Boolean);
  return [
    `CREATE TABLE IF NOT EXISTS ${stored}${onCluster(layout)} ${body}
     ENGINE = Replicated${table.engine}(${replicated.join(', ')})${order}
     SETTINGS min_bytes_for_wide_part = ${WIDE_PART_BYTES}, replicated_deduplication_window = ${DEDUPLICATION_WINDOW},
       replicated_deduplication_window_seconds = ${DEDUPLICATION_SECONDS}`,
    `CREATE TABLE IF NOT EXISTS ${table.name}${onCluster(layout)} AS ${stored}
     ENGINE = Distributed(${layout.cluster}, currentDatabase(), ${stored}, sipHash64(${table.shardBy}))`,
  ];
}

function createView({ name, target, select }: View, layout: Layout): string {
  return `CREATE MATERIALIZED VIEW IF NOT EXISTS ${name}${onCluster(layout)} TO ${target} AS ${select}`;
}
