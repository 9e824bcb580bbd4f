import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentExample, DocumentKind } from '../../src/model/document-kind.ts';
import type { TrafficExample, TrafficFormat } from '../../src/model/traffic-format.ts';
import type { Check, CheckExample } from '../../src/model/verdict.ts';
import type { Wrapper, WrapperExample } from '../../src/model/wrapper.ts';

const ROOT = join(import.meta.dirname, '../..');
const COPIED = [
  'generator/exchange.ts',
  'generator/format.ts',
  'generator/random.ts',
  'generator/values.ts',
  'scripts/generate',
  'scripts/generate.ts',
  'scripts/new',
  'scripts/new.ts',
  'scripts/templates',
  'src/model',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  'biome.json',
];
/** A repository with the model, the scripts and no unit at all. */
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'stance-new-'));
  for (const path of COPIED) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  mkdirSync(join(copy, 'tests'));
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('npm run new', () => {
  it('refuses what it cannot do, in one sentence', () => {
    expect(runNew()).toEqual({
      status: 2,
      error: 'usage: npm run new <traffic-format|wrapper|document|check|output> <id>\n',
    });
    expect(runNew('adapter', 'x')).toEqual(runNew());
    expect(runNew('output', 'Bad_Id')).toEqual({
      status: 2,
      error: '"Bad_Id" is no id: write small letters, digits and single hyphens\n',
    });
    expect(runNew('output', '../escape').status).toBe(2);
  });

  it('makes an output that its own test accepts', () => {
    expect(runNew('output', 'plain-list')).toEqual({ status: 0, error: '' });
    const tests = execFileSync(
      process.execPath,
      [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', 'src/outputs'],
      {
        cwd: copy,
        encoding: 'utf8',
      },
    );
    expect(tests).toMatch(/3 passed/);
    expect(runNew('output', 'plain-list')).toEqual({
      status: 2,
      error: 'src/outputs/plain-list exists already\n',
    });
  });

  it('makes a check that judges its examples as they say', async () => {
    expect(runNew('check', 'example-holds')).toEqual({ status: 0, error: '' });
    const folder = join(copy, 'src/checks/example-holds');
    const { check } = await load<{ check: Check }>(join(folder, 'check.ts'));
    const { examples } = await load<{ examples: readonly CheckExample[] }>(join(folder, 'examples.ts'));
    expect(check.id).toBe('example-holds');
    expect(examples).toHaveLength(5);
    for (const { facts, expected } of examples) expect(check.judge(facts)).toMatchObject(expected);
  });

  it('makes a traffic format with its examples', async () => {
    expect(runNew('traffic-format', 'example-proxy')).toEqual({ status: 0, error: '' });
    const file = join(copy, 'src/inputs/traffic/example-proxy/format.ts');
    const { format } = await load<{ format: TrafficFormat }>(file);
    expect(format.id).toBe('example-proxy');
    const { examples } = await load<{ examples: readonly TrafficExample[] }>(join(file, '../examples.ts'));
    expect(examples.map(({ rejected }) => rejected)).toEqual([undefined, 'no_status']);
    expect(format.reasons.map(([, reason]) => reason)).toContain('no_status');
  });

  it('makes a wrapper that peels its examples', async () => {
    expect(runNew('wrapper', 'example-shipper')).toEqual({ status: 0, error: '' });
    const file = join(copy, 'src/inputs/wrappers/example-shipper/wrapper.ts');
    const { wrapper } = await load<{ wrapper: Wrapper }>(file);
    expect(wrapper.id).toBe('example-shipper');
    const { examples } = await load<{ examples: readonly WrapperExample[] }>(join(file, '../examples.ts'));
    const peeled = examples.map(({ line: text }) =>
      wrapper.peel({ bytes: Buffer.from(text), text, object: JSON.parse(text) }),
    );
    expect(peeled).toEqual([{ records: examples[0]?.peeled }, undefined]);
  });

  it('makes a kind of document that knows and reads its examples', async () => {
    expect(runNew('document', 'example-file')).toEqual({ status: 0, error: '' });
    const file = join(copy, 'src/inputs/documents/example-file/document.ts');
    const { document } = await load<{ document: DocumentKind }>(file);
    expect(document.id).toBe('example-file');
    const { examples } = await load<{ examples: readonly DocumentExample[] }>(join(file, '../examples.ts'));
    for (const { content, lines } of examples) {
      expect(document.recognises(Buffer.from(content as string))).toBe(true);
      const chunks = [...String(content)].map((letter) => Buffer.from(letter));
      const read: Buffer[] = [];
      for await (const part of document.records(Readable.from(chunks))) read.push(part);
      expect(Buffer.concat(read).toString()).toBe(lines.map((line) => `${line}\n`).join(''));
    }
  });

  it('leaves lists and pages that name the new units, formatted and typed', () => {
    expect(readFileSync(join(copy, 'src/outputs/index.ts'), 'utf8')).toBe(
      [
        '// Generated by npm run generate: one entry per folder beside this file.',
        "import type { Output } from '../model/output.ts';",
        "import { output as plainListOutput } from './plain-list/output.ts';",
        '',
        'export const outputs: readonly Output[] = [plainListOutput];',
        '',
      ].join('\n'),
    );
    expect(readFileSync(join(copy, 'docs/reference/checks.md'), 'utf8')).toContain('## example-holds');
    expect(readFileSync(join(copy, 'docs/reference/formats.md'), 'utf8')).toContain(
      'formats/example-proxy.md',
    );
    expect(runIn(copy, 'scripts/generate.ts', '--check')).toEqual({ status: 0, error: '' });
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const types = spawnSync(process.execPath, [tsc, '-p', '.'], { cwd: copy, encoding: 'utf8' });
    expect(types.stdout).toBe('');
    const lint = spawnSync(
      join(ROOT, 'node_modules/.bin/biome'),
      ['ci', '--colors=off', 'src/checks', 'src/inputs', 'src/outputs'],
      {
        cwd: copy,
        encoding: 'utf8',
      },
    );
    expect(lint.status, lint.stderr).toBe(0);
  });
});

function runNew(...args: readonly string[]) {
  return runIn(copy, 'scripts/new.ts', ...args);
}

function runIn(cwd: string, script: string, ...args: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { cwd, encoding: 'utf8' });
  return { status, error: stderr };
}

async function load<Module>(file: string): Promise<Module> {
  // The template's file names promise what they export.
  return (await import(pathToFileURL(file).href)) as Module;
}
