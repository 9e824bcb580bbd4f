import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exchangeLines } from './exchange-lines.ts';
import { folderWith, runCli } from './run-cli.ts';

const BOMB = `a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
services: *d
policies: *d
`;
const FILES = {
  'good.log': exchangeLines('good', 1, 2),
  'bomb.yaml': BOMB,
  'deep.yaml': 'services: '.concat('['.repeat(5_000)),
  'unknown-key.yaml': 'servics: {}\n',
  'twice.yaml': 'services:\n  a: {owner: x}\n  a: {owner: y}\n',
  'wrong.yaml': 'services:\n  a:\n    exposure: everyone\n    hosts: 7\n',
  'policy.yaml': 'policies:\n  - name: a\n    rule: {control: authentification}\n',
  'latin1.yaml': Buffer.from('policies:\n  - name: caf\xe9\n', 'latin1'),
};

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly code: number;
  readonly stderr: RegExp;
}

const scan = (...args: string[]) => ['scan', 'good.log', ...args];

const CASES: readonly Case[] = [
  {
    name: 'an unknown flag',
    args: scan('--frobnicate'),
    code: 2,
    stderr: /^error: unknown option '--frobnicate'\n/,
  },
  {
    name: 'an unknown command',
    args: ['frobnicate'],
    code: 2,
    stderr: /^error: unknown command 'frobnicate'\n/,
  },
  {
    name: 'a scan of nothing',
    args: ['scan'],
    code: 2,
    stderr: /^error: missing required argument 'paths'\n/,
  },
  {
    name: 'an unknown output',
    args: scan('--output', 'jsno'),
    code: 2,
    stderr: /^error: --output jsno: there is no output "jsno"; there are json, pretty, sarif \[USAGE\]\n/,
  },
  {
    name: 'an output without a file',
    args: scan('--output', 'json='),
    code: 2,
    stderr: /^error: --output json=: the file name is missing \[USAGE\]\n/,
  },
  {
    name: 'two outputs to stdout',
    args: scan('--output', 'json', '--output', 'sarif'),
    code: 2,
    stderr: /^error: only one --output can go to stdout; .* \[USAGE\]\n/,
  },
  ...['yesterday', '2026-11-20', '2026-13-01T00:00:00Z', '9999-12-31T23:59:59Z', '0001-01-01T00:00:00Z'].map(
    (now) => ({
      name: `the time ${now}`,
      args: scan('--now', now),
      code: 2,
      stderr: new RegExp(`^error: option '--now <time>' argument '${now}' is invalid. A time looks like `),
    }),
  ),
  {
    name: 'an unknown severity',
    args: scan('--fail-on', 'fatal'),
    code: 2,
    stderr: /^error: option '--fail-on <severity>' argument 'fatal' is invalid\. Allowed choices are /,
  },
  {
    name: 'a log format without what a call needs',
    args: scan('--log-format', '$remote_addr $foo'),
    code: 2,
    stderr: /^error: .* \[LOG_FORMAT_INVALID\]\n/,
  },
  {
    name: 'a configuration that is not there',
    args: scan('--config', 'none.yaml'),
    code: 2,
    stderr: /^error: none\.yaml: cannot be read: ENOENT \[CONFIG_INVALID\]\n/,
  },
  {
    name: 'a bomb of aliases as configuration',
    args: scan('--config', 'bomb.yaml'),
    code: 2,
    stderr: /^error: bomb\.yaml: Excessive alias count .* \[CONFIG_INVALID\]\n/,
  },
  {
    name: 'a deeply nested configuration',
    args: scan('--config', 'deep.yaml'),
    code: 2,
    stderr: /^error: deep\.yaml:1:\d+: \d+ problems\n {2}deep\.yaml:1:\d+: nested too deep to read\n/,
  },
  {
    name: 'an unknown key in the configuration',
    args: scan('--config', 'unknown-key.yaml'),
    code: 2,
    stderr: /^error: unknown-key\.yaml:1:1: the file: Unrecognized key: "servics" \[CONFIG_INVALID\]\n/,
  },
  {
    name: 'a key that stands twice in the configuration',
    args: scan('--config', 'twice.yaml'),
    code: 2,
    stderr: /^error: twice\.yaml:3:3: the key "a" stands twice in one mapping \[CONFIG_INVALID\]\n/,
  },
  {
    name: 'all wrong values of the configuration',
    args: scan('--config', 'wrong.yaml'),
    code: 2,
    stderr:
      /^error: wrong\.yaml:4:12: 2 problems\n {2}wrong\.yaml:4:12: services\.a\.hosts: .*\n {2}wrong\.yaml:3:15: services\.a\.exposure: /,
  },
  {
    name: 'a bomb of aliases as policy',
    args: scan('--policy', 'bomb.yaml'),
    code: 2,
    stderr:
      /^error: bomb\.yaml:1:1 unknown key `a` in the file; .*\n( {2}bomb\.yaml:.*\n)+ {2}.* \[POLICY_INVALID\]\n/,
  },
  {
    name: 'a policy on a control that does not exist',
    args: scan('--policy', 'policy.yaml'),
    code: 2,
    stderr: /policy\.yaml:3:\d+.*authentification/,
  },
  {
    name: 'a policy that is not UTF-8',
    args: scan('--policy', 'latin1.yaml'),
    code: 2,
    stderr: /^error: latin1\.yaml: the file is not UTF-8 text \[POLICY_INVALID\]\n/,
  },
  {
    name: 'a policy that is not there',
    args: scan('--policy', 'none.yaml'),
    code: 2,
    stderr: /^error: none\.yaml: cannot be read: ENOENT \[POLICY_INVALID\]\n/,
  },
  {
    name: 'an explanation of nothing',
    args: ['explain', '/a'],
    code: 2,
    stderr: /^error: explain needs either --data DIR or --report FILE \[USAGE\]\n/,
  },
  {
    name: 'an explanation from a folder that is not there',
    args: ['explain', '/a', '--data', 'nowhere'],
    code: 3,
    stderr: /^error: nowhere: there is no such folder \[INPUT_UNREADABLE\]\n/,
  },
  {
    name: 'an explanation from what is no report',
    args: ['explain', '/a', '--report', 'good.log'],
    code: 3,
    stderr: /^error: good\.log: this is not a JSON report of stance scan \[INPUT_UNREADABLE\]\n/,
  },
];

describe('usage that cannot be followed', () => {
  const folder = folderWith(FILES);
  it.each(CASES)('is told in one sentence: $name', async ({ args, code, stderr }) => {
    const run = await runCli(args, { cwd: folder });
    expect(run).toMatchObject({ code, stdout: '' });
    expect(run.stderr).toMatch(stderr);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('does not keep the other outputs from being written', async () => {
    const place = folderWith(FILES);
    const outputs = [
      '--output',
      'json=none/report.json',
      '--output',
      'sarif=report.sarif',
      '--output',
      'json',
    ];
    const run = await runCli(scan(...outputs), { cwd: place });
    expect(run.code).toBe(3);
    expect(run.stderr).toBe(
      'error: none/report.json: cannot be written: ENOENT [OUTPUT_FAILED]\n  Check that the output path can be written.\n',
    );
    expect(existsSync(join(place, 'report.sarif'))).toBe(true);
    expect(JSON.parse(run.stdout).inputs[0].accepted).toBe(2);
  });
});
