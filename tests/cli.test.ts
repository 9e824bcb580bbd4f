import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { ScanReport } from '../src/model/report.ts';
import { exchangeLine } from './exchange-lines.ts';
import { folderWith, NOW, ROOT, runCli, STANCE, startNode } from './run-cli.ts';

const isColored = (text: string) => stripVTControlCharacters(text) !== text;
const GUARDED = {
  scheme: 'https',
  requestHeaders: { authorization: 'Bearer x' },
  responseHeaders: { 'ratelimit-limit': '10' },
  schemaValidated: true,
};
/** One endpoint lets anyone in; the other only lacks security headers. */
const FILES = {
  'open.log': `${exchangeLine('open', 1, { requestHeaders: { accept: '*/*' } })}\n`,
  'fair.log': `${exchangeLine('fair', 1, GUARDED)}\n`,
  'none.yaml': `policies:
  - name: none
    description: applies to nothing here
    scope: {classification: [partner]}
    rule: {documented: true}
    severity: low
    remediation: none
`,
};
const folder = folderWith(FILES);

describe('stance', { timeout: 120_000 }, () => {
  it.each([
    { args: ['--help'], stdout: /^Usage: stance \[options\] \[command\]\n/ },
    { args: ['help', 'scan'], stdout: /^Usage: stance scan \[options\] <paths\.\.\.>\n/ },
    { args: ['scan', '--help'], stdout: /\n {2}--fail-on <severity> / },
    { args: ['explain', '--help'], stdout: /^Usage: stance explain \[options\] <endpoint>\n/ },
    { args: ['--version'], stdout: new RegExp(`^${packageVersion().replaceAll('.', '\\.')}\n$`) },
  ])('answers $args on stdout', async ({ args, stdout }) => {
    const run = await runCli(args, { cwd: folder });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(stdout);
  });

  it('says how it is used when nothing is asked of it', async () => {
    const run = await runCli([], { cwd: folder });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^Usage: stance /);
  });

  it('loads nothing for its help that only a scan needs', async () => {
    const list = join(folder, 'loaded.txt');
    const run = await runCli(['scan', '--help'], {
      cwd: folder,
      env: { STANCE_TEST_LOADED: list },
      imports: [RECORD_MODULES],
    });
    expect(run.code).toBe(0);
    const loaded = readFileSync(list, 'utf8').split('\n');
    const packages = loaded.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
    expect([...new Set(packages)].sort()).toEqual(['commander']);
    expect(loaded.filter((url) => /\/src\/(store|tasks|engine|inputs)\//.test(url))).toEqual([]);
  });
});

const RECORD_MODULES = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { writeFileSync } from 'node:fs';
  const loaded = [];
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      loaded.push(resolved.url);
      return resolved;
    },
  });
  process.on('exit', () => writeFileSync(process.env.STANCE_TEST_LOADED, loaded.join('\\n')));`)}`;

function packageVersion(): string {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;
}

describe('stance scan', { timeout: 120_000 }, () => {
  const scan = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    runCli(['scan', ...args, '--now', NOW], { cwd: folder, env });

  it('writes every output that is asked for, and nothing else to stdout', async () => {
    const outputs = ['json=a.json', 'sarif=a.sarif', 'pretty=a.txt'].flatMap((output) => [
      '--output',
      output,
    ]);
    const run = await scan(['open.log', ...outputs], { FORCE_COLOR: '1' });
    expect(run).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    expect(JSON.parse(read('a.json')).report.total_apis).toBe(1);
    expect(JSON.parse(read('a.sarif')).version).toBe('2.1.0');
    expect(read('a.txt')).toMatch(/^Stance {2}1 endpoint in 1 service/);
    expect(isColored(read('a.txt'))).toBe(false);
  });

  it('gives JSON that its published schema describes', async () => {
    const run = await scan(['open.log', 'fair.log', '--output', 'json']);
    const schema = readFileSync(join(ROOT, 'docs/reference/schemas/scan-report.schema.json'), 'utf8');
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(ajv);
    const isValid = ajv.compile(JSON.parse(schema));
    expect({ valid: isValid(JSON.parse(run.stdout)), errors: isValid.errors }).toEqual({
      valid: true,
      errors: null,
    });
    expect(run.stderr).toBe('');
  });

  it.each([
    { name: 'in colour when that is forced', env: { FORCE_COLOR: '1' }, args: [], colored: true },
    { name: 'plain under NO_COLOR', env: { NO_COLOR: '1', FORCE_COLOR: '1' }, args: [], colored: false },
    { name: 'plain with --no-color', env: { FORCE_COLOR: '1' }, args: ['--no-color'], colored: false },
  ])('is $name, and 100 columns wide', async ({ env, args, colored }) => {
    const { stdout } = await scan(['open.log', ...args], env);
    expect(isColored(stdout)).toBe(colored);
    const widths = stripVTControlCharacters(stdout)
      .split('\n')
      .map((text) => text.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(100);
  });

  it.each([
    { log: 'open.log', level: 'none', code: 0 },
    { log: 'open.log', level: 'critical', code: 1 },
    { log: 'fair.log', level: 'high', code: 0 },
    { log: 'fair.log', level: 'medium', code: 1 },
  ])('exits with $code for $log when it is to fail on $level', async ({ log, level, code }) => {
    const run = await scan([log, '--policy', 'none.yaml', '--fail-on', level, '--output', 'json']);
    expect(run.code).toBe(code);
    const reason = new RegExp(`^--fail-on ${level}: open findings that severe or worse: [1-9][0-9]*\\n$`);
    expect(run.stderr).toMatch(code === 0 ? /^$/ : reason);
  });

  it('says how many lines a strict run lost', async () => {
    const folder = folderWith({ 'half.log': `${exchangeLine('users', 1)}\nno call\n` });
    const run = await runCli(['scan', 'half.log', '--strict', '--output', 'json'], { cwd: folder });
    expect([run.code, run.stderr]).toEqual([3, '--strict: rejected lines: 1\n']);
  });

  it('exits by the highest code that applies', async () => {
    const run = await scan(['open.log', 'missing.log', '--fail-on', 'low', '--output', 'json', '--quiet']);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(
      /^error: missing\.log: there is no such file or folder \[INPUT_UNREADABLE\]\n/,
    );
  });

  it('takes no offence when its reader has seen enough', async () => {
    const { child, finished } = startNode([STANCE, 'scan', 'open.log', '--output', 'json'], { cwd: folder });
    child.stdout?.destroy();
    expect(await finished).toMatchObject({ code: 0, signal: null, stderr: '' });
  });
});

describe('stance explain', { timeout: 120_000 }, () => {
  it('tells the same of an endpoint by any of its names, from the inventory and from a report', async () => {
    const place = folderWith(FILES);
    const flags = ['--now', NOW, '--output', 'json=report.json'];
    await runCli(['scan', 'open.log', 'fair.log', '--data', 'data', ...flags], { cwd: place });
    const report: ScanReport = JSON.parse(readFileSync(join(place, 'report.json'), 'utf8'));
    const open = report.endpoints.find(({ service_name: service }) => service === 'open');
    const explain = (...args: string[]) => runCli(['explain', ...args], { cwd: place });
    const byId = await explain(open?.api_id ?? '', '--data', 'data', '--now', NOW);
    expect(byId).toMatchObject({ code: 0, stderr: '' });
    expect(byId.stdout).toMatch(
      /^GET \/items\/\{itemId\}\n {2}api_id [0-9a-f]{16}, service open, owner unknown\n/,
    );
    expect(byId.stdout).toMatch(/\n {2}fail {11}authentication \(critical\): /);
    expect((await explain(open?.api_id ?? '', '--report', 'report.json')).stdout).toBe(byId.stdout);
    const byName = await explain('get /items/{anything}', '--report', 'report.json');
    expect(byName.stdout.split('\n').filter((text) => text === 'GET /items/{itemId}')).toHaveLength(2);
    expect(byName.stdout).toContain(byId.stdout);
    expect((await explain('/items/{id}', '--report', 'report.json')).stdout).toBe(byName.stdout);
  });

  it('says so when there is no such endpoint', async () => {
    const place = folderWith(FILES);
    await runCli(['scan', 'open.log', '--now', NOW, '--output', 'json=report.json'], { cwd: place });
    const run = await runCli(['explain', 'POST /items/{id}', '--report', 'report.json'], { cwd: place });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(
      /^error: no endpoint is called "POST \/items\/\{id\}" among 1 \[ENDPOINT_UNKNOWN\]\n/,
    );
  });
});
