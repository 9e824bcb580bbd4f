import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { readArguments } from './arguments.ts';
import { generateLines } from './lines.ts';

const COMMAND = join(import.meta.dirname, 'generate.ts');
const folder = mkdtempSync(join(tmpdir(), 'generate-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the command', () => {
  test('streams the lines that the library gives', () => {
    const output = execFileSync(process.execPath, [
      COMMAND,
      '--format',
      'combined',
      '--count',
      '3000',
      '--seed',
      '9',
      '--out',
      '-',
    ]);
    expect(output.toString('latin1')).toBe(
      textOf([...generateLines({ format: 'combined', count: 3000, seed: 9 })]),
    );
  });

  test('writes lines, truth and specs', () => {
    const [out, truth, specs] = [
      join(folder, 'kong.log.gz'),
      join(folder, 'truth.json'),
      join(folder, 'specs'),
    ];
    const options = [
      '--count',
      '500',
      '--days',
      '2',
      '--start',
      '2026-10-05',
      '--services',
      'billing,admin',
      '--dirty',
      '0.1',
    ];
    execFileSync(process.execPath, [
      COMMAND,
      ...options,
      '--gzip',
      '--out',
      out,
      '--truth',
      truth,
      '--specs',
      specs,
    ]);
    const written = gunzipSync(readFileSync(out)).toString('latin1');
    const { format, count, start, days, exchanges, lines, rows } = JSON.parse(readFileSync(truth, 'utf8'));
    expect({ format, count, start, days, exchanges }).toEqual({
      format: 'kong',
      count: 500,
      start: '2026-10-05T00:00:00.000Z',
      days: 2,
      exchanges: 500,
    });
    expect(written.split('\n')).toHaveLength(lines + 1);
    expect(new Set(rows.map((row: { service: string }) => row.service))).toEqual(
      new Set(['', 'admin', 'billing']),
    );
    expect(readdirSync(specs).sort()).toEqual(['admin.json', 'billing.yaml']);
  });

  test('ends quietly when its reader has seen enough', () => {
    const shell = spawnSync('sh', [
      '-c',
      `"${process.execPath}" "${COMMAND}" --count 100000 --out - | head -n 1`,
    ]);
    expect([shell.status, shell.stderr.toString(), shell.stdout.toString().split('\n').length]).toEqual([
      0,
      '',
      2,
    ]);
  });

  test('explains wrong usage and gives exit code 2', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [
      COMMAND,
      '--count',
      'many',
      '--out',
      '-',
    ]);
    expect([status, stdout.toString()]).toEqual([2, '']);
    expect(stderr.toString()).toMatch(/^--count takes an integer of at least 0, not many\n\nUsage: /);
  });

  test('gives exit code 3 when a file cannot be written', () => {
    const { status } = spawnSync(process.execPath, [
      COMMAND,
      '--count',
      '1',
      '--out',
      join(folder, 'no', 'such', 'folder'),
    ]);
    expect(status).toBe(3);
  });
});

describe('readArguments', () => {
  test.each([
    { args: [], problem: 'Give --out, --specs or both' },
    { args: ['--truth', 'a', '--specs', 'b'], problem: '--truth needs --out' },
    { args: ['--out', '-', '--format', 'papyrus'], problem: 'No format is named papyrus' },
    { args: ['--out', '-', '--format', 'combined', '--array', '2'], problem: 'combined is text' },
    { args: ['--out', '-', '--array', '0'], problem: '--array takes an integer of at least 1, not 0' },
    { args: ['--out', '-', '--dirty', '1.5'], problem: '--dirty takes a number' },
    { args: ['--out', '-', '--days', ''], problem: '--days takes a number' },
    { args: ['--out', '-', '--start', 'yesterday'], problem: '--start takes a date' },
    { args: ['--out', '-', '--services', 'billing,shop'], problem: 'No service is named shop' },
    { args: ['--out', '-', '--colour'], problem: "Unknown option '--colour'" },
  ])('refuses $args', ({ args, problem }) => {
    expect(() => readArguments(args)).toThrow(problem);
  });
});

describe('--start', () => {
  test.each([
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T08:30', '2026-11-01T08:30:00.000Z'],
    ['2026-11-01T08:30:15.250+02:00', '2026-11-01T06:30:15.250Z'],
  ])('takes %s for %s, wherever the machine stands', (text, moment) => {
    expect(new Date(readArguments(['--out', '-', '--start', text]).lines.start).toISOString()).toBe(moment);
  });
});

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
