import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trafficFormats } from '../src/inputs/traffic/index.ts';
import { compileLogFormat, withLogFormat } from '../src/inputs/traffic/log-format.ts';
import { StanceError } from '../src/model/error.ts';
import type { TrafficFormat } from '../src/model/traffic-format.ts';
import { apacheCases } from './traffic-formats/apache-log-formats.ts';
import { envoyCases } from './traffic-formats/envoy-log-formats.ts';
import { nginxCases } from './traffic-formats/nginx-log-formats.ts';
import { type LineReader, openLineReader, wholeExchange } from './traffic-formats/read-lines.ts';
import { rejectedCases } from './traffic-formats/rejected-lines.ts';

let reader: LineReader;
beforeAll(async () => {
  reader = await openLineReader();
});
afterAll(() => reader.close());

describe('a format as the user gives it', () => {
  test.each([...nginxCases, ...apacheCases, ...envoyCases, ...rejectedCases])(
    'reads: $name',
    async ({ format, line, rejected, exchange }) => {
      const [row] = await reader.columns(compileLogFormat(format), [line]);
      if (exchange === undefined) expect(row?.reason).toBe(rejected);
      else expect(row).toEqual(wholeExchange(exchange));
    },
  );

  test('goes before the known formats, and takes the text that none of them knows', async () => {
    const formats = withLogFormat(
      '$remote_addr - - [$time_local] "$request" $status $body_bytes_sent "$host"',
      trafficFormats,
    );
    const lines = [
      '198.51.100.4 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 512 "api.shop.test"',
      '198.51.100.4 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 512',
      '{"startedAt":"2026-01-05T10:00:00Z","method":"GET","target":"/users/7","status":200}',
      'worker process 41 exited on signal 9',
      '{"level":"info"}',
      '{"level":',
      '\u0001line_too_long',
      '',
    ];
    const outcomes = await reader.outcomes({ formats }, lines);
    expect(outcomes.map(({ why, format }) => [why, format])).toEqual([
      ['', 'log-format'],
      ['', 'combined'],
      ['', 'exchange'],
      ['not_in_log_format', 'not-in-log-format'],
      ['unknown_format', ''],
      ['bad_json', ''],
      ['line_too_long', ''],
      ['blank', 'not-in-log-format'],
    ]);
  });

  test('is counted line by line when it is the format of the segment', async () => {
    const formats = withLogFormat('%a %t "%r" %>s', trafficFormats);
    const lines = ['198.51.100.4 [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200', 'other text', ''];
    const outcomes = await reader.outcomes({ formats, primary: formats[0] }, lines);
    expect(outcomes.map(({ why }) => why)).toEqual(['', 'not_in_log_format', 'blank']);
  });
});

describe('a hostile format', () => {
  const UNLIKE = 'x';
  const needed = '$time_iso8601 $request $status';

  test.each([
    `'; DROP TABLE stage; --`,
    `\\'; DROP TABLE stage; --`,
    `\\\\'); SELECT 1; --`,
    `')) FROM system.one UNION ALL SELECT version() --`,
    '{hash_key_0:UInt64} {x:String} ?',
    '(?i)(((a*)*)*)*^.|+?[^]{1000}\\p{L}\\Q\\E\\C\\1',
    '/* */ -- # `"',
    '%s %d %(h)s',
    '\u2028\u00e9\u{1f600}\ud800',
  ])('stays text: %s', async (text) => {
    const format = compileLogFormat(`${needed} ${text}`);
    const [row] = await reader.columns(format, [UNLIKE]);
    expect(row?.reason).toBe('not_in_log_format');
  });

  test('matches its own text and nothing else', async () => {
    const text = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 40 });
    for (const sample of fc.sample(text, { numRuns: 60, seed: 11 })) {
      const literal = sample.replace(/[\p{Cc}$%"'\\{}]/gu, '~');
      const format = compileLogFormat(`${needed} <${literal}>`);
      const line = (inside: string) => `2026-01-05T10:00:00+00:00 GET / HTTP/1.1 200 <${inside}>`;
      const rows = await reader.columns(format, [line(literal), line(`${literal}!`)]);
      expect(rows.map(({ reason }) => reason)).toEqual(['', 'not_in_log_format']);
    }
  });

  test('of any text is compiled to what ClickHouse accepts, or refused with its place', async () => {
    const piece = fc.oneof(
      { weight: 4, arbitrary: fc.string({ maxLength: 8 }).map((text) => text.replace(/[$%]/g, '')) },
      fc.constantFrom(
        '$status',
        '$args',
        '$http_a',
        '%>s',
        '%{ms}T',
        '%{%F}t',
        '%REQ(A?B)%',
        '%START_TIME(%s.%3f)%',
        '%REQ(',
        '%{',
        '}i',
        '${',
        "'",
        '"',
        '\\',
        '%',
        '$',
      ),
    );
    const text = fc.tuple(
      fc.constantFrom(
        '$status $request $msec ',
        '%>s %r %t ',
        '%RESPONSE_CODE% %REQ(:METHOD)% %REQ(:PATH)% %START_TIME% ',
        `log_format x '$status $request $msec `,
        '',
      ),
      fc.array(piece, { maxLength: 6 }),
    );
    const texts = fc
      .sample(text, { numRuns: 400, seed: 5 })
      .map(([start, pieces]) => start + pieces.join(''));
    const compiled = texts.map(compiledOrRefused);
    const accepted = compiled.filter((format) => format !== undefined);
    expect(accepted.length).toBeGreaterThan(20);
    for (const format of accepted.slice(0, 40))
      expect((await reader.columns(format, [UNLIKE])).map(({ status }) => status)).toEqual([0]);
  });

  test('of the greatest length and number of fields still runs', async () => {
    const long = compileLogFormat(`${needed} ${'a'.repeat(8000)}`);
    const wide = compileLogFormat(`${needed}${' "$http_a"'.repeat(125)}`);
    for (const format of [long, wide])
      expect((await reader.columns(format, [UNLIKE]))[0]?.reason).toBe('not_in_log_format');
  });
});

function compiledOrRefused(text: string): TrafficFormat | undefined {
  try {
    return compileLogFormat(text);
  } catch (error) {
    expect(error).toBeInstanceOf(StanceError);
    expect((error as StanceError).code).toBe('LOG_FORMAT_INVALID');
    return undefined;
  }
}
