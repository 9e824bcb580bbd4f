export const KEYS = '`name`, `description`, `scope`, `rule`, `severity`, `remediation`';
export const RULE_KEYS = '`control`, `documented`, `header_present`, `required`, `condition`';
const CONTROL_NAMES =
  '`authentication`, `transport_encryption`, `rate_limiting`, `cors_policy`, `security_headers`, `input_validation`';
const FORMS =
  '`control` with `required: true`, `control: cors_policy` with `condition: "origin != \'*\'"`, `documented: true` or `header_present: "Sunset"`';
const ONLY_DEMAND = 'must be `true`: a policy can only demand; remove the policy to demand nothing';

/** A policy that is right, except for the lines given: `undefined` leaves a key out. */
export function policyText(overrides: Record<string, string | undefined> = {}): string {
  const lines = {
    name: 'tls',
    description: 'Everything is encrypted.',
    scope: '{ classification: [external] }',
    rule: '{ control: transport_encryption, required: true }',
    severity: 'high',
    remediation: 'Use TLS.',
    ...overrides,
  };
  const entries = Object.entries(lines).filter(([, value]) => value !== undefined);
  return `policies:\n  - ${entries.map(([key, value]) => `${key}: ${value}`).join('\n    ')}\n`;
}

/** Files that are refused, with every problem as `line:column what; mend`. */
export const REFUSED: readonly { name: string; text: string; problems: string[] }[] = [
  {
    name: 'a mistyped key',
    text: policyText({ severity: undefined, sevrity: 'high' }),
    problems: [`7:5 unknown key \`sevrity\` in the policy; did you mean \`severity\`? allowed: ${KEYS}`],
  },
  {
    name: 'a key of another language',
    text: policyText({ owner: 'me' }),
    problems: [`8:5 unknown key \`owner\` in the policy; allowed: ${KEYS}`],
  },
  {
    name: 'a key beside the list',
    text: `version: 1\n${policyText()}`,
    problems: ['1:1 unknown key `version` in the file; allowed: `policies`'],
  },
  {
    name: 'an unknown control',
    text: policyText({ rule: '{ control: authentification, required: true }' }),
    problems: [
      `5:22 unknown \`control\`: \`authentification\`; did you mean \`authentication\`? allowed: ${CONTROL_NAMES}`,
    ],
  },
  {
    name: 'an unknown classification',
    text: policyText({ scope: '{ classification: [external, public] }' }),
    problems: [
      '4:41 unknown classification: `public`; allowed: `external`, `internal`, `partner`, `shadow`, `deprecated`, `unknown`',
    ],
  },
  {
    name: 'an unknown severity',
    text: policyText({ severity: 'severe' }),
    problems: ['6:15 unknown `severity`: `severe`; allowed: `critical`, `high`, `medium`, `low`, `info`'],
  },
  {
    name: 'two policies of one name',
    text: policyText() + policyText().replace('policies:\n', ''),
    problems: ['8:11 another policy is named `tls` already; findings are told apart by name, rename one'],
  },
  {
    name: 'a missing key',
    text: policyText({ remediation: undefined }),
    problems: ['2:5 the policy has no `remediation`; add the key with its value'],
  },
  {
    name: 'an empty policy',
    text: 'policies:\n  - {}\n',
    problems: ['name', 'description', 'rule', 'severity', 'remediation'].map(
      (key) => `2:5 the policy has no \`${key}\`; add the key with its value`,
    ),
  },
  {
    name: 'a rule of two kinds',
    text: policyText({ rule: '{ control: authentication, required: true, documented: true }' }),
    problems: [
      '5:11 the rule demands `control`, `documented` at once; keep one and write a policy for each other',
    ],
  },
  {
    name: 'a rule of no kind',
    text: policyText({ rule: '{}' }),
    problems: [`5:11 the rule demands nothing; write ${FORMS}`],
  },
  {
    name: 'a rule with `required` only',
    text: policyText({ rule: '{ required: true }' }),
    problems: [
      `5:11 the rule demands nothing; write ${FORMS}`,
      '5:23 `required` belongs to a `control`; name the control or remove it',
    ],
  },
  {
    name: 'a mistyped rule, without saying the same twice',
    text: policyText({ rule: '{ documentd: true }' }),
    problems: [
      `5:13 unknown key \`documentd\` in \`rule\`; did you mean \`documented\`? allowed: ${RULE_KEYS}`,
    ],
  },
  {
    name: 'a mistyped demand of a control, without saying the same twice',
    text: policyText({ rule: '{ control: authentication, requird: true }' }),
    problems: [`5:38 unknown key \`requird\` in \`rule\`; did you mean \`required\`? allowed: ${RULE_KEYS}`],
  },
  {
    name: 'a control that is only named',
    text: policyText({ rule: '{ control: authentication }' }),
    problems: [
      '5:11 `control` alone demands nothing; add `required: true`, or for `cors_policy` a `condition`',
    ],
  },
  {
    name: 'a control that is required on a condition',
    text: policyText({ rule: `{ control: cors_policy, required: true, condition: "origin != '*'" }` }),
    problems: ['5:11 the rule has `required` and `condition`; keep one and write a policy for the other'],
  },
  {
    name: 'a condition beside another kind',
    text: policyText({ rule: `{ documented: true, condition: "origin != '*'" }` }),
    problems: ['5:42 `condition` belongs to a `control`; name the control or remove it'],
  },
  {
    name: 'a condition that is not understood',
    text: policyText({ rule: `{ control: cors_policy, condition: "origin in ['a']" }` }),
    problems: ["5:46 the condition `origin in ['a']` is not understood; write `origin != '<value>'`"],
  },
  {
    name: 'a condition on an origin that is not recorded',
    text: policyText({ rule: `{ control: cors_policy, condition: "origin != 'https://a.example'" }` }),
    problems: [
      "5:46 the origin `https://a.example` cannot be judged: of allowed origins only the wildcard is recorded; write `origin != '*'`",
    ],
  },
  {
    name: 'a condition on another control',
    text: policyText({ rule: `{ control: rate_limiting, condition: "origin != '*'" }` }),
    problems: [
      '5:48 a condition on the origin needs `control: cors_policy`, not `rate_limiting`; change one',
    ],
  },
  {
    name: '`required: false`',
    text: policyText({ rule: '{ control: authentication, required: false }' }),
    problems: [`5:48 \`required\` ${ONLY_DEMAND}`],
  },
  {
    name: '`documented: false`',
    text: policyText({ rule: '{ documented: false }' }),
    problems: [`5:25 \`documented\` ${ONLY_DEMAND}`],
  },
  {
    name: 'a header that is not recorded',
    text: policyText({ rule: '{ header_present: X-Request-Id }' }),
    problems: [
      '5:29 the header `X-Request-Id` cannot be judged; the headers recorded for policies are `Sunset`, name one of them',
    ],
  },
  {
    name: 'a list at the top',
    text: '- name: tls\n',
    problems: ['1:1 the file must be a mapping; its keys are `policies`'],
  },
  { name: 'nothing', text: '', problems: ['1:1 the file must be a mapping; its keys are `policies`'] },
  {
    name: 'a mapping in place of the list',
    text: 'policies: { name: tls }\n',
    problems: ['1:11 `policies` must be a list; write its items as `- item` or `[item, item]`'],
  },
  {
    name: 'a policy that is a word',
    text: 'policies: [tls]\n',
    problems: [`1:12 the policy must be a mapping; its keys are ${KEYS}`],
  },
  {
    name: 'a single classification without a list',
    text: policyText({ scope: '{ classification: external }' }),
    problems: ['4:30 `classification` must be a list; write its items as `- item` or `[item, item]`'],
  },
  {
    name: 'an empty scope',
    text: policyText({ scope: '{ classification: [] }' }),
    problems: ['4:30 `classification` is empty; list a word, or remove `scope` to mean every endpoint'],
  },
  {
    name: 'a number for a name',
    text: policyText({ name: '12' }),
    problems: ['2:11 `name` must be text; put it in quotes'],
  },
  {
    name: 'a blank name',
    text: policyText({ name: '" "' }),
    problems: ['2:11 `name` is blank; write a text'],
  },
  {
    name: 'a name that moves the cursor',
    text: policyText({ name: '"a\\e[2Jb"' }),
    problems: ['2:11 `name` holds control or invisible characters; remove them'],
  },
  {
    name: 'half a surrogate pair',
    text: policyText({ description: '"\\ud800"' }),
    problems: ['3:18 `description` holds control or invisible characters; remove them'],
  },
  {
    name: 'a name too long for a table',
    text: policyText({ name: 'a'.repeat(101) }),
    problems: ['2:11 the name has 101 characters and the limit is 100; shorten it'],
  },
  {
    name: 'a key twice',
    text: `${policyText()}    severity: low\n`,
    problems: ['8:5 `severity` is written twice in the policy; keep one of them'],
  },
  {
    name: 'the list twice',
    text: 'policies: []\npolicies: []\n',
    problems: ['2:1 `policies` is written twice in the file; keep one of them'],
  },
  {
    name: 'the prototype as a key',
    text: policyText({ __proto: '{ polluted: true }' }).replace('__proto', '__proto__'),
    problems: [`8:5 unknown key \`__proto__\` in the policy; allowed: ${KEYS}`],
  },
  {
    name: 'a tag that would run code',
    text: policyText({ name: '!!js/function "function () {}"' }),
    problems: ['2:11 the tag is not known here; remove it and write plain YAML'],
  },
  {
    name: 'a tag of older YAML',
    text: policyText({ name: '!!binary aGk=' }),
    problems: ['2:11 the tag is not known here; remove it and write plain YAML'],
  },
  {
    name: 'an alias',
    text: policyText({ name: '&text tls', description: '*text' }),
    problems: ['3:18 `description` is the alias `*text`; write its value out here'],
  },
  {
    name: 'an anchor that holds itself',
    text: 'policies: &all [*all]\n',
    problems: ['1:17 the policy is the alias `*all`; write its value out here'],
  },
  {
    name: 'a key that is a list',
    text: '? [policies]\n: []\n',
    problems: ['1:3 the key is not plain text; name the key by its word'],
  },
  {
    name: 'two documents',
    text: 'policies: []\n---\npolicies: []\n',
    problems: ['2:1 a second document begins here; put all policies into one `policies:` list'],
  },
  {
    name: 'tabs',
    text: 'policies:\n\t- name: a\n',
    problems: ['2:1 a tab indents this line; indent with spaces'],
  },
  {
    name: 'a quote left open',
    text: 'policies:\n  - name: "tls\n',
    problems: ['3:1 not readable as YAML: Missing closing "quote; mend the text at this place'],
  },
  {
    name: 'merge keys and `yes` of older YAML',
    text: `%YAML 1.1\n---\n${policyText({ rule: '{ documented: yes }' })}`,
    problems: [`7:25 \`documented\` ${ONLY_DEMAND}`],
  },
];
