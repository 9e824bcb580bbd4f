import type { EndpointFacts, TrafficFacts } from '../../src/model/fact.ts';
import type { CheckExample } from '../../src/model/verdict.ts';
import type { GeneratedFile } from './generated-file.ts';
import { code, page, table } from './markdown.ts';
import type { DocumentedCheck } from './units.ts';

/** Parts of the facts that say where and when, not what was seen. */
const NOT_SEEN: readonly string[] = ['vantage', 'firstSeen', 'lastSeen', 'examples'];

/** What each check demands, why, how to mend it, and how it judges worked cases. */
export function checkReference(checks: readonly DocumentedCheck[]): GeneratedFile {
  const overview = checks.map(({ check }) => [
    `[${check.id}](#${check.id})`,
    code(check.control),
    check.title,
  ]);
  return {
    path: 'docs/reference/checks.md',
    content: page('Checks', [
      'A check judges one control of an endpoint from the facts of its traffic. The verdict is `pass`, `fail`, `mixed` (both were seen), `unknown` (no evidence) or `not-applicable`.',
      table(['check', 'control', 'holds when'], overview),
      ...checks.flatMap(checkParts),
    ]),
  };
}

function checkParts({ check, examples }: DocumentedCheck): readonly string[] {
  return [
    `## ${check.id}`,
    `${check.title}. Control ${code(check.control)}.`,
    `**Why.** ${check.why}`,
    `**Remedy.** ${check.remedy}`,
    table(['case', 'exposure', 'traffic', 'verdict', 'severity'], examples.map(exampleRow)),
  ];
}

function exampleRow({ name, facts, expected }: CheckExample): readonly string[] {
  const verdict = expected.required ? expected.kind : `${expected.kind} (not required)`;
  return [name, facts.exposure, trafficText(facts), verdict, expected.severity];
}

function trafficText({ traffic }: EndpointFacts): string {
  if (traffic.length === 0) return 'none';
  return traffic.map((facts) => `${facts.vantage}: ${seenText(facts)}`).join('; ');
}

function seenText(facts: TrafficFacts): string {
  const seen = Object.entries(facts)
    .filter(([name]) => !NOT_SEEN.includes(name))
    .flatMap(([name, value]) => nonZeroCounts(name, value));
  return seen.join(', ');
}

function nonZeroCounts(name: string, value: unknown): readonly string[] {
  if (typeof value === 'number') return value === 0 ? [] : [`${name} ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([inner, count]) => nonZeroCounts(`${name}.${inner}`, count));
}
