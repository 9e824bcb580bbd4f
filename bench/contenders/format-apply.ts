import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asUtf8, beginning } from '../../src/inputs/records/open-bytes.ts';
import { recordLayout, recordStream } from '../../src/inputs/records/open-records.ts';
import { trafficFormats } from '../../src/inputs/traffic/index.ts';
import { applySegment } from '../../src/store/clickhouse/apply-segment.ts';
import { openChdb } from '../../src/store/clickhouse/open-chdb.ts';
import { createSchema } from '../../src/store/clickhouse/schema.ts';

/** Takes one file of one format out of its documents and into the traffic store; each part is timed apart. */
const [, , file = '', primary = ''] = process.argv;
const ROUNDS = 3;
const folder = await mkdtemp(join(tmpdir(), 'stance-bench-format-'));
const segment = join(folder, 'segment');
const decoded = await decode();
const applied = await apply(decoded.lines);
console.log(JSON.stringify({ fileBytes: (await stat(file)).size, decodeMs: decoded.ms, ...applied }));
await rm(folder, { recursive: true });

async function decode(): Promise<{ ms: number; lines: number }> {
  const bytes = () => asUtf8(createReadStream(file, { highWaterMark: 1024 * 1024 }));
  const head = await beginning(bytes(), 64 * 1024);
  const output = await open(segment, 'w');
  let lines = 0;
  let ms = 0;
  let since = performance.now();
  for await (const chunk of recordStream(bytes(), recordLayout(head))) {
    ms += performance.now() - since;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
    await output.write(chunk);
    since = performance.now();
  }
  await output.close();
  return { ms, lines };
}

/** The first round warms the engine up; the best of the others counts. */
async function apply(lines: number): Promise<{ applyMs: number; accepted: number }> {
  const engine = await openChdb({ directory: join(folder, 'engine') });
  await createSchema(engine);
  const times: number[] = [];
  let accepted = 0;
  for (let batch = 1; batch <= ROUNDS; batch += 1) {
    const plan = {
      batch,
      firstLine: 1,
      sourceName: 'bench',
      notBefore: '2000-01-01 00:00:00.000',
      notAfter: '2100-01-01 00:00:00.000',
    };
    const startedAt = performance.now();
    const counts = await applySegment(
      engine,
      trafficFormats,
      { path: segment, lines, token: `bench-${batch}`, plan, primary },
      ['1', '2'],
    );
    times.push(performance.now() - startedAt);
    accepted = counts.accepted;
  }
  await engine.close();
  return { applyMs: Math.min(...times.slice(1)), accepted };
}
