import { describe, expect, it } from 'vitest';
import { StanceError } from '../model/error.ts';
import { loadConfig, parseConfig } from './load-config.ts';

const DEFAULTS = { services: {}, retention: { observationsDays: 30, factsDays: 400 }, stores: {} };

function refusal(text: string): StanceError {
  try {
    parseConfig('stance.yaml', text);
  } catch (error) {
    if (error instanceof StanceError) return error;
  }
  throw new Error('the configuration was accepted');
}

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(parseConfig('stance.yaml', '')).toEqual(DEFAULTS);
  });

  it('maps traffic to services', () => {
    const text = 'services:\n  billing:\n    hosts: ["*.billing.example"]\n    exposure: partner\n';
    expect(parseConfig('stance.yaml', text).services.billing).toEqual({
      hosts: ['*.billing.example'],
      gatewayServices: [],
      sources: [],
      basePaths: [],
      specs: [],
      exposure: 'partner',
      complianceTags: [],
    });
  });

  it('takes stores from the environment', async () => {
    const environment = { STANCE_DATABASE_URL: 'postgres://db.example/stance' };
    const config = await loadConfig(undefined, environment);
    expect(config.stores).toEqual({ databaseUrl: 'postgres://db.example/stance' });
  });

  const refused: [name: string, text: string, line: number, words: string][] = [
    ['an unknown key', 'servces: {}\n', 1, 'servces'],
    ['a wrong exposure', 'services:\n  a:\n    exposure: everywhere\n', 3, 'services.a.exposure'],
    ['a retention below a day', 'retention:\n  factsDays: 0\n', 2, 'retention.factsDays'],
    ['broken YAML', 'services:\n  a: [\n', 3, ''],
    ['an unknown tag', 'services: !run {}\n', 1, 'tag'],
  ];
  it.each(refused)('refuses %s with its place', (_, text, line, words) => {
    const error = refusal(text);
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.place).toMatchObject({ file: 'stance.yaml', line });
    expect(error.message).toContain(words);
  });

  it('lists all problems together', () => {
    const error = refusal('retention:\n  factsDays: 0\n  observationsDays: 0\n');
    expect(error.message.split('\n')).toHaveLength(3);
  });

  it('refuses an alias bomb without unfolding it', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const inner = level === 0 ? '[x]' : `[${`*a${level - 1},`.repeat(9)}*a${level - 1}]`;
      return `a${level}: &a${level} ${inner}`;
    });
    expect(refusal(`${levels.join('\n')}\n`).code).toBe('CONFIG_INVALID');
  });
});
