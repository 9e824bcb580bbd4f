import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Check, type CheckExample, CONTROLS, type Evidence, type Verdict } from '../model/verdict.ts';

interface Unit {
  readonly folder: string;
  readonly files: readonly string[];
  readonly check: Check;
  readonly examples: readonly CheckExample[];
}

const here = new URL('./', import.meta.url);
const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();
const units: readonly Unit[] = await Promise.all(folders.map(loadUnit));

async function loadUnit(folder: string): Promise<Unit> {
  const { check }: { check: Check } = await import(`./${folder}/check.ts`);
  const { examples }: { examples: readonly CheckExample[] } = await import(`./${folder}/examples.ts`);
  return { folder, files: readdirSync(new URL(folder, here)).sort(), check, examples };
}

function countOf(evidence: readonly Evidence[]): number {
  return evidence.reduce((sum, one) => sum + one.count, 0);
}

test('each control of the mission is judged by exactly one check', () => {
  expect(units.map((unit) => unit.check.control).sort()).toEqual([...CONTROLS].sort());
});

describe.each(units)('$folder', ({ folder, files, check, examples }) => {
  test('is a folder of two files named after the check', () => {
    expect(files).toEqual(['check.ts', 'examples.ts']);
    expect(check.id).toBe(folder);
  });

  test('explains itself in sentences', () => {
    expect(check.title).toMatch(/^[A-Z].*[^.]$/);
    expect(check.why).toMatch(/^[A-Z].*\.$/);
    expect(check.remedy).toMatch(/^[A-Z].*\.$/);
  });

  test('has uniquely named examples for pass, fail, unknown and a near miss', () => {
    expect(new Set(examples.map((example) => example.name)).size).toBe(examples.length);
    const kinds = new Set(examples.map((example) => example.expected.kind));
    expect([...kinds]).toEqual(expect.arrayContaining(['pass', 'fail', 'unknown']));
    expect(examples.some((example) => example.name.startsWith('near miss: '))).toBe(true);
  });

  test.each(examples)('$name', ({ facts, expected }) => {
    const verdict = check.judge(facts);
    expect(verdict).toMatchObject(expected);
    expect(verdict.control).toBe(check.control);
    expectSoundVerdict(verdict);
  });

  test.each(examples)(
    'the order of vantage points changes nothing but the order of evidence: $name',
    (example) => {
      const { evidence: forward, ...rest } = check.judge(example.facts);
      const reversed = { ...example.facts, traffic: [...example.facts.traffic].reverse() };
      const { evidence: backward, ...restReversed } = check.judge(reversed);
      expect(restReversed).toEqual(rest);
      expect(backward).toHaveLength(forward.length);
    },
  );
});

function expectSoundVerdict(verdict: Verdict): void {
  expect(verdict.reason).toMatch(/^[A-Z0-9][^\n]*[^.]\.$/);
  expect(countOf(verdict.evidence)).toBe(verdict.passed + verdict.failed);
  expect('failedShare' in verdict).toBe(verdict.kind === 'mixed');
  expect(verdict.required).toBe(verdict.kind !== 'not-applicable');
  if (verdict.kind === 'unknown') expect([verdict.passed, verdict.failed]).toEqual([0, 0]);
  if (verdict.failed > 0) expect(countOf(leadingEvidence(verdict.evidence))).toBe(verdict.failed);
}

/** The evidence of the side that comes first. */
function leadingEvidence(evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter((one) => one.observed === evidence[0]?.observed);
}
