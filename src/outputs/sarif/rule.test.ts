import { describe, expect, it } from 'vitest';
import { exampleEndpoint, exampleFinding } from '../../model/report-parts.ts';
import { SEVERITIES } from '../../model/severity.ts';
import { messageText } from './message.ts';
import { rulesOf } from './rule.ts';

const ENDPOINT = exampleEndpoint({ method: 'GET', path: '/users', service_name: 'billing' });

describe('rulesOf', () => {
  it('makes a rule as severe as its most severe finding, in any order', () => {
    const findings = (['medium', 'critical', 'low'] as const).map((severity) =>
      exampleFinding(ENDPOINT, { rule: 'control:cors_policy', title: `A ${severity} one`, severity }),
    );
    const rules = rulesOf(findings);
    expect(rules).toHaveLength(1);
    expect(rules[0]?.shortDescription.text).toBe('A critical one');
    expect(rulesOf([...findings].reverse())).toEqual(rules);
  });

  it('gives each severity its level and its number', () => {
    const findings = SEVERITIES.map((severity, index) =>
      exampleFinding(ENDPOINT, { rule: `policy:${index}`, title: 'A policy is violated', severity }),
    );
    const given = rulesOf(findings).map(({ id, defaultConfiguration, properties }) => [
      id,
      defaultConfiguration.level,
      properties['security-severity'],
      properties.tags,
    ]);
    const tags = ['security', 'api', 'policy'];
    expect(given).toEqual([
      ['policy:0', 'error', '9.5', tags],
      ['policy:1', 'error', '8.0', tags],
      ['policy:2', 'warning', '5.5', tags],
      ['policy:3', 'note', '2.0', tags],
      ['policy:4', 'note', '0.5', tags],
    ]);
  });
});

describe('messageText', () => {
  it.each([
    { text: 'GET /users/{id}', message: 'GET /users/{{id}}' },
    { text: '[click](https://example.test)', message: '\\[click\\](https://example.test)' },
    { text: 'a\\b', message: 'a\\\\b' },
    { text: '\u001b[31m', message: '\\\\x1b\\[31m' },
    { text: ' ', message: '-' },
  ])('writes $message', ({ text, message }) => {
    expect(messageText(text)).toBe(message);
  });
});
