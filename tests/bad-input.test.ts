import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../generator/random.ts';
import { exchangeLine as line, exchangeLines as lines } from './exchange-lines.ts';
import { type Finished, folderWith, type Scanned, scanJson } from './run-cli.ts';

const MEGABYTE = 1024 * 1024;
/** How much comes before a damaged place depends on the compressor. */
const SOME = expect.any(Number);
const POLLUTION = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';

interface BadInput {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** What becomes of its lines. */
  readonly counts: Readonly<Record<string, number>>;
  /** What stands on stderr behind the file's name; absent when nothing does. */
  readonly message?: string;
}

const BAD_INPUTS: readonly BadInput[] = [
  { name: 'good.log', content: lines('good', 1, 3), counts: { accepted: 3 } },
  {
    name: 'binary.bin',
    content: noise(2_000),
    counts: { bad_utf8: 2, binary: 4, cut_off: 1 },
    message:
      ': no line is an HTTP call Stance can read (bad_utf8: 2, binary: 4, cut_off: 1) [INPUT_UNRECOGNISED]',
  },
  { name: 'empty.log', content: '', counts: {} },
  {
    name: 'truncated.log.gz',
    content: half(gzipSync(lines('gz', 1, 2_000))),
    counts: { accepted: SOME, cut_off: 1 },
    message: ': read up to a damaged place: unexpected end of file [INPUT_DAMAGED]',
  },
  {
    name: 'corrupt.log.zst',
    content: damaged(zstdCompressSync(lines('zst', 1, 20_000))),
    counts: { accepted: SOME, cut_off: 1 },
    message: ': read up to a damaged place: Data corruption detected [INPUT_DAMAGED]',
  },
  {
    name: 'corrupt-at-once.log.zst',
    content: Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), Buffer.alloc(50, 0xff)]),
    counts: {},
    message: ': Unsupported frame parameter [INPUT_UNREADABLE]',
  },
  {
    name: 'zeros.log.gz',
    content: gzipSync(Buffer.alloc(100 * MEGABYTE)),
    counts: { line_too_long: 1 },
    message: ': no line is an HTTP call Stance can read (line_too_long: 1) [INPUT_UNRECOGNISED]',
  },
  {
    name: 'one-line.log',
    content: Buffer.alloc(100 * MEGABYTE, 'x'),
    counts: { line_too_long: 1 },
    message: ': no line is an HTTP call Stance can read (line_too_long: 1) [INPUT_UNRECOGNISED]',
  },
  {
    name: 'bad-utf8.log',
    content: Buffer.from(
      `${lines('utf8', 1, 1)}${line('utf8', 2, { target: '/caf\xe9' })}\n\xff\xfe\n`,
      'latin1',
    ),
    counts: { accepted: 1, bad_utf8: 2 },
  },
  {
    name: 'prototypes.log',
    content: ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
      .map((name, at) => `{${POLLUTION},${line(name, at, { requestHeaders: { [name]: 'x' } }).slice(1)}\n`)
      .join(''),
    counts: { accepted: 4 },
  },
  {
    name: 'hosts.log',
    content: Array.from(
      { length: 10_000 },
      (_, at) => `${line('', at, { host: `h${at}.example.com` })}\n`,
    ).join(''),
    counts: { accepted: 10_000 },
  },
  {
    name: 'times.log',
    content: [
      '0001-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
      '2026-02-30T00:00:00Z',
      -62135596800000,
      253402300799000,
      1e300,
    ]
      .map((startedAt, at) => `${line('times', at, { startedAt })}\n`)
      .join(''),
    counts: { bad_time: 4, in_future: 1, outside_retention: 1 },
    message:
      ': no line is an HTTP call Stance can read (bad_time: 4, in_future: 1, outside_retention: 1) [INPUT_UNRECOGNISED]',
  },
  {
    name: 'sizes.log',
    content: `${line('sizes', 1).slice(0, -1)},"requestBytes":18446744073709551615}\n`.repeat(3),
    counts: { accepted: 3 },
  },
  {
    name: 'deep.log',
    content: `${line('deep', 1).slice(0, -1)},"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}\n${lines('deep', 2, 2)}`,
    counts: { accepted: 1, bad_json: 1 },
  },
  {
    name: 'wide.log',
    content: `${line('wide', 1, { requestHeaders: { a: 'x'.repeat(1_000_000) } })}\n${line('wide', 2, { target: `/${'a/'.repeat(300_000)}` })}\n`,
    counts: { accepted: 2 },
  },
  {
    name: 'circular.yaml',
    content: `${spec('Circular')}paths:\n  /a:\n    $ref: "#/paths/~1a"\n`,
    counts: {},
    message: ':5:11: The chain of $ref leads back to itself [SPEC_FLAWED]',
  },
  {
    name: 'bomb.yaml',
    content: `${spec('Bomb')}${yamlBomb()}paths: *j\n`,
    counts: {},
    message: ':9:29: Aliases expand to more than 5000000 values [SPEC_UNREADABLE]',
  },
  {
    name: 'large.json',
    content: `{"openapi":"3.0.0","info":{"title":"Large","version":"1"},"x":"${'x'.repeat(30 * MEGABYTE)}","paths":{"/a":{"get":{"responses":{}}}}}`,
    counts: { accepted: 1 },
  },
  {
    name: 'too-large.json',
    content: `{"openapi":"3.0.0","x":"${'x'.repeat(32 * MEGABYTE)}"}`,
    counts: {},
    message: ': it is larger than a description can be: at most 33554432 bytes are read [SPEC_UNREADABLE]',
  },
];

describe('input that is not what it should be', { timeout: 180_000 }, () => {
  it('is told file by file, and the rest is reported', async () => {
    const folder = folderWith(
      Object.fromEntries(BAD_INPUTS.map(({ name, content }) => [`in/${name}`, content])),
    );
    execFileSync('mkfifo', [join(folder, 'in/pipe.log')]);
    symlinkSync('.', join(folder, 'in/loop'));
    symlinkSync('nowhere', join(folder, 'in/dangling.log'));
    const scanned = await scanJson(['missing.log', 'in'], { cwd: folder });
    const unread = ['missing.log', 'in/dangling.log', 'in/loop', 'in/pipe.log'];
    expect(countsOf(scanned)).toEqual(
      Object.fromEntries([
        ...unread.map((path) => [path, {}]),
        ...BAD_INPUTS.map(({ name, counts }) => [`in/${name}`, counts]),
      ]),
    );
    expect(messagesOf(scanned.run)).toEqual(
      [
        'missing.log: there is no such file or folder [INPUT_UNREADABLE]',
        'in/dangling.log: there is no such file or folder [INPUT_UNREADABLE]',
        'in/loop: its links lead in a circle [INPUT_UNREADABLE]',
        'in/pipe.log: it is neither a file nor a folder [INPUT_UNREADABLE]',
        ...BAD_INPUTS.flatMap(({ name, message }) => (message === undefined ? [] : [`in/${name}${message}`])),
      ].sort(),
    );
    expect(scanned.run.code).toBe(3);
    expect(scanned.report.limits).toEqual([
      {
        limit: 'shapes of an origin in a batch, of at most 500 origins (calls)',
        bound: 10_000,
        exceededBy: 9_500,
      },
    ]);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
  });

  it.skipIf(process.getuid?.() === 0)(
    'may be a folder one is not allowed to read (not told from others by root)',
    async () => {
      const folder = folderWith({ 'good.log': lines('good', 1, 3) });
      mkdirSync(join(folder, 'locked'));
      chmodSync(join(folder, 'locked'), 0);
      const { run, report } = await scanJson(['locked', 'good.log'], { cwd: folder });
      expect(messagesOf(run)).toEqual(['locked: permission denied [INPUT_UNREADABLE]']);
      expect(report.inputs.map(({ accepted }) => accepted)).toEqual([0, 3]);
    },
  );

  it('fails a strict scan where it is only partly read', async () => {
    const folder = folderWith({
      'partly.log': `${lines('partly', 1, 2)}no exchange\n`,
      'damaged.log.gz': half(gzipSync(lines('gz', 1, 50))),
    });
    expect((await scanJson(['.'], { cwd: folder })).run.code).toBe(0);
    expect((await scanJson(['partly.log', '--strict'], { cwd: folder })).run.code).toBe(3);
    expect((await scanJson(['damaged.log.gz', '--strict'], { cwd: folder })).run.code).toBe(3);
  });
});

/** By path: accepted lines, and rejected ones by reason. */
function countsOf({ report }: Scanned): Record<string, Record<string, number>> {
  return Object.fromEntries(
    report.inputs.map(({ path, accepted, rejected }) => {
      const reasons = Object.entries(rejected).map(([reason, { count }]) => [reason, count] as const);
      return [path, Object.fromEntries(accepted > 0 ? [['accepted', accepted], ...reasons] : reasons)];
    }),
  );
}

/** What went wrong and where, without the advice that follows each. */
function messagesOf({ stderr }: Finished): string[] {
  const found = stderr.split('\n').filter((text) => text.startsWith('error: '));
  return found.map((text) => text.replace('error: ', '')).sort();
}

function noise(size: number): Uint8Array {
  const random = createRandom(7);
  return Uint8Array.from({ length: size }, () => random.below(256));
}

function half(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length >> 1);
}

function damaged(bytes: Buffer): Buffer {
  const middle = bytes.length >> 1;
  bytes.writeUInt16LE(bytes.readUInt16LE(middle) ^ 0xffff, middle);
  return bytes;
}

function spec(title: string): string {
  return `openapi: 3.0.0\ninfo: {title: ${title}, version: "1"}\n`;
}

/** Nine references on each of nine levels: 387 million values. */
function yamlBomb(): string {
  const levels = 'abcdefghij'.split('');
  const references = (level: number) => Array(9).fill(level === 0 ? 'x' : `*${levels[level - 1]}`);
  return levels.map((name, level) => `${name}: &${name} [${references(level)}]\n`).join('');
}
