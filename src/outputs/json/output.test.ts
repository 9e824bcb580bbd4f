import { describe, expect, it } from 'vitest';
import { inertText } from '../../model/inert-text.ts';
import {
  emptyReport,
  HOSTILE_TEXTS,
  hostileReport,
  largeReport,
  unknownReport,
} from '../../model/report-cases.ts';
import { exampleReport } from '../../model/report-example.ts';
import { output } from './output.ts';

const OPTIONS = { width: 100, color: false };
const REPORTS = [
  { name: 'the example', report: exampleReport },
  { name: 'an empty inventory', report: emptyReport },
  { name: 'a report where everything is unknown', report: unknownReport },
  { name: 'many findings', report: largeReport(30_000) },
];

describe('json', () => {
  it.each(REPORTS)('gives $name back unchanged when parsed', ({ report }) => {
    expect(JSON.parse(output.render(report, OPTIONS))).toEqual(report);
  });

  it('writes keys in the order of the schema and reasons by name, with two spaces and a line end', () => {
    const first = output.render(emptyReport, OPTIONS);
    expect(first).toMatch(/^\{\n {2}"schemaVersion": "1\.0",\n {2}"generatedAt": .*[^\n]\n\}\n$/s);
    expect(Object.keys(JSON.parse(first))).toEqual([
      'schemaVersion',
      'generatedAt',
      'complete',
      'inputs',
      'report',
      'metrics',
      'endpoints',
      'policies',
      'findings',
      'limits',
    ]);
  });

  it('writes the same bytes for the same report, whatever order it was built in', () => {
    const shuffled = reversedKeys(exampleReport);
    expect(Object.keys(shuffled)).not.toEqual(Object.keys(exampleReport));
    expect(output.render(shuffled, OPTIONS)).toBe(output.render(exampleReport, OPTIONS));
  });

  it.each(HOSTILE_TEXTS.map((text) => ({ name: inertText(text), text })))(
    'carries $name as data only',
    ({ text }) => {
      const json = output.render(hostileReport(text), OPTIONS);
      expect(JSON.parse(json)).toEqual(hostileReport(text));
      expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\w*\[|^\s*::/mu);
    },
  );
});

function reversedKeys<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(reversedKeys) as Value;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, reversedKeys(inner)] as const);
  return Object.fromEntries(entries.reverse()) as Value;
}
