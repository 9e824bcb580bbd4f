import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { generateLines } from '../generator/lines.ts';
import type { ScanReport } from '../src/model/report.ts';
import { exchangeLine as line, exchangeLines as lines } from './exchange-lines.ts';
import { folderWith, type Scanned, scanJson } from './run-cli.ts';

interface Counts {
  readonly accepted?: number;
  readonly duplicate?: number;
  readonly rejected?: Readonly<Record<string, number>>;
  readonly problem?: string;
}

/** A file as two scans find it; absent when it is not there, and not read when it has no content. */
interface Case {
  readonly name: string;
  /** Of its lines, so that no two cases begin alike. */
  readonly service: string;
  readonly before?: string | Buffer;
  readonly first?: Counts;
  readonly after: string | Buffer;
  readonly second: Counts;
}

const array = (service: string, count: number) =>
  `[${Array.from({ length: count }, (_, index) => line(service, index)).join(',\n')}]`;

const CASES: readonly Case[] = [
  {
    name: 'grown.log',
    service: 'grown',
    before: lines('grown', 1, 20),
    first: { accepted: 20 },
    after: lines('grown', 1, 25),
    second: { accepted: 5, duplicate: 20 },
  },
  {
    name: 'grown.log.gz',
    service: 'grown-gz',
    before: gzipSync(lines('grown-gz', 1, 20)),
    first: { accepted: 20 },
    after: gzipSync(lines('grown-gz', 1, 25)),
    second: { accepted: 5, duplicate: 20 },
  },
  {
    name: 'grown.log.zst',
    service: 'grown-zst',
    before: zstdCompressSync(lines('grown-zst', 1, 20)),
    first: { accepted: 20 },
    after: zstdCompressSync(lines('grown-zst', 1, 25)),
    second: { accepted: 5, duplicate: 20 },
  },
  {
    name: 'small-then-large.log',
    service: 'small',
    before: lines('small', 1, 3),
    first: { accepted: 3 },
    after: lines('small', 1, 30),
    second: { accepted: 27, duplicate: 3 },
  },
  {
    name: 'empty-then-full.log',
    service: 'empty',
    before: '',
    first: {},
    after: lines('empty', 1, 2),
    second: { accepted: 2 },
  },
  {
    name: 'open-end-then-newline.log',
    service: 'open',
    before: lines('open', 1, 2) + line('open', 3),
    first: { accepted: 3 },
    after: lines('open', 1, 3),
    second: { duplicate: 3 },
  },
  {
    name: 'open-end-then-more.log',
    service: 'more',
    before: lines('more', 1, 20) + line('more', 21),
    first: { accepted: 21 },
    after: `${lines('more', 1, 20)}${line('more', 21)}\r\n${lines('more', 22, 23)}`,
    second: { accepted: 2, duplicate: 21 },
  },
  {
    name: 'open-end-then-member.log.gz',
    service: 'member',
    before: gzipSync(lines('member', 1, 2) + line('member', 3)),
    first: { accepted: 3 },
    after: Buffer.concat([
      gzipSync(lines('member', 1, 2) + line('member', 3)),
      gzipSync(`\n${lines('member', 4, 4)}`),
    ]),
    second: { accepted: 1, duplicate: 3 },
  },
  {
    name: 'cut-then-whole.log',
    service: 'cut',
    before: lines('cut', 1, 3) + line('cut', 4).slice(0, 60),
    first: { accepted: 3, rejected: { cut_off: 1 } },
    after: lines('cut', 1, 5),
    second: { accepted: 2, duplicate: 3 },
  },
  {
    name: 'document.json',
    service: 'document',
    before: array('document', 3),
    first: { accepted: 3 },
    after: array('document', 20),
    second: { accepted: 17, duplicate: 3 },
  },
  {
    name: 'cut-document.json',
    service: 'cut-document',
    before: array('cut-document', 20).slice(0, -40),
    first: { accepted: 19, rejected: { cut_off: 1 } },
    after: array('cut-document', 21),
    second: { accepted: 2, duplicate: 19 },
  },
  {
    name: 'copied.log',
    service: 'copied',
    before: lines('copied', 1, 20),
    first: { accepted: 20 },
    after: lines('copied', 1, 20),
    second: { duplicate: 20 },
  },
  { name: 'other-name.log', service: 'copied', after: lines('copied', 1, 20), second: { duplicate: 20 } },
  {
    name: 'rotated.log',
    service: 'rotated',
    before: lines('rotated', 1, 20),
    first: { accepted: 20 },
    after: lines('rotated', 101, 105),
    second: { accepted: 5 },
  },
  { name: 'rotated.log.1', service: 'rotated', after: lines('rotated', 1, 20), second: { duplicate: 20 } },
  {
    name: 'rewritten.log',
    service: 'rewritten',
    before: lines('rewritten', 1, 20),
    first: { accepted: 20 },
    after: lines('rewritten', 1, 12) + lines('rewritten', 501, 515),
    second: { accepted: 27 },
  },
  {
    name: 'truncated.log',
    service: 'truncated',
    before: lines('truncated', 1, 20),
    first: { accepted: 20 },
    after: lines('truncated', 1, 15),
    second: {
      duplicate: 15,
      problem: 'shorter than when it was read before: all of it counts as known',
    },
  },
  {
    name: 'truncated.log.gz',
    service: 'truncated-gz',
    before: gzipSync(lines('truncated-gz', 1, 20)),
    first: { accepted: 20 },
    after: gzipSync(lines('truncated-gz', 1, 20)).subarray(0, -4),
    second: { duplicate: 20, problem: 'read up to a damaged place: unexpected end of file' },
  },
  {
    name: 'twins.log',
    service: 'twins',
    before: lines('twins', 1, 1).repeat(2),
    first: { accepted: 2 },
    after: lines('twins', 1, 1).repeat(2),
    second: { duplicate: 2 },
  },
];

describe('scanning into the same inventory again', { timeout: 180_000 }, () => {
  it('adds the new lines of each file, whatever became of it, and nothing else', async () => {
    const place = folderWith({ 'logs/.keep': '' });
    const put = (name: string, content: Case['before']) => {
      rmSync(join(place, 'logs', name), { force: true });
      if (content !== undefined) writeFileSync(join(place, 'logs', name), content);
    };
    const scanned = () => scanJson(['logs', '--data', 'data'], { cwd: place });

    for (const { name, before } of CASES) put(name, before);
    const first = await scanned();
    expect(countsOf(first)).toEqual(named(CASES.map(({ name, first: counts }) => [name, counts])));

    for (const { name, after } of CASES) put(name, after);
    const second = await scanned();
    expect(countsOf(second)).toEqual(named(CASES.map(({ name, second: counts }) => [name, counts])));
    expect(callsByService(second.report)).toEqual(expectedCalls());

    const third = await scanned();
    expect(third.report.inputs.filter(({ accepted }) => accepted > 0)).toEqual([]);
    expect(judgement(third)).toBe(judgement(second));
  });

  it('changes nothing but the counters of duplicates when nothing is new', async () => {
    const log = [...generateLines({ format: 'kong', count: 400, seed: 3, dirty: 0.05 }), ''].join('\n');
    const place = folderWith({ 'kong.log': Buffer.from(log, 'latin1') });
    const first = await scanJson(['kong.log', '--data', 'data'], { cwd: place });
    const second = await scanJson(['kong.log', 'kong.log', '--data', 'data'], { cwd: place });
    const [input] = first.report.inputs;
    const known = { ...input, format: '', accepted: 0, duplicate: input?.read, blank: 0, rejected: {} };
    expect(second.report.inputs).toEqual([known, known]);
    expect(judgement(second)).toBe(judgement(first));
  });
});

/** The output without what it says of inputs, byte by byte. */
function judgement({ run }: Scanned): string {
  const { inputs: _, ...rest } = JSON.parse(run.stdout);
  return JSON.stringify(rest);
}

/** By file name, without what is zero. */
function countsOf({ report }: Scanned): Record<string, Counts> {
  return named(
    report.inputs.map(({ path, accepted, duplicate, rejected, problem }) => {
      const reasons = Object.entries(rejected).map(([reason, { count }]) => [reason, count] as const);
      const counts = {
        ...(accepted > 0 && { accepted }),
        ...(duplicate > 0 && { duplicate }),
        ...(reasons.length > 0 && { rejected: Object.fromEntries(reasons) }),
        ...(problem !== undefined && { problem }),
      };
      return [path.replace('logs/', ''), counts];
    }),
  );
}

function named(counts: readonly (readonly [string, Counts | undefined])[]): Record<string, Counts> {
  return Object.fromEntries(counts.filter((entry): entry is [string, Counts] => entry[1] !== undefined));
}

function callsByService({ endpoints }: ScanReport): Record<string, number> {
  const calls: Record<string, number> = {};
  for (const { service_name: service, traffic } of endpoints) {
    calls[service] = (calls[service] ?? 0) + traffic.reduce((sum, vantage) => sum + vantage.calls, 0);
  }
  return calls;
}

function expectedCalls(): Record<string, number> {
  const calls: Record<string, number> = {};
  for (const { service, first, second } of CASES) {
    calls[service] = (calls[service] ?? 0) + (first?.accepted ?? 0) + (second.accepted ?? 0);
  }
  return calls;
}
