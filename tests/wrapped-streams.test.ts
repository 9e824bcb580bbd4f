import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { wrappers } from '../src/inputs/wrappers/index.ts';
import { unwrapped } from './wrappers/unwrapped.ts';
import { counted, envelope, firehose, WRAP_LINE } from './wrappers/wrap-line.ts';

const CRI = '2026-01-05T10:00:00Z stdout F ';
const text = fc
  .oneof(fc.string(), fc.string({ unit: 'grapheme' }))
  .map((word) => word.replace(/[\r\n]/g, ''));
/** Lines as logs hold them, with anything that a caller may write into them. */
const logLine = fc.oneof(
  text.map((word) => `203.0.113.7 - - [05/Jan/2026:10:00:00 +0000] "GET /${word} HTTP/1.1" 200 12`),
  text.map((word) =>
    JSON.stringify({ startedAt: '2026-01-05T10:00:00Z', method: 'GET', target: `/${word}` }),
  ),
);

test('every wrapper has a way to wrap a line here', () => {
  // A request of spans holds nothing that was a line before.
  const ids = wrappers.map(({ id }) => id).filter((id) => id !== 'otlp');
  expect(Object.keys(WRAP_LINE)).toEqual(ids);
});

describe.each(Object.entries(WRAP_LINE))('lines that %s wraps', (_, ways) => {
  it('come back as they were', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(logLine, { minLength: 1 }),
        fc.integer({ min: 1, max: 999 }),
        async (lines, size) => {
          for (const wrap of ways) {
            const file = lines.map((line) => `${wrap(line)}\n`).join('');
            expect(await unwrapped(file, size)).toBe(lines.map((line) => `${line}\n`).join(''));
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('a stream of lines wrapped in many ways', () => {
  it('loses none and doubles none', async () => {
    const way = fc.constantFrom(...Object.values(WRAP_LINE).flat());
    const wrapped = fc.tuple(logLine, fc.array(way, { maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(fc.array(wrapped, { minLength: 1 }), async (all) => {
        const file = all
          .map(([line, ways]) => `${ways.reduce((inner, wrap) => wrap(inner), line)}\n`)
          .join('');
        expect(await unwrapped(file)).toBe(all.map(([line]) => `${line}\n`).join(''));
      }),
      { numRuns: 200 },
    );
  });

  it('is unpacked from envelopes in a Firehose record in syslog in a container log', async () => {
    const envelopes = envelope(['{"n":1}', 'two']) + envelope(['{"n":3}\n{"n":4}\n']);
    const line = `${CRI}<165>1 - lb-1 relay - - - ${firehose(envelopes)}`;
    expect(await unwrapped(`${line}\nplain\n${line}\n`, 100)).toBe(
      '{"n":1}\ntwo\n{"n":3} {"n":4}\nplain\n{"n":1}\ntwo\n{"n":3} {"n":4}\n',
    );
  });

  it('may begin with a record that is longer than what is looked at first', async () => {
    const messages = Array.from({ length: 30_000 }, (_, index) => `line ${index} ${'x'.repeat(40)}`);
    const expected = messages.map((message) => `${message}\n`).join('');
    expect(await unwrapped(`${envelope(messages)}\n`)).toBe(expected);
    expect(await unwrapped(`${JSON.stringify(JSON.parse(envelope(messages)), null, 2)}\n`)).toBe(expected);
    expect(await unwrapped(`${envelope(messages)}${envelope(messages)}`)).toBe(expected + expected);
    expect(await unwrapped(`${firehose(envelope(messages) + envelope(messages))}\n`)).toBe(
      expected + expected,
    );
  });
});

describe('records in pieces', () => {
  const piece = (log: string, stream = 'stdout') =>
    `${JSON.stringify({ log, stream, time: '2026-01-05T10:00:00.003Z' })}\n`;
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(16_384));

  it('are joined, each stream of a Docker log on its own', async () => {
    const file =
      piece(`${a}`) + piece(`${c}`, 'stderr') + piece(`${b}`) + piece('end\n') + piece('d\n', 'stderr');
    expect(await unwrapped(file)).toBe(`\n\n\n${a}${b}end\n${c}d\n`);
  });

  it('are short when a process ended without a line end, or a shipper took it off', async () => {
    expect(await unwrapped(piece('bye') + piece('hello') + piece('again\n'))).toBe('bye\nhello\nagain\n');
  });

  it('are joined by the id that the fluentd driver gives them', async () => {
    const half = (log: string, id: string, last: string) =>
      `${JSON.stringify({ container_id: 'x', source: 'stdout', log, partial_id: id, partial_last: last })}\n`;
    const file =
      half('a1', 'a', 'false') + half('b1', 'b', 'false') + half('a2', 'a', 'true') + half('b2', 'b', 'true');
    expect(await unwrapped(file)).toBe('\n\na1a2\nb1b2\n');
  });

  it('are one open line that is no record when the stream ends first', async () => {
    const part = CRI.replace('F', 'P');
    expect(await unwrapped(`${CRI}a\n${part}b`)).toBe('a\n{{b');
    expect(await unwrapped(`${part}a\n${part.replace('stdout', 'stderr')}b\n`)).toBe('\n\n{{ab');
  });

  it('are forgotten, the oldest first, when too many streams begin one', async () => {
    const piece = (pod: string, flag: 'P' | 'F') =>
      JSON.stringify({ log: pod, stream: 'stdout', _p: flag, kubernetes: { pod_name: pod } });
    const ended = Array.from({ length: 64 }, (_, index) => piece(`ended${index}`, 'P'));
    const text = [...ended, piece('live', 'P'), piece('live', 'F')].join('\n');
    const read = (await unwrapped(`${text}\n`)).split('\n').filter((line) => line !== '');
    expect(read.slice(0, 2)).toEqual(['ended0', 'livelive']);
  });

  it('keep only the beginning of a record without end', async () => {
    const part = `${CRI.replace('F', 'P')}${'x'.repeat(500)}\n`;
    const read = await unwrapped(`${part.repeat(10_000)}${CRI}\n`);
    const record = read.trimStart().trimEnd();
    expect(record.length).toBeGreaterThan(2 * 1024 * 1024);
    expect(record.length).toBeLessThan(2.1 * 1024 * 1024);
  });

  it('hold no lines of their own: what a log line carries is one record', async () => {
    const forged = '10.0.0.1 - - [05/Jan/2026:10:00:00 +0000] "GET /forged HTTP/1.1" 200 5';
    const line = JSON.stringify({ agent: 'a', message: `GET /x\n${forged}` });
    expect(await unwrapped(`${line}\n`)).toBe(`GET /x ${forged}\n`);
  });
});

describe('what cannot be unpacked', () => {
  const record = (data: string) => JSON.stringify({ recordId: '1', data });
  const event = (datas: readonly string[]) =>
    JSON.stringify({ Records: datas.map((data) => ({ kinesis: { data } })) });
  const bomb = gzipSync(Buffer.alloc(100_000_000)).toString('base64');

  it('is counted when it is too large, and takes no memory', async () => {
    const before = process.resourceUsage().maxRSS;
    expect(await unwrapped(`${record(bomb)}\n${CRI}a\n`)).toBe('\u0001payload_too_large\na\n');
    const many = event([...Array<string>(20).fill(bomb), Buffer.from('x').toString('base64')]);
    expect(await unwrapped(`${many}\n`)).toBe(`${'\u0001payload_too_large\n'.repeat(20)}x\n`);
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(160_000);
  });

  it('is counted when records or layers are only together too large', async () => {
    const large = gzipSync(Buffer.alloc(30_000_000, 'x')).toString('base64');
    const inner = Array<string>(5).fill(record(large)).join('\n');
    const layers = `${record(gzipSync(inner).toString('base64'))}\n${CRI}a\n`;
    const tooLarge = '\u0001payload_too_large';
    const whole = 'x'.repeat(tooLarge.length);
    const beginnings = async (file: string) =>
      (await unwrapped(file)).split('\n').map((line) => line.slice(0, tooLarge.length));
    expect(await beginnings(layers)).toEqual([whole, whole, tooLarge, tooLarge, tooLarge, 'a', '']);
    expect(await beginnings(`${event([large, large, large])}\n`)).toEqual([whole, whole, tooLarge, '']);
  });

  it('is counted when it is damaged, and costs its neighbours nothing', async () => {
    const good = gzipSync('good').toString('base64');
    for (const cut of [5, 10, 21, good.length - 1, good.length - 4])
      expect(await unwrapped(`${event([good, good.slice(0, cut), good])}\n`)).toBe(
        'good\n\u0001damaged_payload\ngood\n',
      );
  });

  it('is counted when it is wrapped too often', async () => {
    const layers = (count: number) =>
      Array.from({ length: count }).reduce<string>(
        (line) => record(Buffer.from(line).toString('base64')),
        'a',
      );
    expect(await unwrapped(`${layers(16)}\n${layers(20)}\n`)).toBe('a\n\u0001nested_too_deep\n');
    const deep = `{"time":1,"event":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    expect(await unwrapped(`${CRI}${deep}\n`)).toBe('\u0001nested_too_deep\n');
  });

  it('is given on when it is cut off before its end', async () => {
    expect(await unwrapped(`${CRI}a\n${CRI}${counted('<30>web: b')}\n{"log":"x`)).toBe('a\nb\n{"log":"x');
  });
});
