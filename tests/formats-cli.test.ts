import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { trafficFormats } from '../src/inputs/traffic/index.ts';
import type { Detection } from '../src/tasks/detect-format.ts';
import { exchangeLine } from './exchange-lines.ts';
import { folderWith, runCli, scanJson, temporaryFolder } from './run-cli.ts';

const SECRET = 'hunter2secret';
const COMBINED =
  '198.51.100.4 - ann [05/Nov/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 512 "-" "curl/8.5.0"';
const CRI = '2026-11-05T10:00:00Z stdout F ';
const EXCHANGE = exchangeLine('shop', 1, {
  target: `/login?password=${SECRET}`,
  consumer: 'ann@example.com',
  requestHeaders: { authorization: `Bearer ${SECRET}` },
});
const folder = folderWith({
  'combined.log': `${COMBINED}\n${COMBINED}\n`,
  'mixed.log.gz': gzipSync(`${CRI}${EXCHANGE}\n${CRI}${COMBINED}\n${CRI}starting up\n`),
  'text.log': 'starting up\nready\n',
  'empty.log': '',
  'binary.log': Buffer.from([0, 1, 2, 0xff, 0x0a, 0, 0, 0x0a]),
});

describe('stance formats', { timeout: 120_000 }, () => {
  it('lists every format with what it can tell', async () => {
    const run = await runCli(['formats'], { cwd: folder });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const listed = run.stdout.split('\n').map((line) => line.split(' ')[0]);
    expect(listed).toEqual(expect.arrayContaining(trafficFormats.map(({ id }) => id)));
    expect(run.stdout).toContain('wrappers taken off: ');
  });

  it('shows one format in full, and all of them as JSON', async () => {
    const one = await runCli(['formats', 'kong'], { cwd: folder });
    expect(one.stdout).toMatch(/^kong: .*\n(.*\n)* {2}rejects .*stream_record/);
    const all = await runCli(['formats', '--json'], { cwd: folder });
    const listed: { id: string; columns: string[] }[] = JSON.parse(all.stdout);
    expect(listed.map(({ id }) => id)).toEqual(trafficFormats.map(({ id }) => id));
    expect(listed.find(({ id }) => id === 'kong')?.columns).toContain('answeredBy');
  });

  it('knows what a mistyped name means', async () => {
    const run = await runCli(['formats', 'kongg'], { cwd: folder });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('no format is called "kongg": did you mean kong?');
  });
});

describe('stance detect', { timeout: 120_000 }, () => {
  it('says what a file holds, by which signs, with its first calls', async () => {
    const run = await runCli(['detect', 'combined.log'], { cwd: folder });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('combined.log: every record is recognised (of the first 2)');
    expect(run.stdout).toContain('told by: three names');
    expect(run.stdout.match(/"format":"combined"/g)).toHaveLength(2);
  });

  it('sees through packing and wrappers, and shows nothing that callers wrote', async () => {
    const run = await runCli(['detect', 'mixed.log.gz', '--json'], { cwd: folder });
    expect(run.code).toBe(0);
    expect(run.stdout).not.toContain(SECRET);
    expect(run.stdout).not.toContain('ann');
    const [detection]: Detection[] = JSON.parse(run.stdout);
    expect(detection).toMatchObject({
      encoding: 'gzip',
      wrappers: ['cri'],
      records: 3,
      confidence: 'partly',
      unclaimed: { unknown_format: 1 },
      examples: [{ format: 'combined' }, { format: 'exchange', target: '/xxxxx?xxxxxxxx=xxxxxx9xxxxxx' }],
    });
    expect(detection?.formats.map(({ id, claimed, accepted }) => [id, claimed, accepted])).toEqual([
      ['combined', 1, 1],
      ['exchange', 1, 1],
    ]);
  });

  it.each(['text.log', 'empty.log', 'binary.log', 'missing.log'])('ends with 3 for %s', async (file) => {
    const run = await runCli(['detect', file, 'combined.log'], { cwd: folder });
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('combined.log: every record is recognised');
    if (file === 'missing.log') expect(run.stderr).toContain('missing.log: there is no such file or folder');
    else expect(run.stdout).toContain(`${file}: nothing is recognised`);
  });

  it('leaves nothing behind', async () => {
    const temporary = temporaryFolder();
    await runCli(['detect', 'combined.log'], { cwd: folder, env: { TMPDIR: temporary } });
    expect(readdirSync(temporary).filter((name) => name.startsWith('stance-'))).toEqual([]);
  });
});

describe('stance scan --format', { timeout: 120_000 }, () => {
  it('takes every line for that format and says of the others that they are not', async () => {
    const { report } = await scanJson(['mixed.log.gz', '--format', 'combined'], { cwd: folder });
    expect(report.inputs).toMatchObject([
      {
        format: 'combined',
        wrappers: ['cri'],
        read: 3,
        accepted: 1,
        rejected: { no_request: { count: 1 }, bad_time: { count: 1 } },
      },
    ]);
  });

  it('says of lines that could be of several formats which these are, and takes the one that is named', async () => {
    const line = '{"time":"2026-11-05T10:00:00Z","method":"GET","path":"/users/7","status":200}\n';
    const place = folderWith({ 'own.log': line + line });
    const asked = await scanJson(['own.log'], { cwd: place });
    expect(asked.run.code).toBe(3);
    expect(asked.run.stderr).toContain('2 lines could be of aws-apigateway or nginx-json');
    expect(asked.report.inputs).toMatchObject([
      { rejected: { ambiguous_format: { count: 2 } }, possibleFormats: ['aws-apigateway', 'nginx-json'] },
    ]);
    const told = await scanJson(['own.log', '--format', 'nginx-json'], { cwd: place });
    expect(told.report.inputs).toMatchObject([{ format: 'nginx-json', accepted: 2 }]);
    const mapped = await scanJson(
      ['own.log', '--field-map', 'method=method,path=target,status=status,time=startedAt'],
      { cwd: place },
    );
    expect(mapped.report.inputs).toMatchObject([{ format: 'field-map', accepted: 2 }]);
  });

  it.each([
    [['--format', 'komg'], 'no format is called "komg": did you mean kong?'],
    [['--format', 'kong', '--log-format', '%h %t "%r" %>s'], '--format stands alone'],
  ])('refuses %j', async (flags, message) => {
    const run = await runCli(['scan', join(folder, 'combined.log'), ...flags], { cwd: folder });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(message);
  });
});
