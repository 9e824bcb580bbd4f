import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StanceError } from '../../model/error.ts';
import { MAX_POLICY_FILE_BYTES, parsePolicies } from './parse-policies.ts';
import { KEYS, policyText, REFUSED, RULE_KEYS } from './refused-policy-files.ts';

const BASELINE = 'catalog/policies/api-security-baseline/policies.yaml';
const LISTED_AT_MOST = 100;

/** Nothing when the text is accepted; an error of any other kind passes through. */
function failureOf(text: string): StanceError | undefined {
  try {
    parsePolicies('p.yaml', text);
  } catch (error) {
    if (error instanceof StanceError) return error;
    throw error;
  }
  return undefined;
}

function problemsOf(text: string): string[] {
  return failureOf(text)?.message.split('\n') ?? [];
}

describe('a policy file', () => {
  it('gives the six policies of the default set with their scopes, rules and lines', () => {
    const policies = parsePolicies(BASELINE, readFileSync(BASELINE, 'utf8'));
    expect(
      policies.map(({ name, scope, rule, severity, source }) => [
        name,
        scope.classification.join(' '),
        rule,
        severity,
        source.line,
      ]),
    ).toEqual([
      [
        'require-authentication',
        'external partner',
        { kind: 'control-required', control: 'authentication' },
        'critical',
        3,
      ],
      [
        'enforce-tls',
        'external internal partner',
        { kind: 'control-required', control: 'transport_encryption' },
        'critical',
        13,
      ],
      [
        'require-rate-limiting',
        'external',
        { kind: 'control-required', control: 'rate_limiting' },
        'high',
        23,
      ],
      [
        'no-wildcard-cors',
        'external',
        { kind: 'cors-origin-is-not', control: 'cors_policy', origin: '*' },
        'high',
        33,
      ],
      ['documentation-required', 'external partner', { kind: 'documented' }, 'medium', 43],
      ['deprecation-sunset', 'deprecated', { kind: 'header-present', header: 'Sunset' }, 'medium', 52],
    ]);
    expect(policies.map(({ source }) => source.file)).toEqual(Array(6).fill(BASELINE));
  });

  it('gives a policy whole', () => {
    expect(parsePolicies('p.yaml', policyText())).toEqual([
      {
        name: 'tls',
        description: 'Everything is encrypted.',
        scope: { classification: ['external'] },
        rule: { kind: 'control-required', control: 'transport_encryption' },
        severity: 'high',
        remediation: 'Use TLS.',
        source: { file: 'p.yaml', line: 2 },
      },
    ]);
  });

  const ACCEPTED: { name: string; text: string; expected: unknown[] }[] = [
    { name: 'an empty list', text: 'policies: []', expected: [] },
    {
      name: 'a byte order mark and Windows line ends',
      text: `\uFEFF${policyText().replaceAll('\n', '\r\n')}`,
      expected: [{ name: 'tls', source: { line: 2 } }],
    },
    {
      name: 'no scope, which means every endpoint',
      text: policyText({ scope: undefined }),
      expected: [{ scope: { classification: [] } }],
    },
    {
      name: 'a header in any case',
      text: policyText({ rule: '{ header_present: SUNSET }' }),
      expected: [{ rule: { kind: 'header-present', header: 'Sunset' } }],
    },
    {
      name: 'a condition with other spaces and quotes',
      text: policyText({ rule: `{ control: cors_policy, condition: ' origin!="*" ' }` }),
      expected: [{ rule: { kind: 'cors-origin-is-not', origin: '*' } }],
    },
    {
      name: 'a description of several lines',
      text: policyText({ description: '"one\\ntwo"' }),
      expected: [{ description: 'one\ntwo' }],
    },
    {
      name: 'an anchor nobody refers to',
      text: policyText({ name: '&here tls' }),
      expected: [{ name: 'tls' }],
    },
    { name: 'a tag of plain YAML', text: policyText({ name: '!!str 12' }), expected: [{ name: '12' }] },
  ];

  it.each(ACCEPTED)('may have $name', ({ text, expected }) => {
    expect(parsePolicies('p.yaml', text)).toMatchObject(expected);
    expect(parsePolicies('p.yaml', text)).toHaveLength(expected.length);
  });
});

describe('a policy file is refused', () => {
  it.each(REFUSED)('for $name', ({ text, problems }) => {
    const failure = failureOf(text);
    expect(failure?.message.split('\n')).toEqual(problems.map((problem) => `p.yaml:${problem}`));
    const [line, column] = (problems[0] ?? '').split(/[: ]/).map(Number);
    expect(failure?.code).toBe('POLICY_INVALID');
    expect(failure?.place).toEqual({ file: 'p.yaml', line, column });
  });

  it('with all problems of all policies at once, in the order of the file', () => {
    const text =
      policyText({ severity: 'worst', name: '7' }) + policyText({ rule: 'x' }).replace('policies:\n', '');
    expect(problemsOf(text)).toEqual([
      'p.yaml:2:11 `name` must be text; put it in quotes',
      'p.yaml:6:15 unknown `severity`: `worst`; allowed: `critical`, `high`, `medium`, `low`, `info`',
      `p.yaml:11:11 \`rule\` must be a mapping; its keys are ${RULE_KEYS}`,
    ]);
  });

  it('with no more problems than a person mends at a time', () => {
    const problems = problemsOf(`policies:\n${'  - 1\n'.repeat(LISTED_AT_MOST + 23)}`);
    expect(problems).toHaveLength(LISTED_AT_MOST + 1);
    expect(problems.at(-1)).toBe('and 23 more');
  });

  it('with hostile text cut and disarmed in the message', () => {
    const [problem] = problemsOf(policyText({ [`"\\e]0;${'x'.repeat(90)}"`]: '1' }));
    expect(problem).toBe(
      `p.yaml:8:5 unknown key \`\\x1b]0;${'x'.repeat(56)}…\` in the policy; allowed: ${KEYS}`,
    );
  });

  it('when it is larger than the bound, by the byte', () => {
    const comment = `#${'é'.repeat((MAX_POLICY_FILE_BYTES - 2) / 2)}\n`;
    expect(Buffer.byteLength(comment)).toBe(MAX_POLICY_FILE_BYTES);
    expect(problemsOf(comment)).toEqual(['p.yaml:1:1 the file must be a mapping; its keys are `policies`']);
    expect(problemsOf(`${comment} `)).toEqual([
      `p.yaml:1:1 the file has ${MAX_POLICY_FILE_BYTES + 1} bytes and the limit is ${MAX_POLICY_FILE_BYTES}; split it`,
    ]);
  });

  const NESTED: { name: string; text: string }[] = [
    { name: 'lists in one line', text: `policies: ${'['.repeat(2000)}${']'.repeat(2000)}` },
    { name: 'mappings in one line', text: `policies: ${'{a: '.repeat(2000)}${'}'.repeat(2000)}` },
    { name: 'lists by dashes', text: `policies:\n${'- '.repeat(2000)}a` },
  ];

  it.each(NESTED)('when it nests 2,000 deep: $name', ({ text }) => {
    expect(failureOf(text)?.code).toBe('POLICY_INVALID');
  });

  it('without expanding an alias bomb', () => {
    const levels = Array.from({ length: 30 }, (_, level) =>
      level === 0
        ? 'policies: &a0 [x]'
        : `k${level}: &a${level} [${Array(9)
            .fill(`*a${level - 1}`)
            .join(', ')}]`,
    );
    expect(problemsOf(levels.join('\n'))).toEqual([
      `p.yaml:1:16 the policy must be a mapping; its keys are ${KEYS}`,
      ...levels.slice(1).map((_, index) => {
        return `p.yaml:${index + 2}:1 unknown key \`k${index + 1}\` in the file; allowed: \`policies\``;
      }),
    ]);
  });

  it('without a trace on the prototype of all objects', () => {
    failureOf('__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\n');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('for tens of thousands of keys in linear time', () => {
    const keys = Array.from({ length: 40_000 }, (_, index) => `k${index}: 1`).join('\n');
    const startedMs = performance.now();
    expect(problemsOf(keys)).toHaveLength(LISTED_AT_MOST + 1);
    // Compared pairwise these keys take half a minute.
    expect(performance.now() - startedMs).toBeLessThan(15_000);
  });

  it('by this error and no other, whatever is written into it', () => {
    const baseline = readFileSync(BASELINE, 'utf8');
    const yamlPiece = fc.constantFrom(
      '&a ',
      '*a',
      '!!x ',
      '? ',
      ': ',
      '- ',
      '{',
      ']',
      '"',
      '\t',
      '\n',
      '<<: ',
      '|',
    );
    const edit = fc.record({
      from: fc.nat(baseline.length),
      dropped: fc.nat(40),
      piece: fc.oneof(yamlPiece, fc.string({ unit: 'binary', maxLength: 5 })),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const text = edits.reduce(
          (before, { from, dropped, piece }) => before.slice(0, from) + piece + before.slice(from + dropped),
          baseline,
        );
        const [problem] = problemsOf(text);
        expect(problem === undefined || /^p\.yaml:\d+:\d+ .+; .+$/.test(problem)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
