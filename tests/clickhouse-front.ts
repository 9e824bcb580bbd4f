import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Analytics } from '../src/store/clickhouse/analytics.ts';

/** A server's limits: of one field of the URL, and of the URL. */
const MAX_FIELD_BYTES = 131_072;
const MAX_URL_BYTES = 1_048_576;
/** Parts of the URL that are no settings. */
const NOT_SETTINGS = [
  'query',
  'query_id',
  'database',
  'session_id',
  'enable_http_compression',
  'wait_end_of_query',
];
const LINES_FORMAT = 'FORMAT LineAsString\n';

export interface ClickhouseFront {
  readonly url: string;
  close(): Promise<void>;
}

interface Statement {
  readonly sql: string;
  /** What follows the statement in the body. */
  readonly lines: Buffer | undefined;
  readonly parameters: readonly (readonly [name: string, text: string])[];
  readonly settings: readonly (readonly [name: string, value: string])[];
}

/**
 * Speaks ClickHouse's HTTP interface over an embedded engine, as far as the product uses it, so that the real
 * client runs against it. Not a server: there are no sessions, users or queries that can be killed, and
 * `input()` becomes `file()` over a spool file in `folder`. Statements run one after the other.
 */
export async function startClickhouseFront(engine: Analytics, folder: string): Promise<ClickhouseFront> {
  let last: Promise<void> = Promise.resolve();
  const server = createServer({ maxHeaderSize: 2 * MAX_URL_BYTES }, (request, response) => {
    last = last.then(() => answer(engine, folder, request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(engine: Analytics, folder: string, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://front');
  if (url.pathname === '/ping') {
    response.end('Ok.\n');
    return;
  }
  const body = await readBody(request);
  const statement = readStatement(url, body);
  try {
    refuseWhatServersRefuse(request.url ?? '', url, statement);
    const result = await run(engine, folder, statement);
    const isZipped =
      url.searchParams.get('enable_http_compression') === '1' &&
      String(request.headers['accept-encoding']).includes('gzip');
    if (isZipped) response.setHeader('Content-Encoding', 'gzip');
    response.end(isZipped ? gzipSync(result) : result);
  } catch (error) {
    refuse(response, error, statement);
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

/** The statement stands in the URL, in the body, or begins in one and goes on in the other. */
function readStatement(url: URL, body: Buffer): Statement {
  const query = url.searchParams.get('query');
  const whole = query === null ? body : Buffer.concat([Buffer.from(`${query}\n`), body]);
  const head = whole.indexOf(LINES_FORMAT);
  const entries = [...url.searchParams];
  return {
    sql: (head === -1 ? whole : whole.subarray(0, head)).toString(),
    lines: head === -1 ? undefined : whole.subarray(head + LINES_FORMAT.length),
    parameters: entries.flatMap(([name, text]) => (name.startsWith('param_') ? [[name, text] as const] : [])),
    settings: entries.filter(([name]) => !name.startsWith('param_') && !NOT_SETTINGS.includes(name)),
  };
}

function refuseWhatServersRefuse(rawUrl: string, url: URL, statement: Statement): void {
  if (rawUrl.length > MAX_URL_BYTES) throw new Error('with code 1000 (POCO_EXCEPTION)');
  if ([...url.searchParams.values()].some((text) => Buffer.byteLength(text) >= MAX_FIELD_BYTES)) {
    throw new Error('with code 1000 (POCO_EXCEPTION)');
  }
  if ([...statement.sql.matchAll(/\binput\(/g)].length > 1) {
    throw new Error('with code 477 (INVALID_USAGE_OF_INPUT)');
  }
}

async function run(engine: Analytics, folder: string, statement: Statement): Promise<Buffer> {
  for (const [name, text] of statement.parameters) await engine.command(`SET ${name} = ${quoted(text)}`);
  if (/^\s*(SELECT|WITH)\b/i.test(statement.sql)) return select(engine, folder, statement);
  if (/^\s*(EXPLAIN|SHOW)\b/i.test(statement.sql)) {
    const rows = await engine.query(statement.sql.replace(/\bFORMAT\s+JSONEachRow\s*$/i, ''));
    return Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }
  if (statement.lines === undefined) await engine.command(statement.sql);
  else await insertLines(engine, folder, statement.sql, statement.lines);
  return Buffer.alloc(0);
}

/** Through a file, since the engine's own answers are parsed already: the bytes are as ClickHouse writes them. */
async function select(engine: Analytics, folder: string, { sql, settings }: Statement): Promise<Buffer> {
  const [, body = sql, format = 'TabSeparated'] = /^([\s\S]*)\bFORMAT\s+(\w+)\s*$/i.exec(sql) ?? [];
  const path = join(folder, `${randomUUID()}.out`);
  // As a server has it; the embedded engine is opened with 1.
  const all = new Map([['output_format_json_quote_64bit_integers', '0'], ...settings]);
  const clause = [...all].map(([name, value]) => `${name} = ${quoted(value)}`).join(', ');
  await engine.command(`INSERT INTO FUNCTION file(${quoted(path)}, '${format}') SETTINGS ${clause} ${body}`);
  const result = await readFile(path);
  await rm(path);
  return result;
}

async function insertLines(engine: Analytics, folder: string, sql: string, lines: Buffer): Promise<void> {
  const path = join(folder, `${randomUUID()}.lines`);
  await writeFile(path, lines);
  const source = `file(${quoted(path)}, 'LineAsString', 'line String')`;
  await engine.command(sql.replace(`input('line String')`, source));
  await rm(path);
}

function quoted(text: string): string {
  const escaped = text.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replaceAll('\0', '\\0');
  return `'${escaped}'`;
}

/** A server's messages quote the statement and the data; the engine's own come here without. */
function refuse(response: ServerResponse, error: unknown, { sql, lines, parameters }: Statement): void {
  const message = error instanceof Error ? error.message : String(error);
  const [, code = '1002', name = 'UNKNOWN_EXCEPTION'] = /with code (\d+) \((\w+)\)/.exec(message) ?? [];
  const data = `${sql} ${JSON.stringify(parameters)} ${lines?.subarray(0, 1000) ?? ''}`;
  response.writeHead(code === '1000' ? 400 : 500, { 'X-ClickHouse-Exception-Code': code });
  response.end(`Code: ${code}. DB::Exception: While executing ${data}. (${name}) (version 26.7.2.1)\n`);
}
