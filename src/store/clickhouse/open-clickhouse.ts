import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { StanceError } from '../../model/error.ts';
import { type Analytics, MAX_STATEMENT_BYTES, type Parameters } from './analytics.ts';
import type { LineSource } from './segment-select.ts';

/** The same bytes that a spool file holds, sent as the body of the request. */
const BODY_SOURCE: LineSource = {
  table: `input('line String')`,
  // `_row_number` does not exist on input(); in the innermost SELECT this is the same number.
  rowNumber: 'rowNumberInAllBlocks()',
};

/** A ClickHouse server or cluster over HTTP. Throws STORE_FAILED when a statement is refused. */
export async function openClickhouse(url: string): Promise<Analytics> {
  const client = createClient({
    url,
    request_timeout: 300_000,
    compression: { response: true },
    // It would write refused statements to the console, with their parameters and data.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 1,
      max_query_size: String(MAX_STATEMENT_BYTES),
    },
  });
  const ping = await client.ping();
  if (!ping.success) {
    await client.close();
    throw new StanceError('STORE_FAILED', `ClickHouse does not answer at ${new URL(url).host}.`, {
      cause: ping.error,
    });
  }
  return {
    kind: 'clickhouse',
    query: (sql, parameters) => selectRows(client, sql, parameters),
    command: async (sql, parameters) => {
      await run(() => client.command({ query: sql, ...bound(parameters) }));
    },
    insertSegment: (path, statement, parameters) =>
      insertFromBody(client, path, statement(BODY_SOURCE), parameters),
    close: () => client.close(),
  };
}

const bound = (parameters: Parameters | undefined) =>
  parameters === undefined ? {} : { query_params: parameters };

async function selectRows<Row>(
  client: ClickHouseClient,
  sql: string,
  parameters?: Parameters,
): Promise<Row[]> {
  return run(async () => {
    const result = await client.query({ query: sql, format: 'JSONEachRow', ...bound(parameters) });
    return result.json<Row>();
  });
}

async function insertFromBody(
  client: ClickHouseClient,
  path: string,
  sql: string,
  parameters?: Parameters,
): Promise<void> {
  await run(async () => {
    const result = await client.exec({
      query: INSERT,
      values: Readable.from(statementThenLines(sql, path)),
      ...bound(parameters),
    });
    for await (const _ of result.stream);
  });
}

/** Only the first word goes into the URL, where a server takes 128 KiB: the rest of a statement may follow in the body. */
const INSERT = 'INSERT';

async function* statementThenLines(sql: string, path: string): AsyncGenerator<Buffer> {
  yield Buffer.from(`${sql.replace(/^\s*INSERT\b/, '')}\nFORMAT LineAsString\n`);
  yield* createReadStream(path);
}

/** The server quotes data in its messages, so only the code goes further. */
async function run<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const code =
      typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
    throw new StanceError('STORE_FAILED', `ClickHouse refused a statement with code ${code}.`);
  }
}
