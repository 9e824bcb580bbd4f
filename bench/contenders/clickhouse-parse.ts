import { Session } from 'chdb';

/** ClickHouse's own typed parse of the columns Stance reads from Kong, into a sink that keeps nothing, one thread. */
const STRUCTURE = `started_at Int64, client_ip String,
  request Tuple(method String, uri String, url String, size UInt64,
    tls Tuple(version Nullable(String), client_verify Nullable(String)), headers Map(String, String)),
  response Tuple(status UInt16, size UInt64, headers Map(String, String)),
  latencies Tuple(request Float64),
  consumer Tuple(username Nullable(String), custom_id Nullable(String), id Nullable(String)),
  authenticated_entity Tuple(id Nullable(String)),
  service Tuple(name Nullable(String), id Nullable(String)), source Nullable(String)`.replace(/\s+/g, ' ');

const [, , file] = process.argv;
const session = new Session();
await session.queryAsync(`CREATE TABLE sink (${STRUCTURE}) ENGINE = Null`);
const startedAt = performance.now();
await session.queryAsync(`INSERT INTO sink SELECT * FROM file('${file}', 'JSONEachRow', '${STRUCTURE}')
  SETTINGS max_threads = 1, max_insert_threads = 1, max_parsing_threads = 1, input_format_parallel_parsing = 0`);
console.log(JSON.stringify({ wallMs: performance.now() - startedAt }));
session.close();
